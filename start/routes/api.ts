/** Every door of the API, with its permission on the line. A person's session and a program's token open the same ones. */
import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'
import type { Permission } from '#identity'

const may = (permission: Permission) => middleware.may(permission)

router
  .group(() => {
    router.get('/workspace', [controllers.identity.Workspaces, 'show']).use(may('settings:read')).as('workspace.show')
    router
      .patch('/workspace', [controllers.identity.Workspaces, 'update'])
      .use(may('settings:write'))
      .as('workspace.update')
    router.get('/members', [controllers.identity.Members, 'index']).use(may('members:read')).as('members.index')
    router
      .patch('/members/:id', [controllers.identity.Members, 'update'])
      .use(may('members:write'))
      .as('members.update')
    router
      .delete('/members/:id', [controllers.identity.Members, 'destroy'])
      .use(may('members:write'))
      .as('members.destroy')
    router
      .delete('/membership', [controllers.identity.Members, 'leave'])
      .use(may('members:read'))
      .as('membership.destroy')
    router
      .get('/invitations', [controllers.identity.Invitations, 'index'])
      .use(may('members:read'))
      .as('invitations.index')
    router
      .post('/invitations', [controllers.identity.Invitations, 'store'])
      .use(may('members:write'))
      .as('invitations.store')
    router
      .delete('/invitations/:id', [controllers.identity.Invitations, 'destroy'])
      .use(may('members:write'))
      .as('invitations.destroy')
    router.get('/tokens', [controllers.identity.Tokens, 'index']).use(may('tokens:write')).as('tokens.index')
    router.post('/tokens', [controllers.identity.Tokens, 'store']).use(may('tokens:write')).as('tokens.store')
    router.delete('/tokens/:id', [controllers.identity.Tokens, 'destroy']).use(may('tokens:write')).as('tokens.destroy')
    router.get('/audit', [controllers.identity.Audit, 'index']).use(may('audit:read')).as('audit.index')
    router
      .get('/permissions', [controllers.identity.Permissions, 'index'])
      .use(may('members:read'))
      .as('permissions.index')

    router.get('/topics', [controllers.consent.Topics, 'index']).use(may('consent:read')).as('topics.index')
    router.post('/topics', [controllers.consent.Topics, 'store']).use(may('topics:write')).as('topics.store')
    router.patch('/topics/:id', [controllers.consent.Topics, 'update']).use(may('topics:write')).as('topics.update')
    router.delete('/topics/:id', [controllers.consent.Topics, 'destroy']).use(may('topics:write')).as('topics.destroy')

    router.get('/segments', [controllers.segments.Segments, 'index']).use(may('segments:read')).as('segments.index')
    router.post('/segments', [controllers.segments.Segments, 'store']).use(may('segments:write')).as('segments.store')
    router
      .post('/segments/preview', [controllers.segments.SegmentPreviews, 'preview'])
      .use(may('segments:read'))
      .as('segments.preview')
    router
      .post('/segments/explain', [controllers.segments.SegmentPreviews, 'explain'])
      .use(may('segments:read'))
      .as('segments.explain')
    router.get('/segments/:id', [controllers.segments.Segments, 'show']).use(may('segments:read')).as('segments.show')
    router
      .patch('/segments/:id', [controllers.segments.Segments, 'update'])
      .use(may('segments:write'))
      .as('segments.update')
    router
      .delete('/segments/:id', [controllers.segments.Segments, 'destroy'])
      .use(may('segments:write'))
      .as('segments.destroy')
    router
      .post('/segments/:id/restore', [controllers.segments.Segments, 'restore'])
      .use(may('segments:write'))
      .as('segments.restore')
    router
      .get('/segments/:id/contacts', [controllers.segments.Segments, 'contacts'])
      .use(may('segments:read'))
      .as('segments.contacts')
    router.get('/outbox', [controllers.channels.Outbox, 'index']).use(may('outbox:read')).as('outbox.index')
    router.get('/outbox/:id', [controllers.channels.Outbox, 'show']).use(may('outbox:read')).as('outbox.show')
    router.get('/overview', [controllers.reporting.Overview, 'show']).use(may('reports:read')).as('overview.show')
    router
      .get('/contacts/:id/timeline', [controllers.reporting.Timelines, 'index'])
      .use(may('contacts:read'))
      .as('contacts.timeline')
    router
      .get('/campaigns/:id/report', [controllers.reporting.Reports, 'show'])
      .use(may('reports:read'))
      .as('campaigns.report')
    router.post('/demo', [controllers.demo.Demo, 'store']).use(may('settings:write')).as('demo.store')
    router.delete('/demo', [controllers.demo.Demo, 'destroy']).use(may('settings:write')).as('demo.destroy')
  })
  .prefix('/api/v1')
  .use([
    middleware.browser(),
    middleware.auth(),
    middleware.workspace(),
    middleware.limit('program'),
    middleware.json(),
    middleware.once(),
  ])

/** Below /api nothing falls through to the web app. Registered last. */
router.any('/api/*', [controllers.platform.Nowhere]).as('operations.nowhere')
