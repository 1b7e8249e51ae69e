import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { recordConsent, suppress, withdrawAll } from '#consent'
import { markUnsubscribed } from '#delivery'
import { theReader, type Circumstances } from './circumstances.ts'
import { liftOwnSuppression } from './lift_own_suppression.ts'
import { choicesOf, STATEMENT_VERSION, type Choice } from './preferences.ts'
import { lockedReader, readerOfToken, type KnownReader } from './reader_of_token.ts'
import type { Words } from './reader_words.ts'

interface Saving {
  token: string
  /** Why they leave what they leave, if they said. */
  why?: string | null
  circumstances: Circumstances
}

interface Context {
  reader: KnownReader
  words: Words
  why: string | null
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
  words,
  why = null,
  circumstances,
}: Saving & { chosen: number[]; shown: number[]; words: Words }): Promise<{
  granted: string[]
  ended: string[]
} | null> {
  return db.transaction(async (trx) => {
    const reader = await lockedReader(token, trx)
    if (!reader) return null
    const choices = (await choicesOf(reader, trx, words)).filter(({ id }) => shown.includes(id))
    const granted = choices.filter(({ id, granted: isGranted }) => chosen.includes(id) && !isGranted)
    const ended = choices.filter(({ id, granted: isGranted }) => !chosen.includes(id) && isGranted)
    const context = { reader, words, why, circumstances, trx }
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
export async function leaveEverything({ token, why = null, circumstances }: Saving): Promise<boolean> {
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
      reason: why,
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

const record = ({ reader, words, why, circumstances, trx }: Context, choice: Choice, action: 'grant' | 'withdraw') =>
  recordConsent({
    workspaceId: reader.workspaceId,
    people: [reader.person!.id],
    channel: 'email',
    topicId: choice.id,
    action,
    basis: 'consent_express',
    statement: choice.statement,
    statementVersion: STATEMENT_VERSION,
    language: words.language,
    reason: action === 'withdraw' ? why : null,
    source: 'preference page',
    sourceKind: 'person',
    sourceRef: `campaign:${reader.campaignId}`,
    ...circumstances,
    actor: theReader(reader, circumstances),
    trx,
  })
