/** Ways to pick people; lists of people are picks, too. */
import { controllers } from '#generated/controllers'
import { door } from '../door.ts'

const { People, Segments, SegmentPreviews } = controllers.segments

/* People */
door.get('/contacts', [People, 'index'], 'contacts:read', 'contacts.index')
door.post('/contacts/bulk', [People, 'change'], 'contacts:write', 'contacts.bulk')
door.delete('/contacts/bulk/:id', [People, 'undo'], 'contacts:write', 'contacts.undo_bulk')

/* Segments */
door.get('/segments', [Segments, 'index'], 'segments:read', 'segments.index')
door.post('/segments', [Segments, 'store'], 'segments:write', 'segments.store')
door.post('/segments/preview', [SegmentPreviews, 'preview'], 'segments:read', 'segments.preview')
door.post('/segments/explain', [SegmentPreviews, 'explain'], 'segments:read', 'segments.explain')
door.get('/segments/:id', [Segments, 'show'], 'segments:read', 'segments.show')
door.patch('/segments/:id', [Segments, 'update'], 'segments:write', 'segments.update')
door.delete('/segments/:id', [Segments, 'destroy'], 'segments:write', 'segments.destroy')
door.post('/segments/:id/restore', [Segments, 'restore'], 'segments:write', 'segments.restore')
door.get('/segments/:id/contacts', [Segments, 'contacts'], 'segments:read', 'segments.contacts')
