/** Doors without sign-in: unsubscribe, preferences, links, pixel. A GET never changes anything. */
import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'

router.get('/c/:token', [controllers.tracking.Clicks, 'show']).as('public.click')
router.get('/o/:token', [controllers.tracking.Opens, 'show']).as('public.open')
