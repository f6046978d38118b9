import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { precompress } from './build/precompress'

const dist = fileURLToPath(new URL('../../../internal/webui/dist', import.meta.url))

export default defineConfig({
  plugins: [vue({ features: { optionsAPI: true } }), precompress(dist)],
  define: {
    // Messages are interpreted, never compiled to code, so that a strict content security policy holds.
    __VUE_I18N_LEGACY_API__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
  },
  build: {
    outDir: dist,
    emptyOutDir: false,
    target: ['chrome92', 'firefox91', 'safari15'],
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700,
  },
  server: {
    host: '127.0.0.1',
    proxy: { '/api': process.env.JIELI_API ?? 'http://127.0.0.1:8080' },
  },
})
