import adonisjs from '@adonisjs/vite/client'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const path = (relative: string) => new URL(relative, import.meta.url).pathname

export default defineConfig({
  plugins: [react(), adonisjs({ entryPoints: ['resources/app/main.tsx'], reload: ['resources/views/**/*.edge'] })],
  resolve: {
    alias: {
      '~': path('./resources/app'),
      '@generated': path('./.adonisjs/client'),
      '@lang': path('./resources/lang'),
    },
  },
  cacheDir: 'tmp/vite',
  build: {
    target: 'es2022',
    chunkSizeWarningLimit: 800,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // Changes rarely and is needed by every screen: stays in the browser's cache over our releases.
            {
              name: 'framework',
              test: /node_modules[\\/](react|react-dom|scheduler|@tanstack|use-intl|@formatjs|ky)[\\/]/,
            },
          ],
        },
      },
    },
  },
  server: { watch: { ignored: ['**/data/**', '**/tmp/**', '**/build/**'] } },
})
