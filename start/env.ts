/** What the environment may say. The launchers (bin/) fill in what a fresh machine lacks. */
import { Env } from '@adonisjs/core/env'

export default await Env.create(new URL('../', import.meta.url), {
  NODE_ENV: Env.schema.enum(['development', 'production', 'test'] as const),
  HOST: Env.schema.string.optional(),
  PORT: Env.schema.number.optional(),
  APP_URL: Env.schema.string({ format: 'url', tld: false }),
  APP_KEY: Env.schema.secret(),
  DATABASE_URL: Env.schema.string(),
  /** The launchers' own: they leave it empty for the app. */
  DATABASE_OWNER_URL: Env.schema.string.optional(),
  DATABASE_POOL: Env.schema.number.optional(),
  DATA_DIR: Env.schema.string.optional(),
  LOG_LEVEL: Env.schema.string.optional(),
  TRUST_PROXY: Env.schema.boolean.optional(),
  METRICS_TOKEN: Env.schema.string.optional(),
  RESEND_API_KEY: Env.schema.string.optional(),
  RESEND_BASE_URL: Env.schema.string.optional(),
  DNS_SERVERS: (name, value) => nameServers(name, value),
  SMTP_URL: Env.schema.string.optional(),
  SES_BASE_URL: Env.schema.string.optional(),
  POSTMARK_BASE_URL: Env.schema.string.optional(),
  ALLOW_PRIVATE_ADDRESSES: Env.schema.boolean.optional(),
})

/** Said when starting, not when a domain is looked at. */
function nameServers(name: string, value?: string): string | undefined {
  const wrong = value
    ?.split(/[\s,]+/)
    .find((server) => server && !/^([\d.]+|\[[\da-f:]+\])(:\d+)?$|^[\da-f:]+$/i.test(server))
  if (wrong) throw new Error(`${name}: “${wrong}” is no address of a name server. Write 192.0.2.53 or 192.0.2.53:5353.`)
  return value
}
