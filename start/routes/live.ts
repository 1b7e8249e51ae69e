/** The line on which open browsers hear what went stale. One channel a workspace, for its members. */
import transmit from '@adonisjs/transmit/services/main'
import { isMember } from '#identity'
import { middleware } from '#start/kernel'

transmit.registerRoutes((route) => {
  route.use([middleware.browser(), middleware.auth(), middleware.person()])
})

transmit.authorize<{ id: string }>('workspaces/:id', ({ person }, { id }) => isMember(person, id))
