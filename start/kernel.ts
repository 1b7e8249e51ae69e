/** What every request passes, and the named middleware that routes ask for. */
import router from '@adonisjs/core/services/router'
import server from '@adonisjs/core/services/server'
import { readNumbersAsNumbers } from '#platform'

readNumbersAsNumbers()

server.errorHandler(() => import('#app/platform/http/exception_handler'))

server.use([
  () => import('#app/platform/http/request_log_middleware'),
  () => import('#app/platform/http/plain_headers_middleware'),
  () => import('@adonisjs/static/static_middleware'),
  () => import('@adonisjs/vite/vite_middleware'),
])

router.use([() => import('#app/platform/http/body_middleware')])

export const middleware = router.named({
  browser: () => import('#app/platform/http/browser_middleware'),
  limit: () => import('#app/platform/http/limit_middleware'),
  json: () => import('#app/platform/http/body_type_middleware'),
  once: () => import('#app/platform/http/idempotency_middleware'),
  auth: () => import('@adonisjs/auth/initialize_auth_middleware'),
  person: () => import('#app/identity/http/person_middleware'),
  workspace: () => import('#app/identity/http/workspace_middleware'),
  may: () => import('#app/identity/http/may_middleware'),
})
