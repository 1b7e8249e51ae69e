import db from '@adonisjs/lucid/services/db'
import { recordTracking, trackingOfPerson } from '#consent'
import { theReader, type Circumstances } from './circumstances.ts'
import { lockedReader } from './reader_of_token.ts'
import type { Words } from './reader_words.ts'

/** Bump when the sentences change: the ledger keeps which wording somebody agreed to. */
const STATEMENT_VERSION = 'measuring-1'

/**
 * A reader allows that what they open and follow is noted, or does not. It counts from now on, for old mails, too. Saying what
 * holds already writes nothing, but for a first no: that holds when the workspace changes its policy, too.
 *
 * @returns false when there is nobody whom it could be about
 */
export async function keepReaderTracking({
  token,
  allows,
  words: { t, language },
  circumstances,
}: {
  token: string
  allows: boolean
  words: Words
  circumstances: Circumstances
}): Promise<boolean> {
  return db.transaction(async (trx) => {
    const reader = await lockedReader(token, trx)
    if (!reader) return false
    const { workspaceId, workspace, person, campaignId } = reader
    const { status } = await trackingOfPerson({ workspaceId, contactId: person!.id, client: trx })
    if (status === (allows ? 'granted' : 'withdrawn')) return true
    await recordTracking({
      workspaceId,
      people: [person!.id],
      action: allows ? 'grant' : 'withdraw',
      statement: t(allows ? 'measuring.allow' : 'measuring.refuse', { workspace: workspace.name }),
      statementVersion: STATEMENT_VERSION,
      language,
      source: 'preference page',
      sourceKind: 'person',
      sourceRef: `campaign:${campaignId}`,
      ...circumstances,
      actor: theReader(reader, circumstances),
      trx,
    })
    return true
  })
}
