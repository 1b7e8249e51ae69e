import router from '@adonisjs/core/services/router'
import type { GetControllerHandlers } from '@adonisjs/core/types/http'
import { middleware } from '#start/kernel'
import type { Permission } from '#identity'

/** What stands before every door of the API, in this order; the permission comes last. */
const before = [
  middleware.browser(),
  middleware.auth(),
  middleware.workspace(),
  middleware.limit('program'),
  middleware.json(),
  middleware.once(),
]

/** A route of the API on one line: where, what answers, who may, and the name that the typed client knows it by. */
const opened =
  (method: 'get' | 'post' | 'put' | 'patch' | 'delete') =>
  <T extends new (...args: any[]) => any>(
    path: string,
    [controller, action]: [() => Promise<{ default: T }>, GetControllerHandlers<T>],
    permission: Permission,
    name: string
  ) =>
    router[method](`/api/v1${path}`, [controller, action])
      .use([...before, middleware.may(permission)])
      .as(name)

export const door = {
  get: opened('get'),
  post: opened('post'),
  put: opened('put'),
  patch: opened('patch'),
  delete: opened('delete'),
}
