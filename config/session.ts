import { defineConfig, stores } from '@adonisjs/session'
import { isHttps } from '#config/app'

export default defineConfig({
  enabled: true,
  cookieName: 'assent_session',
  clearWithBrowser: false,
  age: '30 days',
  cookie: { path: '/', httpOnly: true, secure: isHttps, sameSite: 'lax' },
  store: 'cookie',
  stores: { cookie: stores.cookie() },
})
