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

    router.get('/topics', [controllers.contacts.TopicList, 'index']).use(may('consent:read')).as('topics.index')
    router.post('/topics', [controllers.consent.Topics, 'store']).use(may('topics:write')).as('topics.store')
    router.patch('/topics/:id', [controllers.consent.Topics, 'update']).use(may('topics:write')).as('topics.update')
    router.delete('/topics/:id', [controllers.consent.Topics, 'destroy']).use(may('topics:write')).as('topics.destroy')

    router.get('/imports', [controllers.contacts.Imports, 'index']).use(may('contacts:read')).as('imports.index')
    router.post('/imports', [controllers.contacts.Imports, 'store']).use(may('imports:write')).as('imports.store')
    router.get('/imports/:id', [controllers.contacts.Imports, 'show']).use(may('contacts:read')).as('imports.show')
    router
      .post('/imports/:id/preview', [controllers.contacts.Imports, 'preview'])
      .use(may('imports:write'))
      .as('imports.preview')
    router
      .post('/imports/:id/start', [controllers.contacts.Imports, 'start'])
      .use(may('imports:write'))
      .as('imports.start')
    router
      .post('/imports/:id/undo', [controllers.contacts.Imports, 'undo'])
      .use(may('imports:write'))
      .as('imports.undo')
    router
      .delete('/imports/:id', [controllers.contacts.Imports, 'destroy'])
      .use(may('imports:write'))
      .as('imports.destroy')
    router
      .get('/imports/:id/rejects.csv', [controllers.contacts.Imports, 'rejects'])
      .use(may('contacts:read'))
      .as('imports.rejects')

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
    router
      .get('/providers/resend', [controllers.delivery.ResendProvider, 'show'])
      .use(may('settings:read'))
      .as('providers.resend.show')
    router
      .put('/providers/resend', [controllers.delivery.ResendProvider, 'update'])
      .use(may('settings:write'))
      .as('providers.resend.update')
    router
      .delete('/providers/resend', [controllers.delivery.ResendProvider, 'destroy'])
      .use(may('settings:write'))
      .as('providers.resend.destroy')
    router
      .get('/providers/resend/domains', [controllers.delivery.ResendProvider, 'domains'])
      .use(may('settings:read'))
      .as('providers.resend.domains')

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
    router.get('/contacts', [controllers.segments.People, 'index']).use(may('contacts:read')).as('contacts.index')
    router.post('/contacts', [controllers.contacts.Contacts, 'store']).use(may('contacts:write')).as('contacts.store')
    router
      .put('/contacts/by-email/:email', [controllers.contacts.Contacts, 'upsert'])
      .use(may('contacts:write'))
      .as('contacts.upsert')
    router
      .post('/contacts/bulk', [controllers.segments.People, 'change'])
      .use(may('contacts:write'))
      .as('contacts.bulk')
    router
      .delete('/contacts/bulk/:id', [controllers.segments.People, 'undo'])
      .use(may('contacts:write'))
      .as('contacts.undo_bulk')
    router.get('/contacts/:id', [controllers.contacts.Contacts, 'show']).use(may('contacts:read')).as('contacts.show')
    router
      .patch('/contacts/:id', [controllers.contacts.Contacts, 'update'])
      .use(may('contacts:write'))
      .as('contacts.update')
    router
      .delete('/contacts/:id', [controllers.contacts.Contacts, 'destroy'])
      .use(may('contacts:write'))
      .as('contacts.destroy')
    router
      .post('/contacts/:id/restore', [controllers.contacts.Contacts, 'restore'])
      .use(may('contacts:write'))
      .as('contacts.restore')
    router
      .post('/contacts/:id/merge', [controllers.contacts.ContactRights, 'merge'])
      .use(may('contacts:write'))
      .as('contacts.merge')
    router
      .get('/contacts/:id/export', [controllers.contacts.ContactRights, 'export'])
      .use(may('contacts:export'))
      .as('contacts.export')
    router
      .post('/contacts/:id/erase', [controllers.contacts.ContactRights, 'erase'])
      .use(may('contacts:erase'))
      .as('contacts.erase')
    router
      .get('/contacts/:id/consents', [controllers.contacts.ContactConsents, 'index'])
      .use(may('consent:read'))
      .as('consents.index')
    router
      .post('/contacts/:id/consents', [controllers.contacts.ContactConsents, 'store'])
      .use(may('consent:write'))
      .as('consents.store')
    router
      .get('/contacts/:id/consents/proof', [controllers.contacts.ContactConsents, 'proof'])
      .use(may('consent:read'))
      .as('consents.proof')
    router
      .post('/consents/check', [controllers.contacts.ContactConsents, 'check'])
      .use(may('consent:read'))
      .as('consents.check')
    router.get('/fields', [controllers.contacts.Fields, 'index']).use(may('contacts:read')).as('fields.index')
    router.post('/fields', [controllers.contacts.Fields, 'store']).use(may('contacts:write')).as('fields.store')
    router.patch('/fields/:id', [controllers.contacts.Fields, 'update']).use(may('contacts:write')).as('fields.update')
    router
      .delete('/fields/:id', [controllers.contacts.Fields, 'destroy'])
      .use(may('contacts:write'))
      .as('fields.destroy')
    router.get('/tags', [controllers.contacts.Tags, 'index']).use(may('contacts:read')).as('tags.index')
    router.post('/tags', [controllers.contacts.Tags, 'store']).use(may('contacts:write')).as('tags.store')
    router.delete('/tags/:id', [controllers.contacts.Tags, 'destroy']).use(may('contacts:write')).as('tags.destroy')
    router
      .get('/suppressions', [controllers.consent.Suppressions, 'index'])
      .use(may('suppressions:read'))
      .as('suppressions.index')
    router
      .post('/suppressions', [controllers.consent.Suppressions, 'store'])
      .use(may('suppressions:write'))
      .as('suppressions.store')
    router
      .delete('/suppressions', [controllers.consent.Suppressions, 'destroyMany'])
      .use(may('suppressions:write'))
      .as('suppressions.destroy_many')
    router
      .delete('/suppressions/:id', [controllers.consent.Suppressions, 'destroy'])
      .use(may('suppressions:write'))
      .as('suppressions.destroy')

    router
      .get('/campaigns', [controllers.campaigns.Campaigns, 'index'])
      .use(may('campaigns:read'))
      .as('campaigns.index')
    router
      .post('/campaigns', [controllers.campaigns.Campaigns, 'store'])
      .use(may('campaigns:write'))
      .as('campaigns.store')
    router
      .get('/campaigns/:id', [controllers.campaigns.Campaigns, 'show'])
      .use(may('campaigns:read'))
      .as('campaigns.show')
    router
      .patch('/campaigns/:id', [controllers.campaigns.Campaigns, 'update'])
      .use(may('campaigns:write'))
      .as('campaigns.update')
    router
      .delete('/campaigns/:id', [controllers.campaigns.Campaigns, 'destroy'])
      .use(may('campaigns:write'))
      .as('campaigns.destroy')
    router
      .post('/campaigns/:id/restore', [controllers.campaigns.Campaigns, 'restore'])
      .use(may('campaigns:write'))
      .as('campaigns.restore')
    router
      .post('/campaigns/:id/duplicate', [controllers.campaigns.Campaigns, 'duplicate'])
      .use(may('campaigns:write'))
      .as('campaigns.duplicate')
    router
      .post('/campaigns/:id/render', [controllers.campaigns.CampaignCopies, 'render'])
      .use(may('campaigns:read'))
      .as('campaigns.render')
    router
      .post('/campaigns/:id/test', [controllers.campaigns.CampaignCopies, 'test'])
      .use(may('campaigns:write'))
      .as('campaigns.test')
    router
      .get('/campaigns/:id/preflight', [controllers.campaigns.CampaignSending, 'preflight'])
      .use(may('campaigns:read'))
      .as('campaigns.preflight')
    router
      .post('/campaigns/:id/schedule', [controllers.campaigns.CampaignSending, 'schedule'])
      .use(may('campaigns:send'))
      .as('campaigns.schedule')
    router
      .delete('/campaigns/:id/schedule', [controllers.campaigns.CampaignSending, 'unschedule'])
      .use(may('campaigns:send'))
      .as('campaigns.unschedule')
    router
      .post('/campaigns/:id/send', [controllers.campaigns.CampaignSending, 'send'])
      .use(may('campaigns:send'))
      .as('campaigns.send')
    router
      .post('/campaigns/:id/pause', [controllers.campaigns.CampaignSending, 'pause'])
      .use(may('campaigns:send'))
      .as('campaigns.pause')
    router
      .post('/campaigns/:id/resume', [controllers.campaigns.CampaignSending, 'resume'])
      .use(may('campaigns:send'))
      .as('campaigns.resume')
    router
      .post('/campaigns/:id/cancel', [controllers.campaigns.CampaignSending, 'cancel'])
      .use(may('campaigns:send'))
      .as('campaigns.cancel')
    router
      .post('/campaigns/:id/retry', [controllers.campaigns.CampaignSending, 'retry'])
      .use(may('campaigns:send'))
      .as('campaigns.retry')
    router
      .get('/campaigns/:id/receipt', [controllers.campaigns.CampaignAccounts, 'receipt'])
      .use(may('campaigns:read'))
      .as('campaigns.receipt')
    router
      .get('/campaigns/:id/receipt.csv', [controllers.campaigns.CampaignAccounts, 'receiptCsv'])
      .use(may('campaigns:read'))
      .as('campaigns.receiptCsv')
    router
      .get('/campaigns/:id/messages', [controllers.campaigns.CampaignAccounts, 'messages'])
      .use(may('campaigns:read'))
      .as('campaigns.messages')
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
