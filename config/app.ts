import { Secret } from '@adonisjs/core/helpers'
import { defineConfig } from '@adonisjs/core/http'
import env from '#start/env'

export const appUrl = env.get('APP_URL').replace(/\/+$/, '')

/** Cookies are secure where people reach us by https: a plain-http localhost must still be able to sign in. */
export const isHttps = appUrl.startsWith('https://')

/** The root of all secrets: cookies, encryption at rest and tokens in mails derive from it. */
export const appKey = new Secret(env.get('APP_KEY').release())

export const http = defineConfig({
  generateRequestId: true,
  createRequestId: () => crypto.randomUUID(),
  allowMethodSpoofing: false,
  useAsyncLocalStorage: false,
  trustProxy: (address: string) =>
    env.get('TRUST_PROXY') === true &&
    (address === '127.0.0.1' ||
      address === '::1' ||
      /^(10\.|172\.(1[6-9]|2\d|3[01])\.|192\.168\.|::ffff:127\.)/.test(address)),
  cookie: { domain: '', path: '/', maxAge: '2h', httpOnly: true, secure: isHttps, sameSite: 'lax' },
})
