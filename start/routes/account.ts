/** Doors of the API that belong to a person, not to a workspace: setting up, signing in, one's own account. */
import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'

const { Session, Setup, PasswordResets, Invitations, Me, Workspaces } = controllers.identity

/** Open to strangers, who are counted. */
router
  .group(() => {
    router.get('/session', [Session, 'show']).as('session.show')
    router.post('/session', [Session, 'store']).as('session.store')
    router.delete('/session', [Session, 'destroy']).as('session.destroy')
    router.post('/setup', [Setup, 'store']).as('setup.store')
    router.post('/password-resets', [PasswordResets, 'store']).as('password_resets.store')
    router.get('/password-resets/:token', [PasswordResets, 'show']).as('password_resets.show')
    router.post('/password-resets/:token', [PasswordResets, 'update']).as('password_resets.update')
    router.get('/invitations/:token', [Invitations, 'show']).as('invitations.show')
    router.post('/invitations/:token/accept', [Invitations, 'accept']).as('invitations.accept')
  })
  .prefix('/api/v1')
  .use([middleware.browser(), middleware.limit('strangers'), middleware.auth(), middleware.json()])

router
  .group(() => {
    router.get('/me', [Me, 'show']).as('me.show')
    router.patch('/me', [Me, 'update']).as('me.update')
    router.put('/me/password', [Me, 'password']).as('me.password')
    router.get('/workspaces', [Workspaces, 'index']).as('workspaces.index')
    router.post('/workspaces', [Workspaces, 'store']).as('workspaces.store')
  })
  .prefix('/api/v1')
  .use([middleware.browser(), middleware.auth(), middleware.person(), middleware.json()])
