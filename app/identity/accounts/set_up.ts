import db from '@adonisjs/lucid/services/db'
import type { Actor } from '../actor.ts'
import { AlreadySetUp } from '../errors.ts'
import { openWorkspace } from '../workspaces/open_workspace.ts'
import { createAccount } from './create_account.ts'

/** An arbitrary number that only this verb locks. */
const SETUP_LOCK = 7_319_001

/** The first person of a fresh installation: account, workspace and ownership at once. Of two at once, one wins. */
export async function setUp({
  workspaceName,
  fullName,
  email,
  password,
  from,
}: {
  workspaceName: string
  fullName: string
  email: string
  password: string
  from: Pick<Actor, 'ip' | 'userAgent' | 'requestId'>
}) {
  return db.transaction(async (trx) => {
    await trx.rawQuery('select pg_advisory_xact_lock(?)', [SETUP_LOCK])
    if (!(await isSetupNeeded(trx))) {
      throw new AlreadySetUp('This Assent has its owner. Ask them to invite you.')
    }
    const user = await createAccount({ email, fullName, password, trx })
    const workspace = await openWorkspace({ name: workspaceName, owner: user, from, trx })
    return { user, workspace }
  })
}

/** Is there nobody yet? */
export async function isSetupNeeded(client: { rawQuery: typeof db.rawQuery } = db): Promise<boolean> {
  const { rows } = await client.rawQuery('select not exists (select from users) as needed')
  return rows[0].needed
}
