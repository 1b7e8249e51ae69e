import { indexEntities } from '@adonisjs/core'
import { defineConfig } from '@adonisjs/core/app'
import { generateRegistry } from '@tuyau/core/hooks'

export default defineConfig({
  commands: [() => import('@adonisjs/core/commands'), () => import('@adonisjs/lucid/commands')],

  providers: [
    () => import('@adonisjs/core/providers/app_provider'),
    () => import('@adonisjs/core/providers/hash_provider'),
    { file: () => import('@adonisjs/core/providers/repl_provider'), environment: ['repl', 'test'] },
    () => import('@adonisjs/core/providers/vinejs_provider'),
    () => import('@adonisjs/core/providers/edge_provider'),
    () => import('@adonisjs/session/session_provider'),
    () => import('#providers/web_app_provider'),
    () => import('@adonisjs/shield/shield_provider'),
    () => import('@adonisjs/static/static_provider'),
    () => import('@adonisjs/lucid/database_provider'),
    () => import('#providers/commit_provider'),
    () => import('@adonisjs/auth/auth_provider'),
    () => import('@adonisjs/i18n/i18n_provider'),
    () => import('@adonisjs/limiter/limiter_provider'),
    () => import('@adonisjs/transmit/transmit_provider'),
    () => import('#providers/web_provider'),
  ],

  preloads: [() => import('#start/kernel'), () => import('#start/routes'), () => import('#start/events')],

  tests: {
    // Only so that a test that hangs ends: several times what the slowest takes on a busy machine
    suites: [
      { name: 'unit', files: ['tests/unit/**/*.spec.ts'], timeout: 120_000 },
      { name: 'functional', files: ['tests/functional/**/*.spec.ts'], timeout: 180_000 },
      { name: 'integrity', files: ['tests/integrity/**/*.spec.ts'], timeout: 600_000 },
      { name: 'journeys', files: ['tests/journeys/**/*.spec.ts'], timeout: 300_000 },
    ],
    forceExit: true,
  },

  metaFiles: [
    { pattern: 'resources/views/**/*.edge', reloadServer: false },
    { pattern: 'resources/emails/**/*.{edge,html,txt}', reloadServer: false },
    { pattern: 'resources/lang/**/*.json', reloadServer: false },
    { pattern: 'public/**', reloadServer: false },
  ],

  hooks: {
    init: [
      indexEntities({
        manifest: { enabled: true },
        events: { enabled: false },
        listeners: { enabled: false },
        controllers: {
          enabled: true,
          source: 'app',
          importAlias: '#app',
          glob: ['**/http/*_controller.ts'],
          skipSegments: ['http'],
        },
      }),
      generateRegistry({ routes: { except: [/^(operations|public|webhooks|spa)/] } }),
      () => import('./hooks/index_validators.js'),
      () => import('./hooks/describe_responses.js'),
    ],
    buildStarting: [() => import('@adonisjs/vite/build_hook')],
  },
})
