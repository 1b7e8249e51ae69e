/** Sign-up forms, and who waits behind them. */
import { controllers } from '#generated/controllers'
import { door } from '../door.ts'

const { Forms, FormSubmissions, Quarantine } = controllers.forms

door.get('/forms', [Forms, 'index'], 'forms:read', 'forms.index')
door.post('/forms', [Forms, 'store'], 'forms:write', 'forms.store')
door.post('/forms/preview', [Forms, 'preview'], 'forms:read', 'forms.preview')
door.get('/forms/:id', [Forms, 'show'], 'forms:read', 'forms.show')
door.patch('/forms/:id', [Forms, 'update'], 'forms:write', 'forms.update')
door.delete('/forms/:id', [Forms, 'destroy'], 'forms:write', 'forms.destroy')
door.post('/forms/:id/restore', [Forms, 'restore'], 'forms:write', 'forms.restore')
door.get('/forms/:id/embed', [Forms, 'embed'], 'forms:read', 'forms.embed')
door.get('/forms/:id/submissions', [FormSubmissions, 'index'], 'forms:read', 'forms.submissions')

/* Doubtful sign-ups */
door.get('/quarantine', [Quarantine, 'index'], 'forms:read', 'quarantine.index')
door.get('/quarantine/summary', [Quarantine, 'summary'], 'forms:read', 'quarantine.summary')
door.post('/quarantine/decisions', [Quarantine, 'decide'], 'sign_ups:judge', 'quarantine.decide')
door.get('/quarantine/:id', [Quarantine, 'show'], 'forms:read', 'quarantine.show')
door.post('/quarantine/:id/approve', [Quarantine, 'approve'], 'sign_ups:judge', 'quarantine.approve')
door.post('/quarantine/:id/reject', [Quarantine, 'reject'], 'sign_ups:judge', 'quarantine.reject')
door.post('/quarantine/:id/reopen', [Quarantine, 'reopen'], 'sign_ups:judge', 'quarantine.reopen')
