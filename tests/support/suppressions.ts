import type { Workspace } from '#identity'
import { Browser } from './browser.ts'
import { memberOf } from './workspace.ts'

/** An admin in a browser: addresses are let receive again by people, not by programs. */
export async function anAdmin(workspace: Workspace) {
  const { user } = await memberOf(workspace, { role: 'admin' })
  return Browser.signedIn(user)
}

/** Somebody lets these addresses receive again. */
export async function letReceive(workspace: Workspace, addresses: string[], reason = 'The mailbox works again') {
  const admin = await anAdmin(workspace)
  const { status, body } = await admin.ask('DELETE', '/api/v1/suppressions', { addresses, reason })
  if (status !== 200) throw new Error(`${addresses} could not be lifted: ${status} ${JSON.stringify(body)}`)
}
