/** For those who run it: health and metrics. */
import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'

router.get('/health/live', [controllers.platform.Operations, 'live']).as('operations.live')
router.get('/health/ready', [controllers.platform.Operations, 'ready']).as('operations.ready')
router.get('/metrics', [controllers.platform.Operations, 'metrics']).as('operations.metrics')
router.get('/api/openapi.json', [controllers.platform.ApiDescription, 'show']).as('operations.openapi')
