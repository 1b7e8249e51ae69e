import adonisjs from '@adonisjs/vite/client'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [react(), adonisjs({ entryPoints: ['resources/app/main.tsx'], reload: ['resources/views/**/*.edge'] })],
  resolve: {
    alias: {
      '~': new URL('./resources/app', import.meta.url).pathname,
      '@generated': new URL('./.adonisjs/client', import.meta.url).pathname,
      '@lang': new URL('./resources/lang', import.meta.url).pathname,
    },
  },
  cacheDir: 'tmp/vite',
  build: { target: 'es2022' },
  server: { watch: { ignored: ['**/data/**', '**/tmp/**', '**/build/**'] } },
})
