/** Who listens to what: after the commit, at least once, in a worker (app/platform/announce.ts). Listeners are idempotent. */
import { sendPasswordReset } from '#identity'
import type { Listeners } from '#platform'

export const listeners: Listeners = {
  'password_reset.requested': [sendPasswordReset],
}
