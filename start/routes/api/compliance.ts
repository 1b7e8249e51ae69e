/** What is kept of people, and for how long. */
import { controllers } from '#generated/controllers'
import { door } from '../door.ts'

const { Retention } = controllers.compliance

door.get('/retention', [Retention, 'show'], 'settings:read', 'retention.show')
door.patch('/retention', [Retention, 'update'], 'settings:write', 'retention.update')
