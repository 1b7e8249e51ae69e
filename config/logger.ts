import { defineConfig } from '@adonisjs/core/logger'
import app from '@adonisjs/core/services/app'
import type { InferLoggers } from '@adonisjs/core/types'
import env from '#start/env'

/** JSON lines without personal data: nobody logs an address, a token or a body; these paths are a second net. */
const loggerConfig = defineConfig({
  default: 'app',
  loggers: {
    app: {
      enabled: true,
      name: 'assent',
      level: env.get('LOG_LEVEL') ?? (app.inTest ? 'error' : 'info'),
      redact: {
        paths: [
          'password',
          '*.password',
          'authorization',
          '*.authorization',
          'email',
          '*.email',
          'token',
          '*.token',
          'api_key',
          '*.api_key',
        ],
        censor: '[redacted]',
      },
    },
  },
})

export default loggerConfig

declare module '@adonisjs/core/types' {
  export interface LoggersList extends InferLoggers<typeof loggerConfig> {}
}
