import db from '@adonisjs/lucid/services/db'
import { addressHash, addressKey } from '#consent'
import { NeedsAPerson } from '#contacts'
import { audit, type Actor } from '#identity'
import { StillSuppressed } from '../errors.ts'
import { ProviderAccount } from '../models/provider_account.ts'
import { environment } from './environment.ts'
import { kindOf, type LetReceive } from './kinds.ts'
import { openCredentials } from './secrets.ts'

export interface LetReceiveAt extends LetReceive {
  /** Null: the installation's own. */
  provider_id: string | null
  name: string
}

/**
 * Takes an address off the suppression lists of the workspace's own providers, which they keep beside ours. Only what is not
 * suppressed here any more, and only by somebody who is signed in. Each provider says what it did; the environment's account
 * serves other workspaces, too, so its list is left alone.
 *
 * @throws NeedsAPerson (403), StillSuppressed (409), InvalidAddress (422)
 */
export async function letReceiveAtProviders({
  workspaceId,
  address,
  reason,
  actor,
}: {
  workspaceId: number
  address: string
  reason: string
  actor: Actor
}): Promise<LetReceiveAt[]> {
  if (actor.kind !== 'user') {
    throw new NeedsAPerson('Only somebody who is signed in may take an address off the list of a provider.')
  }
  const key = addressKey(address)
  const hash = addressHash(workspaceId, key)
  await refuseSuppressed(workspaceId, hash)
  const accounts = await ProviderAccount.own({ id: workspaceId })
  const told = await Promise.all(accounts.map((account) => atOne(account, key)))
  if (environment().RESEND_API_KEY && !accounts.some(({ kind }) => kind === 'resend')) told.push(SHARED)
  await db.transaction((trx) =>
    audit('address.taken_off_provider_lists', {
      workspaceId,
      actor,
      subject: { type: 'suppression' },
      details: {
        reason,
        address_hash: hash.toString('hex'),
        outcomes: told.map(({ name, outcome }) => ({ name, outcome })),
      },
      trx,
    })
  )
  return told
}

async function refuseSuppressed(workspaceId: number, hash: Buffer) {
  const row = await db
    .from('suppressions')
    .where({ workspace_id: workspaceId, channel: 'email', address_hash: hash })
    .first()
  if (row) throw new StillSuppressed('Nothing is sent to this address from here. Let it receive again here first.')
}

async function atOne(account: ProviderAccount, address: string): Promise<LetReceiveAt> {
  const of = { provider_id: String(account.id), name: account.name }
  return { ...of, ...(await kindOf(account.kind).letReceive(openCredentials(account.credentials!), address)) }
}

const SHARED: LetReceiveAt = {
  provider_id: null,
  name: 'Resend',
  outcome: 'failed',
  note: 'This account is the installation’s and serves several workspaces. Whoever runs it can take the address off its list.',
}
