/** Doors without sign-in: unsubscribe, preferences, sign-up forms, links, pixel, the keys that check receipts. A GET never changes anything. */
import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'

router
  .group(() => {
    router.get('/c/:token', [controllers.tracking.Clicks, 'show']).as('public.click')
    router.get('/o/:token', [controllers.tracking.Opens, 'show']).as('public.open')

    router.get('/receipt-keys', [controllers.delivery.ReceiptKeys, 'index']).as('public.receipt_keys')
    router.get('/receipt-keys/:id', [controllers.delivery.ReceiptKeys, 'show']).as('public.receipt_key')

    router.get('/u/:token', [controllers.forms.Unsubscribe, 'show']).as('public.unsubscribe')
    router.post('/u/:token', [controllers.forms.Unsubscribe, 'store']).as('public.unsubscribe.store')
    router.get('/p/:token', [controllers.forms.Preferences, 'show']).as('public.preferences')
    router.post('/p/:token', [controllers.forms.Preferences, 'store']).as('public.preferences.store')

    router.get('/k/:token', [controllers.forms.Questions, 'show']).as('public.question')
    router.post('/k/:token', [controllers.forms.Questions, 'store']).as('public.question.store')

    router.get('/r/:token', [controllers.forms.Rights, 'show']).as('public.rights')
    router.post('/r/:token', [controllers.forms.Rights, 'store']).as('public.rights.store')

    router.get('/f/:slug', [controllers.forms.SignUps, 'show']).as('public.form')
    router.get('/confirm/:token', [controllers.forms.Confirmations, 'show']).as('public.confirmation')
    router.post('/confirm/:token', [controllers.forms.Confirmations, 'store']).as('public.confirmation.store')
  })
  .use([middleware.limit('doors')])

router
  .group(() => {
    router.get('/f/:slug/challenge', [controllers.forms.Challenges, 'show']).as('public.form.challenge')
  })
  .use([middleware.limit('puzzles')])

router
  .group(() => {
    router.post('/f/:slug', [controllers.forms.SignUps, 'store']).as('public.form.store')
    router.route('/f/:slug', ['OPTIONS'], [controllers.forms.SignUps, 'preflight']).as('public.form.preflight')
  })
  .use([middleware.limit('sign_ups')])
