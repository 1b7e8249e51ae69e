import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { addressKey, needsNewConsent, unsuppress, withdrawAll, type Suppression } from '#consent'
import type { Actor } from '#identity'
import { InvalidContact, NeedsAPerson } from '../errors.ts'

type Suppressed = Pick<Suppression, 'id' | 'address' | 'addressHash' | 'reason' | 'createdAt'>

/**
 * Lets addresses receive again, for a reason that the audit keeps. No program decides that, but somebody who is signed in. Where a
 * new agreement is needed (`needsNewConsent`), everything that still stands as agreed ends with it.
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
  if (actor.kind === 'token') {
    throw new NeedsAPerson('Only somebody who is signed in may let an address receive again, not a program.')
  }
  const keys = suppressions.filter(needsNewConsent).map((one) => keyOf(one, given))
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
        'The address was let receive again after it had been suppressed. What was agreed before does not count any more.',
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
