import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [vue()],
  test: {
    environment: 'happy-dom',
    // Generous, since the machine may be busy; nothing is judged by its time.
    testTimeout: 60_000,
    include: ['packages/*/test/**/*.test.ts', 'apps/*/test/**/*.test.ts'],
    server: { deps: { inline: ['element-plus'] } },
  },
})
