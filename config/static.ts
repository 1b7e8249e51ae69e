import { defineConfig } from '@adonisjs/static'

export default defineConfig({
  enabled: true,
  etag: true,
  lastModified: true,
  dotFiles: 'ignore',
  /** Built assets carry their hash in the name. */
  headers: (path: string) => {
    if (path.includes('/assets/')) return { 'cache-control': 'public, max-age=31536000, immutable' }
    /** Pasted into pages of others, for good: a newer one reaches them within the hour. */
    if (path.endsWith('/embed.js')) {
      return { 'cache-control': 'public, max-age=3600', 'cross-origin-resource-policy': 'cross-origin' }
    }
    /** A module, which other pages may only have with leave (HTML standard, module scripts are fetched by CORS). */
    if (path.endsWith('/prove.js')) {
      return {
        'cache-control': 'public, max-age=3600',
        'cross-origin-resource-policy': 'cross-origin',
        'access-control-allow-origin': '*',
      }
    }
    return {}
  },
})
