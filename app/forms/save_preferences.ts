import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { recordConsent, suppress, unsuppress, withdrawAll } from '#consent'
import { markUnsubscribed } from '#delivery'
import { theReader, type Circumstances } from './circumstances.ts'
import { choicesOf, STATEMENT_VERSION, type Choice } from './preferences.ts'
import { readerOfToken, type KnownReader } from './reader_of_token.ts'

interface Wish {
  token: string
  circumstances: Circumstances
}

interface Context {
  reader: KnownReader
  circumstances: Circumstances
  trx: TransactionClientContract
}

/**
 * What somebody ticked becomes what they get: ticking is a real grant with the sentence they saw, unticking a
 * withdrawal. Only topics that the page showed them count, so that nothing unseen changes.
 */
export async function savePreferences({
  token,
  chosen,
  shown,
  circumstances,
}: Wish & { chosen: number[]; shown: number[] }): Promise<{ granted: string[]; ended: string[] } | null> {
  return db.transaction(async (trx) => {
    const reader = await lockedReader(token, trx)
    if (!reader) return null
    const choices = (await choicesOf(reader, trx as any)).filter(({ id }) => shown.includes(id))
    const granted = choices.filter(({ id, granted: isGranted }) => chosen.includes(id) && !isGranted)
    const ended = choices.filter(({ id, granted: isGranted }) => !chosen.includes(id) && isGranted)
    const context = { reader, circumstances, trx }
    if (granted.length > 0) await liftOwnSuppression(context)
    for (const choice of granted) await record(context, choice, 'grant')
    for (const choice of ended) await record(context, choice, 'withdraw')
    if (ended.some(({ id }) => id === reader.topic.id)) await markUnsubscribed({ ...reader, trx })
    return { granted: granted.map(({ name }) => name), ended: ended.map(({ name }) => name) }
  })
}

/**
 * Ends everything, and later topics and imports cannot begin again: the address itself is suppressed. Whoever was deleted
 * meanwhile is heard, too: they may be restored, their address may come again.
 */
export async function leaveEverything({ token, circumstances }: Wish): Promise<boolean> {
  return db.transaction(async (trx) => {
    const reader = (await lockedReader(token, trx)) ?? (await readerOfToken(token, trx))
    if (!reader || reader.isErased) return false
    const actor = theReader(reader, circumstances)
    const { workspaceId, campaignId, contactId, person, addressHash } = reader
    await withdrawAll({
      workspaceId,
      contactId: person?.id ?? contactId,
      channel: 'email',
      statement: 'Unsubscribe from everything.',
      source: 'preference page',
      sourceKind: 'person',
      sourceRef: `campaign:${campaignId}`,
      ...circumstances,
      actor,
      trx,
    })
    await suppress({
      workspaceId,
      addresses: addressHash ? [{ hash: addressHash, address: person?.email }] : [],
      reason: 'unsubscribed_all',
      source: 'preference page',
      actor,
      trx,
    })
    await markUnsubscribed({ ...reader, trx })
    return true
  })
}

/** Two windows, one person: the second sees what the first saved. */
async function lockedReader(token: string, trx: TransactionClientContract): Promise<KnownReader | null> {
  const reader = await readerOfToken(token, trx)
  if (!reader?.person) return null
  await trx.from('contacts').where({ workspace_id: reader.workspaceId, id: reader.person.id }).forUpdate().select('id')
  return reader
}

/** Who left everything by this page and ticks something again takes that back; any other suppression stays. */
async function liftOwnSuppression({ reader, circumstances, trx }: Context) {
  const own = await trx
    .from('suppressions')
    .where({ workspace_id: reader.workspaceId, channel: 'email', address_hash: reader.person!.emailHash })
    .where('reason', 'unsubscribed_all')
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

const record = ({ reader, circumstances, trx }: Context, choice: Choice, action: 'grant' | 'withdraw') =>
  recordConsent({
    workspaceId: reader.workspaceId,
    people: [reader.person!.id],
    channel: 'email',
    topicId: choice.id,
    action,
    basis: 'consent_express',
    statement: choice.statement,
    statementVersion: STATEMENT_VERSION,
    language: 'en',
    source: 'preference page',
    sourceKind: 'person',
    sourceRef: `campaign:${reader.campaignId}`,
    ...circumstances,
    actor: theReader(reader, circumstances),
    trx,
  })
