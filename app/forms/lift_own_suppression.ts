import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { unsuppress } from '#consent'
import { theReader, type Circumstances } from './circumstances.ts'
import type { KnownReader } from './reader_of_token.ts'

/** Who left everything, or objected, and chooses something again takes that back: a new agreement; any other suppression stays, also one that comes in this moment. */
export async function liftOwnSuppression({
  reader,
  circumstances,
  trx,
}: {
  reader: KnownReader
  circumstances: Circumstances
  trx: TransactionClientContract
}): Promise<void> {
  const own = await trx
    .from('suppressions')
    .where({ workspace_id: reader.workspaceId, channel: 'email', address_hash: reader.person!.emailHash })
    .whereIn('reason', ['unsubscribed_all', 'objection'])
    .forUpdate()
    .first()
  if (!own) return
  await unsuppress({
    workspaceId: reader.workspaceId,
    ids: [own.id],
    reason: 'The person chose mails again on their preference page.',
    actor: theReader(reader, circumstances),
    trx,
  })
}
