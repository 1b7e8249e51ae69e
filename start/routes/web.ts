/** The signed-in web app: one page, whose own router does the rest. */
import router from '@adonisjs/core/services/router'
import { middleware } from '#start/kernel'
/** The live line waits for its service, and must stand before the catch-all. */
import './live.ts'

router
  .get('*', ({ view }) => view.render('app'))
  .use(middleware.browser())
  .as('spa')
