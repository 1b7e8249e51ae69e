/** Every door of the API, with its permission on the line. A person's session and a program's token open the same ones. */
import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'
import { door } from './door.ts'

const { campaigns, channels, compliance, consent, contacts, delivery, demo, forms, identity, reporting, segments } =
  controllers

router
  .group(() => {
    /* The workspace and who works in it */
    door.get('/workspace', [identity.Workspaces, 'show'], 'settings:read', 'workspace.show')
    door.patch('/workspace', [identity.Workspaces, 'update'], 'settings:write', 'workspace.update')
    door.get('/members', [identity.Members, 'index'], 'members:read', 'members.index')
    door.patch('/members/:id', [identity.Members, 'update'], 'members:write', 'members.update')
    door.delete('/members/:id', [identity.Members, 'destroy'], 'members:write', 'members.destroy')
    door.delete('/membership', [identity.Members, 'leave'], 'members:read', 'membership.destroy')
    door.get('/invitations', [identity.Invitations, 'index'], 'members:read', 'invitations.index')
    door.post('/invitations', [identity.Invitations, 'store'], 'members:write', 'invitations.store')
    door.delete('/invitations/:id', [identity.Invitations, 'destroy'], 'members:write', 'invitations.destroy')
    door.get('/tokens', [identity.Tokens, 'index'], 'tokens:write', 'tokens.index')
    door.post('/tokens', [identity.Tokens, 'store'], 'tokens:write', 'tokens.store')
    door.delete('/tokens/:id', [identity.Tokens, 'destroy'], 'tokens:write', 'tokens.destroy')
    door.get('/audit', [identity.Audit, 'index'], 'audit:read', 'audit.index')
    door.get('/permissions', [identity.Permissions, 'index'], 'members:read', 'permissions.index')

    door.get('/retention', [compliance.Retention, 'show'], 'settings:read', 'retention.show')
    door.patch('/retention', [compliance.Retention, 'update'], 'settings:write', 'retention.update')

    /* What people agree to, and who may not be written to */
    door.get('/topics', [contacts.TopicList, 'index'], 'consent:read', 'topics.index')
    door.post('/topics', [consent.Topics, 'store'], 'topics:write', 'topics.store')
    door.patch('/topics/:id', [consent.Topics, 'update'], 'topics:write', 'topics.update')
    door.delete('/topics/:id', [consent.Topics, 'destroy'], 'topics:write', 'topics.destroy')
    door.get('/wordings', [consent.Wordings, 'index'], 'consent:read', 'wordings.index')
    door.post('/wordings', [consent.Wordings, 'store'], 'topics:write', 'wordings.store')
    door.get('/wordings/:id', [consent.Wordings, 'show'], 'consent:read', 'wordings.show')
    door.post('/wordings/:id/revise', [consent.Wordings, 'revise'], 'topics:write', 'wordings.revise')
    door.get('/contacts/:id/consents', [contacts.ContactConsents, 'index'], 'consent:read', 'consents.index')
    door.post('/contacts/:id/consents', [contacts.ContactConsents, 'store'], 'consent:write', 'consents.store')
    door.post('/contacts/:id/tracking', [contacts.ContactTracking, 'store'], 'consent:write', 'tracking.store')
    door.get('/contacts/:id/consents/proof', [contacts.ContactConsents, 'proof'], 'consent:read', 'consents.proof')
    door.post('/consents/check', [contacts.ContactConsents, 'check'], 'consent:read', 'consents.check')
    door.get('/tracking', [consent.Tracking, 'show'], 'settings:read', 'tracking.show')
    door.get('/suppressions', [consent.Suppressions, 'index'], 'suppressions:read', 'suppressions.index')
    door.post('/suppressions', [consent.Suppressions, 'store'], 'suppressions:write', 'suppressions.store')
    door.post(
      '/suppressions/import',
      [contacts.SuppressedAddresses, 'store'],
      'suppressions:write',
      'suppressions.import'
    )
    door.delete(
      '/suppressions',
      [contacts.SuppressedAddresses, 'destroyMany'],
      'suppressions:write',
      'suppressions.destroy_many'
    )
    door.delete(
      '/suppressions/:id',
      [contacts.SuppressedAddresses, 'destroy'],
      'suppressions:write',
      'suppressions.destroy'
    )
    door.delete(
      '/provider-suppressions',
      [delivery.ProviderSuppressions, 'destroy'],
      'suppressions:write',
      'suppressions.destroy_at_providers'
    )

    /* Sign-up forms */
    door.get('/forms', [forms.Forms, 'index'], 'forms:read', 'forms.index')
    door.post('/forms', [forms.Forms, 'store'], 'forms:write', 'forms.store')
    door.post('/forms/preview', [forms.Forms, 'preview'], 'forms:read', 'forms.preview')
    door.get('/forms/:id', [forms.Forms, 'show'], 'forms:read', 'forms.show')
    door.patch('/forms/:id', [forms.Forms, 'update'], 'forms:write', 'forms.update')
    door.delete('/forms/:id', [forms.Forms, 'destroy'], 'forms:write', 'forms.destroy')
    door.post('/forms/:id/restore', [forms.Forms, 'restore'], 'forms:write', 'forms.restore')
    door.get('/forms/:id/embed', [forms.Forms, 'embed'], 'forms:read', 'forms.embed')
    door.get('/forms/:id/submissions', [forms.FormSubmissions, 'index'], 'forms:read', 'forms.submissions')
    door.get('/quarantine', [forms.Quarantine, 'index'], 'forms:read', 'quarantine.index')
    door.get('/quarantine/summary', [forms.Quarantine, 'summary'], 'forms:read', 'quarantine.summary')
    door.post('/quarantine/decisions', [forms.Quarantine, 'decide'], 'sign_ups:judge', 'quarantine.decide')
    door.get('/quarantine/:id', [forms.Quarantine, 'show'], 'forms:read', 'quarantine.show')
    door.post('/quarantine/:id/approve', [forms.Quarantine, 'approve'], 'sign_ups:judge', 'quarantine.approve')
    door.post('/quarantine/:id/reject', [forms.Quarantine, 'reject'], 'sign_ups:judge', 'quarantine.reject')
    door.post('/quarantine/:id/reopen', [forms.Quarantine, 'reopen'], 'sign_ups:judge', 'quarantine.reopen')

    /* People */
    door.get('/contacts/:id/timeline', [reporting.Timelines, 'index'], 'contacts:read', 'contacts.timeline')
    door.get('/contacts', [segments.People, 'index'], 'contacts:read', 'contacts.index')
    door.post('/contacts', [contacts.Contacts, 'store'], 'contacts:write', 'contacts.store')
    door.put('/contacts/by-email/:email', [contacts.Contacts, 'upsert'], 'contacts:write', 'contacts.upsert')
    door.post('/contacts/bulk', [segments.People, 'change'], 'contacts:write', 'contacts.bulk')
    door.delete('/contacts/bulk/:id', [segments.People, 'undo'], 'contacts:write', 'contacts.undo_bulk')
    door.get('/contacts/:id', [contacts.Contacts, 'show'], 'contacts:read', 'contacts.show')
    door.patch('/contacts/:id', [contacts.Contacts, 'update'], 'contacts:write', 'contacts.update')
    door.delete('/contacts/:id', [contacts.Contacts, 'destroy'], 'contacts:write', 'contacts.destroy')
    door.post('/contacts/:id/restore', [contacts.Contacts, 'restore'], 'contacts:write', 'contacts.restore')
    door.post('/contacts/:id/merge', [contacts.ContactRights, 'merge'], 'contacts:write', 'contacts.merge')
    door.get('/contacts/:id/export', [contacts.ContactRights, 'export'], 'contacts:export', 'contacts.export')
    door.post('/contacts/:id/erase', [contacts.ContactRights, 'erase'], 'contacts:erase', 'contacts.erase')
    door.post('/contacts/:id/wake', [contacts.ContactConsents, 'wake'], 'consent:write', 'contacts.wake')
    door.post('/contacts/:id/restriction', [contacts.ContactRights, 'restrict'], 'contacts:erase', 'contacts.restrict')
    door.delete(
      '/contacts/:id/restriction',
      [contacts.ContactRights, 'letBeUsed'],
      'contacts:erase',
      'contacts.lift_restriction'
    )
    door.get('/privacy-requests', [contacts.PrivacyRequests, 'index'], 'contacts:read', 'privacy_requests.index')
    door.post('/privacy-requests', [contacts.PrivacyRequests, 'store'], 'contacts:write', 'privacy_requests.store')
    door.get('/privacy-requests/:id', [contacts.PrivacyRequests, 'show'], 'contacts:read', 'privacy_requests.show')
    door.post(
      '/privacy-requests/:id/fulfil',
      [contacts.PrivacyRequests, 'fulfil'],
      'contacts:erase',
      'privacy_requests.fulfil'
    )
    door.post(
      '/privacy-requests/:id/refuse',
      [contacts.PrivacyRequests, 'refuse'],
      'contacts:erase',
      'privacy_requests.refuse'
    )
    door.get(
      '/privacy-requests/:id/certificate',
      [contacts.PrivacyRequests, 'certificate'],
      'contacts:read',
      'privacy_requests.certificate'
    )
    door.get('/fields', [contacts.Fields, 'index'], 'contacts:read', 'fields.index')
    door.post('/fields', [contacts.Fields, 'store'], 'contacts:write', 'fields.store')
    door.patch('/fields/:id', [contacts.Fields, 'update'], 'contacts:write', 'fields.update')
    door.delete('/fields/:id', [contacts.Fields, 'destroy'], 'contacts:write', 'fields.destroy')
    door.get('/tags', [contacts.Tags, 'index'], 'contacts:read', 'tags.index')
    door.post('/tags', [contacts.Tags, 'store'], 'contacts:write', 'tags.store')
    door.delete('/tags/:id', [contacts.Tags, 'destroy'], 'contacts:write', 'tags.destroy')

    /* Imports */
    door.get('/imports', [contacts.Imports, 'index'], 'contacts:read', 'imports.index')
    door.post('/imports', [contacts.Imports, 'store'], 'imports:write', 'imports.store')
    door.get('/imports/:id', [contacts.Imports, 'show'], 'contacts:read', 'imports.show')
    door.post('/imports/:id/preview', [contacts.Imports, 'preview'], 'imports:write', 'imports.preview')
    door.post('/imports/:id/start', [contacts.Imports, 'start'], 'imports:write', 'imports.start')
    door.post('/imports/:id/undo', [contacts.Imports, 'undo'], 'imports:write', 'imports.undo')
    door.delete('/imports/:id', [contacts.Imports, 'destroy'], 'imports:write', 'imports.destroy')
    door.get('/imports/:id/rejects.csv', [contacts.Imports, 'rejects'], 'contacts:read', 'imports.rejects')

    /* Segments */
    door.get('/segments', [segments.Segments, 'index'], 'segments:read', 'segments.index')
    door.post('/segments', [segments.Segments, 'store'], 'segments:write', 'segments.store')
    door.post('/segments/preview', [segments.SegmentPreviews, 'preview'], 'segments:read', 'segments.preview')
    door.post('/segments/explain', [segments.SegmentPreviews, 'explain'], 'segments:read', 'segments.explain')
    door.get('/segments/:id', [segments.Segments, 'show'], 'segments:read', 'segments.show')
    door.patch('/segments/:id', [segments.Segments, 'update'], 'segments:write', 'segments.update')
    door.delete('/segments/:id', [segments.Segments, 'destroy'], 'segments:write', 'segments.destroy')
    door.post('/segments/:id/restore', [segments.Segments, 'restore'], 'segments:write', 'segments.restore')
    door.get('/segments/:id/contacts', [segments.Segments, 'contacts'], 'segments:read', 'segments.contacts')

    /* Campaigns */
    door.get('/campaigns/results', [reporting.Reports, 'index'], 'reports:read', 'campaigns.results')
    door.get('/campaigns/:id/report', [reporting.Reports, 'show'], 'reports:read', 'campaigns.report')
    door.get('/campaigns', [campaigns.Campaigns, 'index'], 'campaigns:read', 'campaigns.index')
    door.post('/campaigns', [campaigns.Campaigns, 'store'], 'campaigns:write', 'campaigns.store')
    door.get('/campaigns/:id', [campaigns.Campaigns, 'show'], 'campaigns:read', 'campaigns.show')
    door.patch('/campaigns/:id', [campaigns.Campaigns, 'update'], 'campaigns:write', 'campaigns.update')
    door.delete('/campaigns/:id', [campaigns.Campaigns, 'destroy'], 'campaigns:write', 'campaigns.destroy')
    door.post('/campaigns/:id/restore', [campaigns.Campaigns, 'restore'], 'campaigns:write', 'campaigns.restore')
    door.post('/campaigns/:id/duplicate', [campaigns.Campaigns, 'duplicate'], 'campaigns:write', 'campaigns.duplicate')
    door.post('/campaigns/:id/resend', [campaigns.Campaigns, 'resend'], 'campaigns:write', 'campaigns.resend')
    door.post('/campaigns/:id/render', [campaigns.CampaignCopies, 'render'], 'campaigns:read', 'campaigns.render')
    door.post('/campaigns/:id/test', [campaigns.CampaignCopies, 'test'], 'campaigns:write', 'campaigns.test')
    door.get(
      '/campaigns/:id/preflight',
      [campaigns.CampaignSending, 'preflight'],
      'campaigns:read',
      'campaigns.preflight'
    )
    door.get('/campaigns/:id/plan', [campaigns.CampaignSending, 'plan'], 'campaigns:read', 'campaigns.plan')
    door.post(
      '/campaigns/:id/schedule',
      [campaigns.CampaignSending, 'schedule'],
      'campaigns:send',
      'campaigns.schedule'
    )
    door.delete(
      '/campaigns/:id/schedule',
      [campaigns.CampaignSending, 'unschedule'],
      'campaigns:send',
      'campaigns.unschedule'
    )
    door.post('/campaigns/:id/approve', [campaigns.CampaignSending, 'approve'], 'campaigns:send', 'campaigns.approve')
    door.post('/campaigns/:id/send', [campaigns.CampaignSending, 'send'], 'campaigns:send', 'campaigns.send')
    door.post('/campaigns/:id/undo', [campaigns.CampaignSending, 'undo'], 'campaigns:send', 'campaigns.undo')
    door.post('/campaigns/:id/revise', [campaigns.CampaignSending, 'revise'], 'campaigns:send', 'campaigns.revise')
    door.delete(
      '/campaigns/:id/quiet-hours',
      [campaigns.CampaignSending, 'ignoreQuietHours'],
      'campaigns:send',
      'campaigns.ignore_quiet_hours'
    )
    door.post('/campaigns/:id/pause', [campaigns.CampaignSending, 'pause'], 'campaigns:send', 'campaigns.pause')
    door.post('/campaigns/:id/resume', [campaigns.CampaignSending, 'resume'], 'campaigns:send', 'campaigns.resume')
    door.post('/campaigns/:id/cancel', [campaigns.CampaignSending, 'cancel'], 'campaigns:send', 'campaigns.cancel')
    door.post('/campaigns/:id/retry', [campaigns.CampaignSending, 'retry'], 'campaigns:send', 'campaigns.retry')
    door.get('/campaigns/:id/receipt', [campaigns.CampaignAccounts, 'receipt'], 'campaigns:read', 'campaigns.receipt')
    door.get(
      '/campaigns/:id/receipt.csv',
      [campaigns.CampaignAccounts, 'receiptCsv'],
      'campaigns:read',
      'campaigns.receiptCsv'
    )
    door.get(
      '/campaigns/:id/receipt.zip',
      [campaigns.CampaignAccounts, 'signedReceipt'],
      'campaigns:read',
      'campaigns.signedReceipt'
    )
    door.get(
      '/campaigns/:id/messages',
      [campaigns.CampaignAccounts, 'messages'],
      'campaigns:read',
      'campaigns.messages'
    )

    /* Recurring campaigns */
    door.get(
      '/recurring-campaigns',
      [campaigns.RecurringCampaigns, 'index'],
      'campaigns:read',
      'recurring_campaigns.index'
    )
    door.post(
      '/recurring-campaigns',
      [campaigns.RecurringCampaigns, 'store'],
      'campaigns:write',
      'recurring_campaigns.store'
    )
    door.get(
      '/recurring-campaigns/:id',
      [campaigns.RecurringCampaigns, 'show'],
      'campaigns:read',
      'recurring_campaigns.show'
    )
    door.patch(
      '/recurring-campaigns/:id',
      [campaigns.RecurringCampaigns, 'update'],
      'campaigns:send',
      'recurring_campaigns.update'
    )
    door.delete(
      '/recurring-campaigns/:id',
      [campaigns.RecurringCampaigns, 'destroy'],
      'campaigns:send',
      'recurring_campaigns.destroy'
    )
    door.post(
      '/recurring-campaigns/:id/restore',
      [campaigns.RecurringCampaigns, 'restore'],
      'campaigns:send',
      'recurring_campaigns.restore'
    )
    door.post(
      '/recurring-campaigns/:id/resume',
      [campaigns.RecurringCampaigns, 'resume'],
      'campaigns:send',
      'recurring_campaigns.resume'
    )
    door.post(
      '/recurring-campaigns/:id/pause',
      [campaigns.RecurringCampaigns, 'pause'],
      'campaigns:send',
      'recurring_campaigns.pause'
    )
    door.post(
      '/recurring-campaigns/:id/end',
      [campaigns.RecurringCampaigns, 'end'],
      'campaigns:send',
      'recurring_campaigns.end'
    )
    door.post(
      '/recurring-campaigns/:id/skips',
      [campaigns.RecurringCampaigns, 'skip'],
      'campaigns:send',
      'recurring_campaigns.skip'
    )
    door.delete(
      '/recurring-campaigns/:id/skips/:at',
      [campaigns.RecurringCampaigns, 'unskip'],
      'campaigns:send',
      'recurring_campaigns.unskip'
    )

    door.get(
      '/recurring-campaigns/:id/feed',
      [campaigns.RecurringCampaigns, 'feed'],
      'campaigns:read',
      'recurring_campaigns.feed'
    )
    door.post(
      '/recurring-campaigns/:id/feed',
      [campaigns.RecurringCampaigns, 'readFeed'],
      'campaigns:write',
      'recurring_campaigns.read_feed'
    )

    /* Asking again */
    door.get('/reconfirmations', [campaigns.Reconfirmations, 'index'], 'campaigns:read', 'reconfirmations.index')
    door.post('/reconfirmations', [campaigns.Reconfirmations, 'store'], 'campaigns:write', 'reconfirmations.store')
    door.get('/reconfirmations/proofs', [campaigns.Proofs, 'index'], 'consent:read', 'reconfirmations.proofs')
    door.get('/reconfirmations/preview', [campaigns.Proofs, 'preview'], 'consent:read', 'reconfirmations.preview')
    door.get('/reconfirmations/sunset', [campaigns.Proofs, 'sunset'], 'consent:read', 'reconfirmations.sunset')
    door.get('/reconfirmations/:id', [campaigns.Reconfirmations, 'show'], 'campaigns:read', 'reconfirmations.show')
    door.post(
      '/reconfirmations/:id/cancel',
      [campaigns.Reconfirmations, 'cancel'],
      'campaigns:send',
      'reconfirmations.cancel'
    )

    /* Service mail */
    door.get('/messages', [delivery.ServiceMessages, 'index'], 'messages:read', 'messages.index')
    door.post('/messages', [delivery.ServiceMessages, 'store'], 'messages:send', 'messages.store')
    door.post('/messages/batch', [delivery.ServiceMessages, 'storeMany'], 'messages:send', 'messages.store_many')
    door.get('/messages/:id', [delivery.ServiceMessages, 'show'], 'messages:read', 'messages.show')

    /* How mail leaves */
    door.get('/bounce-mailbox', [delivery.BounceMailbox, 'show'], 'settings:read', 'bounce_mailbox.show')
    door.put('/bounce-mailbox', [delivery.BounceMailbox, 'update'], 'settings:write', 'bounce_mailbox.update')
    door.delete('/bounce-mailbox', [delivery.BounceMailbox, 'destroy'], 'settings:write', 'bounce_mailbox.destroy')
    door.post('/bounce-mailbox/test', [delivery.BounceMailbox, 'test'], 'settings:write', 'bounce_mailbox.test')
    door.get('/domains', [delivery.SendingDomains, 'index'], 'settings:read', 'domains.index')
    door.post('/domains', [delivery.SendingDomains, 'store'], 'settings:write', 'domains.store')
    door.get('/domains/:id', [delivery.SendingDomains, 'show'], 'settings:read', 'domains.show')
    door.patch('/domains/:id', [delivery.SendingDomains, 'update'], 'settings:write', 'domains.update')
    door.delete('/domains/:id', [delivery.SendingDomains, 'destroy'], 'settings:write', 'domains.destroy')
    door.post('/domains/:id/check', [delivery.SendingDomains, 'check'], 'settings:write', 'domains.check')
    door.post('/domains/:id/verify', [delivery.SendingDomains, 'verify'], 'settings:write', 'domains.verify')
    door.get('/warm-ups', [delivery.WarmUps, 'index'], 'settings:read', 'warm_ups.index')
    door.put('/warm-ups/:domain', [delivery.WarmUps, 'update'], 'settings:write', 'warm_ups.update')
    door.delete('/warm-ups/:domain', [delivery.WarmUps, 'destroy'], 'settings:write', 'warm_ups.destroy')
    door.get('/providers', [delivery.Providers, 'index'], 'settings:read', 'providers.index')
    door.post('/providers', [delivery.Providers, 'store'], 'settings:write', 'providers.store')
    door.get('/sending-routes', [delivery.SendingRoutes, 'index'], 'settings:read', 'sending_routes.index')
    door.put('/sending-routes/:topic', [delivery.SendingRoutes, 'update'], 'settings:write', 'sending_routes.update')
    door.delete(
      '/sending-routes/:topic',
      [delivery.SendingRoutes, 'destroy'],
      'settings:write',
      'sending_routes.destroy'
    )
    door.get('/providers/resend', [delivery.ResendProvider, 'show'], 'settings:read', 'providers.resend.show')
    door.put('/providers/resend', [delivery.ResendProvider, 'update'], 'settings:write', 'providers.resend.update')
    door.delete('/providers/resend', [delivery.ResendProvider, 'destroy'], 'settings:write', 'providers.resend.destroy')
    door.get(
      '/providers/resend/domains',
      [delivery.ResendProvider, 'domains'],
      'settings:read',
      'providers.resend.domains'
    )
    door.get('/providers/:id', [delivery.Providers, 'show'], 'settings:read', 'providers.show')
    door.patch('/providers/:id', [delivery.Providers, 'update'], 'settings:write', 'providers.update')
    door.delete('/providers/:id', [delivery.Providers, 'destroy'], 'settings:write', 'providers.destroy')
    door.post('/providers/:id/test', [delivery.Providers, 'test'], 'settings:write', 'providers.test')
    door.get('/outbox', [channels.Outbox, 'index'], 'outbox:read', 'outbox.index')
    door.get('/outbox/:id', [channels.Outbox, 'show'], 'outbox:read', 'outbox.show')

    /* At a glance, and to try it out */
    door.get('/overview', [reporting.Overview, 'show'], 'reports:read', 'overview.show')
    door.post('/demo', [demo.Demo, 'store'], 'settings:write', 'demo.store')
    door.delete('/demo', [demo.Demo, 'destroy'], 'settings:write', 'demo.destroy')
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
