import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { suppress, type SuppressionReason } from '#consent'
import { bouncesOf, theSystem, Workspace, type BounceRules } from '#identity'
import { hashOf, type Bounce } from './bounce.ts'
import { givenUp } from './given_up.ts'
import { warnOfBlocks } from './warn_of_blocks.ts'

/**
 * The one place where bounces have consequences, by the workspace's rules: a hard one suppresses the address, soft ones do
 * when they repeat, a block never does (it is about us) but warns the team, an automatic answer is only noted. In the
 * transaction of whoever learnt of it.
 */
export async function heedBounces(workspaceId: number, bounces: Bounce[], trx: TransactionClientContract) {
  if (bounces.length === 0) return
  const rules = bouncesOf(await Workspace.query({ client: trx }).where('id', workspaceId).firstOrFail())
  await note(workspaceId, bounces, trx)
  const counts = (bounce: Bounce) => countedClasses(rules).includes(bounce.verdict.class)
  await suppressThose(
    bounces.filter((bounce) => bounce.verdict.class === 'hard' && !counts(bounce)),
    { workspaceId, reason: 'hard_bounce', trx }
  )
  await suppressThose(
    await givenUp(bounces.filter(counts), { workspaceId, rules, classes: countedClasses(rules), trx }),
    { workspaceId, reason: 'soft_bounce', note: `${rules.soft_times} bounces within ${rules.soft_days} days.`, trx }
  )
  const blocks = bounces.filter(({ verdict }) => verdict.class === 'block')
  if (blocks.length > 0) await warnOfBlocks(workspaceId, blocks, trx)
}

function countedClasses({ hard, unknown }: BounceRules): string[] {
  return ['soft', ...(hard === 'count' ? ['hard'] : []), ...(unknown === 'count' ? ['unknown'] : [])]
}

async function note(workspaceId: number, bounces: Bounce[], trx: TransactionClientContract) {
  await trx.rawQuery(
    `insert into bounces (workspace_id, class, rule, words, at, source, contact_id, campaign_id, service_message_id, address_hash)
     select ?::bigint, * from unnest(?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bytea[])`,
    [
      workspaceId,
      bounces.map(({ verdict }) => verdict.class),
      bounces.map(({ verdict }) => verdict.rule),
      bounces.map(({ verdict, words }) => (verdict.class === 'auto_reply' ? null : words)),
      bounces.map(({ at }) => at.toISOString()),
      bounces.map(({ source }) => source),
      bounces.map(({ contactId }) => contactId),
      bounces.map(({ campaignId }) => campaignId),
      bounces.map(({ serviceMessageId }) => serviceMessageId),
      bounces.map((bounce) => hashOf(workspaceId, bounce)),
    ] as any[]
  )
}

interface Suppression {
  workspaceId: number
  reason: SuppressionReason
  /** The rule's own sentence, unless told. */
  note?: string
  trx: TransactionClientContract
}

async function suppressThose(bounces: Bounce[], { workspaceId, reason, note: given, trx }: Suppression) {
  const known = bounces.filter(({ email }) => email !== null)
  for (const [sentence, those] of Map.groupBy(known, ({ verdict }) => given ?? verdict.sentence)) {
    for (const [source, some] of Map.groupBy(those, sourceOf)) {
      const addresses = some.map((bounce) => ({ hash: hashOf(workspaceId, bounce)!, address: bounce.email }))
      await suppress({ workspaceId, addresses, reason, note: sentence, source, actor: theSystem, trx })
    }
  }
}

const sourceOf = ({ campaignId }: Bounce) => (campaignId === null ? 'service mail' : `campaign ${campaignId}`)
