/** What providers tell us. No session, no CSRF, no body parser: the signature over the raw body is the proof. */
import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'

router
  .post('/webhooks/resend/:workspace_key', [controllers.delivery.ResendWebhook, 'store'])
  .use(middleware.limit('webhooks'))
  .as('webhooks.resend')

router
  .post('/webhooks/postmark/:workspace_key', [controllers.delivery.PostmarkWebhook, 'store'])
  .use(middleware.limit('webhooks'))
  .as('webhooks.postmark')

router
  .post('/webhooks/ses/:workspace_key', [controllers.delivery.SesWebhook, 'store'])
  .use(middleware.limit('webhooks'))
  .as('webhooks.ses')
