/** To try it out. */
import { controllers } from '#generated/controllers'
import { door } from '../door.ts'

const { Demo } = controllers.demo

door.post('/demo', [Demo, 'store'], 'settings:write', 'demo.store')
door.delete('/demo', [Demo, 'destroy'], 'settings:write', 'demo.destroy')
