/** Read-only answers. */
import { controllers } from '#generated/controllers'
import { door } from '../door.ts'

const { Timelines, Reports, Overview } = controllers.reporting

door.get('/contacts/:id/timeline', [Timelines, 'index'], 'contacts:read', 'contacts.timeline')
door.get('/campaigns/results', [Reports, 'index'], 'reports:read', 'campaigns.results')
door.get('/campaigns/:id/report', [Reports, 'show'], 'reports:read', 'campaigns.report')
door.get('/overview', [Overview, 'show'], 'reports:read', 'overview.show')
