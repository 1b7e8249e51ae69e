import app from '@adonisjs/core/services/app'
import { defineConfig } from '@adonisjs/vite'

/** Where `vite build` puts the web app; the build carries its own copy. */
export default defineConfig({
  buildDirectory: app.publicPath('assets'),
  manifestFile: app.publicPath('assets/.vite/manifest.json'),
  assetsUrl: '/assets',
})
