/** The people we may know: their data, agreements and rights, and how they come in. */
import { controllers } from '#generated/controllers'
import { door } from '../door.ts'

const {
  TopicList,
  ContactConsents,
  ContactTracking,
  SuppressedAddresses,
  Contacts,
  ContactRights,
  PrivacyRequests,
  Fields,
  Tags,
  Imports,
} = controllers.contacts

/* What they agreed to */
door.get('/topics', [TopicList, 'index'], 'consent:read', 'topics.index')
door.get('/contacts/:id/consents', [ContactConsents, 'index'], 'consent:read', 'consents.index')
door.post('/contacts/:id/consents', [ContactConsents, 'store'], 'consent:write', 'consents.store')
door.post('/contacts/:id/tracking', [ContactTracking, 'store'], 'consent:write', 'tracking.store')
door.get('/contacts/:id/consents/proof', [ContactConsents, 'proof'], 'consent:read', 'consents.proof')
door.post('/contacts/:id/wake', [ContactConsents, 'wake'], 'consent:write', 'contacts.wake')
door.post('/consents/check', [ContactConsents, 'check'], 'consent:read', 'consents.check')

/* Addresses that are never written to */
door.post('/suppressions/import', [SuppressedAddresses, 'store'], 'suppressions:write', 'suppressions.import')
door.delete('/suppressions', [SuppressedAddresses, 'destroyMany'], 'suppressions:write', 'suppressions.destroy_many')
door.delete('/suppressions/:id', [SuppressedAddresses, 'destroy'], 'suppressions:write', 'suppressions.destroy')

/* People */
door.post('/contacts', [Contacts, 'store'], 'contacts:write', 'contacts.store')
door.put('/contacts/by-email/:email', [Contacts, 'upsert'], 'contacts:write', 'contacts.upsert')
door.get('/contacts/:id', [Contacts, 'show'], 'contacts:read', 'contacts.show')
door.patch('/contacts/:id', [Contacts, 'update'], 'contacts:write', 'contacts.update')
door.delete('/contacts/:id', [Contacts, 'destroy'], 'contacts:write', 'contacts.destroy')
door.post('/contacts/:id/restore', [Contacts, 'restore'], 'contacts:write', 'contacts.restore')

/* Their rights */
door.post('/contacts/:id/merge', [ContactRights, 'merge'], 'contacts:write', 'contacts.merge')
door.get('/contacts/:id/export', [ContactRights, 'export'], 'contacts:export', 'contacts.export')
door.post('/contacts/:id/erase', [ContactRights, 'erase'], 'contacts:erase', 'contacts.erase')
door.post('/contacts/:id/restriction', [ContactRights, 'restrict'], 'contacts:erase', 'contacts.restrict')
door.delete('/contacts/:id/restriction', [ContactRights, 'letBeUsed'], 'contacts:erase', 'contacts.lift_restriction')
door.get('/privacy-requests', [PrivacyRequests, 'index'], 'contacts:read', 'privacy_requests.index')
door.post('/privacy-requests', [PrivacyRequests, 'store'], 'contacts:write', 'privacy_requests.store')
door.get('/privacy-requests/:id', [PrivacyRequests, 'show'], 'contacts:read', 'privacy_requests.show')
door.post('/privacy-requests/:id/fulfil', [PrivacyRequests, 'fulfil'], 'contacts:erase', 'privacy_requests.fulfil')
door.post('/privacy-requests/:id/refuse', [PrivacyRequests, 'refuse'], 'contacts:erase', 'privacy_requests.refuse')
door.get(
  '/privacy-requests/:id/certificate',
  [PrivacyRequests, 'certificate'],
  'contacts:read',
  'privacy_requests.certificate'
)

/* What is noted of them */
door.get('/fields', [Fields, 'index'], 'contacts:read', 'fields.index')
door.post('/fields', [Fields, 'store'], 'contacts:write', 'fields.store')
door.patch('/fields/:id', [Fields, 'update'], 'contacts:write', 'fields.update')
door.delete('/fields/:id', [Fields, 'destroy'], 'contacts:write', 'fields.destroy')
door.get('/tags', [Tags, 'index'], 'contacts:read', 'tags.index')
door.post('/tags', [Tags, 'store'], 'contacts:write', 'tags.store')
door.delete('/tags/:id', [Tags, 'destroy'], 'contacts:write', 'tags.destroy')

/* Imports */
door.get('/imports', [Imports, 'index'], 'contacts:read', 'imports.index')
door.post('/imports', [Imports, 'store'], 'imports:write', 'imports.store')
door.get('/imports/:id', [Imports, 'show'], 'contacts:read', 'imports.show')
door.get('/imports/:id/values', [Imports, 'values'], 'imports:write', 'imports.values')
door.post('/imports/:id/preview', [Imports, 'preview'], 'imports:write', 'imports.preview')
door.post('/imports/:id/start', [Imports, 'start'], 'imports:write', 'imports.start')
door.post('/imports/:id/undo', [Imports, 'undo'], 'imports:write', 'imports.undo')
door.delete('/imports/:id', [Imports, 'destroy'], 'imports:write', 'imports.destroy')
door.get('/imports/:id/rejects.csv', [Imports, 'rejects'], 'contacts:read', 'imports.rejects')
