/** What people agree to, and who may not be written to. */
import { controllers } from '#generated/controllers'
import { door } from '../door.ts'

const { Topics, Wordings, Tracking, Suppressions } = controllers.consent

door.post('/topics', [Topics, 'store'], 'topics:write', 'topics.store')
door.patch('/topics/:id', [Topics, 'update'], 'topics:write', 'topics.update')
door.delete('/topics/:id', [Topics, 'destroy'], 'topics:write', 'topics.destroy')
door.get('/wordings', [Wordings, 'index'], 'consent:read', 'wordings.index')
door.post('/wordings', [Wordings, 'store'], 'topics:write', 'wordings.store')
door.get('/wordings/:id', [Wordings, 'show'], 'consent:read', 'wordings.show')
door.post('/wordings/:id/revise', [Wordings, 'revise'], 'topics:write', 'wordings.revise')
door.get('/tracking', [Tracking, 'show'], 'settings:read', 'tracking.show')
door.get('/suppressions', [Suppressions, 'index'], 'suppressions:read', 'suppressions.index')
door.post('/suppressions', [Suppressions, 'store'], 'suppressions:write', 'suppressions.store')
