/** The capture mailbox: what would have left. */
import { controllers } from '#generated/controllers'
import { door } from '../door.ts'

const { Outbox } = controllers.channels

door.get('/outbox', [Outbox, 'index'], 'outbox:read', 'outbox.index')
door.get('/outbox/:id', [Outbox, 'show'], 'outbox:read', 'outbox.show')
