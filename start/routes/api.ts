/** Every door of the API, with its permission on the line. A person's session and a program's token open the same ones. */
import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'
import type { Permission } from '#identity'

const may = (permission: Permission) => middleware.may(permission)

router
  .group(() => {
    router.get('/topics', [controllers.consent.Topics, 'index']).use(may('consent:read')).as('topics.index')
    router.post('/topics', [controllers.consent.Topics, 'store']).use(may('topics:write')).as('topics.store')
    router.patch('/topics/:id', [controllers.consent.Topics, 'update']).use(may('topics:write')).as('topics.update')
    router.delete('/topics/:id', [controllers.consent.Topics, 'destroy']).use(may('topics:write')).as('topics.destroy')
  })
  .prefix('/api/v1')
  .use([middleware.browser(), middleware.auth(), middleware.workspace()])
