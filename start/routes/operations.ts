/** For those who run it: health and metrics. */
import router from '@adonisjs/core/services/router'

router.get('/health/live', () => ({ status: 'ok' })).as('operations.live')
