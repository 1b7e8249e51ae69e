/** The signed-in web app: one page, whose own router does the rest. */
import router from '@adonisjs/core/services/router'
import { middleware } from '#start/kernel'

router
  .get('*', ({ view }) => view.render('app'))
  .use(middleware.browser())
  .as('spa')
