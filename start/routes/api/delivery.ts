/** How mail leaves: service mail, domains, providers and the ways to them. */
import { controllers } from '#generated/controllers'
import { door } from '../door.ts'

const {
  ProviderSuppressions,
  ServiceMessages,
  BounceMailbox,
  MailboxSignIns,
  SendingDomains,
  WarmUps,
  Providers,
  SendingRoutes,
  ResendProvider,
} = controllers.delivery

/* Service mail */
door.get('/messages', [ServiceMessages, 'index'], 'messages:read', 'messages.index')
door.post('/messages', [ServiceMessages, 'store'], 'messages:send', 'messages.store')
door.post('/messages/batch', [ServiceMessages, 'storeMany'], 'messages:send', 'messages.store_many')
door.get('/messages/:id', [ServiceMessages, 'show'], 'messages:read', 'messages.show')

/* Domains */
door.get('/domains', [SendingDomains, 'index'], 'settings:read', 'domains.index')
door.post('/domains', [SendingDomains, 'store'], 'settings:write', 'domains.store')
door.get('/domains/:id', [SendingDomains, 'show'], 'settings:read', 'domains.show')
door.patch('/domains/:id', [SendingDomains, 'update'], 'settings:write', 'domains.update')
door.delete('/domains/:id', [SendingDomains, 'destroy'], 'settings:write', 'domains.destroy')
door.post('/domains/:id/check', [SendingDomains, 'check'], 'settings:write', 'domains.check')
door.post('/domains/:id/verify', [SendingDomains, 'verify'], 'settings:write', 'domains.verify')
door.get('/warm-ups', [WarmUps, 'index'], 'settings:read', 'warm_ups.index')
door.put('/warm-ups/:domain', [WarmUps, 'update'], 'settings:write', 'warm_ups.update')
door.delete('/warm-ups/:domain', [WarmUps, 'destroy'], 'settings:write', 'warm_ups.destroy')

/* Providers and the ways to them */
door.get('/providers', [Providers, 'index'], 'settings:read', 'providers.index')
door.post('/providers', [Providers, 'store'], 'settings:write', 'providers.store')
door.get('/providers/resend', [ResendProvider, 'show'], 'settings:read', 'providers.resend.show')
door.put('/providers/resend', [ResendProvider, 'update'], 'settings:write', 'providers.resend.update')
door.delete('/providers/resend', [ResendProvider, 'destroy'], 'settings:write', 'providers.resend.destroy')
door.get('/providers/resend/domains', [ResendProvider, 'domains'], 'settings:read', 'providers.resend.domains')
door.get('/providers/:id', [Providers, 'show'], 'settings:read', 'providers.show')
door.patch('/providers/:id', [Providers, 'update'], 'settings:write', 'providers.update')
door.delete('/providers/:id', [Providers, 'destroy'], 'settings:write', 'providers.destroy')
door.post('/providers/:id/test', [Providers, 'test'], 'settings:write', 'providers.test')
door.get('/sending-routes', [SendingRoutes, 'index'], 'settings:read', 'sending_routes.index')
door.put('/sending-routes/:topic', [SendingRoutes, 'update'], 'settings:write', 'sending_routes.update')
door.delete('/sending-routes/:topic', [SendingRoutes, 'destroy'], 'settings:write', 'sending_routes.destroy')

/* What comes back */
door.get('/bounce-mailbox', [BounceMailbox, 'show'], 'settings:read', 'bounce_mailbox.show')
door.put('/bounce-mailbox', [BounceMailbox, 'update'], 'settings:write', 'bounce_mailbox.update')
door.delete('/bounce-mailbox', [BounceMailbox, 'destroy'], 'settings:write', 'bounce_mailbox.destroy')
door.post('/bounce-mailbox/test', [BounceMailbox, 'test'], 'settings:write', 'bounce_mailbox.test')
door.post('/bounce-mailbox/sign-ins', [MailboxSignIns, 'store'], 'settings:write', 'bounce_mailbox.sign_in')
door.post('/bounce-mailbox/sign-ins/answer', [MailboxSignIns, 'answer'], 'settings:write', 'bounce_mailbox.answer')
door.delete(
  '/provider-suppressions',
  [ProviderSuppressions, 'destroy'],
  'suppressions:write',
  'suppressions.destroy_at_providers'
)
