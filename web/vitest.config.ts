import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [vue()],
  test: {
    environment: 'happy-dom',
    include: ['packages/*/test/**/*.test.ts', 'apps/*/test/**/*.test.ts'],
    server: { deps: { inline: ['element-plus'] } },
  },
})
