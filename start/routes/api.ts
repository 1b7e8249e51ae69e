/**
 * Every door of the API, a file for each module, with its permission on the line. A person's session and a program's
 * token open the same ones. The first route that fits answers, so fixed words come before an `:id`: reporting's
 * `/campaigns/results` before campaigns, the `/contacts/bulk` of segments before contacts.
 */
import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import './api/identity.ts'
import './api/consent.ts'
import './api/segments.ts'
import './api/contacts.ts'
import './api/forms.ts'
import './api/reporting.ts'
import './api/campaigns.ts'
import './api/delivery.ts'
import './api/channels.ts'
import './api/compliance.ts'
import './api/demo.ts'

/** Below /api nothing falls through to the web app. Registered last. */
router.any('/api/*', [controllers.platform.Nowhere]).as('operations.nowhere')
