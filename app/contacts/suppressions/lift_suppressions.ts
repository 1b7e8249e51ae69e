import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { addressKey, ownWishes, unsuppress, withdrawAll } from '#consent'
import type { Actor } from '#identity'
import { InvalidContact, NeedsAPerson } from '../errors.ts'

interface Suppressed {
  id: number
  address: string | null
  addressHash: Buffer
  reason: string
}

/**
 * Lets addresses receive again, for a reason that the audit keeps. Where the person themselves said no (left everything,
 * complained, was erased), a program may not decide that: somebody who is signed in does, and everything that still
 * stands as agreed ends with it. Who is to be mailed again has to agree anew.
 *
 * @param given the addresses as they were named: an erased one is not kept, so whoever lifts it has to know it
 * @throws NeedsAPerson (403), InvalidContact (422, field "address")
 */
export async function liftSuppressions({
  workspaceId,
  suppressions,
  given = [],
  reason,
  actor,
  trx,
}: {
  workspaceId: number
  suppressions: Suppressed[]
  given?: { hash: Buffer; address: string }[]
  reason: string
  actor: Actor
  trx: TransactionClientContract
}): Promise<{ lifted: number }> {
  const wishes = suppressions.filter((one) => ownWishes.includes(one.reason as any))
  if (wishes.length > 0 && actor.kind === 'token') {
    throw new NeedsAPerson(
      'This person said no themselves. Only somebody who is signed in may let the address receive again.'
    )
  }
  const keys = wishes.map((one) => keyOf(one, given))
  const { lifted } = await unsuppress({ workspaceId, ids: suppressions.map(({ id }) => id), reason, actor, trx })
  const people = await trx
    .from('contacts')
    .where('workspace_id', workspaceId)
    .whereNull('deleted_at')
    .whereIn('email_key', keys)
    .orderBy('id')
    .select('id')
  for (const { id: contactId } of people) {
    await withdrawAll({
      workspaceId,
      contactId,
      channel: 'email',
      statement:
        'The address was let receive again after its owner had said no. What was agreed before does not count.',
      source: 'lifted suppression',
      sourceKind: 'team',
      actor,
      trx,
    })
  }
  return { lifted }
}

function keyOf({ address, addressHash: hash }: Suppressed, given: { hash: Buffer; address: string }[]): string {
  const known = address ?? given.find((one) => one.hash.equals(hash))?.address
  if (known) return addressKey(known)
  throw new InvalidContact(
    given.length > 0
      ? 'This is not the address that was erased.'
      : 'This address was erased and is not kept. Name it as address to lift it.',
    { field: 'address' }
  )
}
