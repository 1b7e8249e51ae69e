import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { answerReconfirmation, questionOf, type Answer, type AskedQuestion } from '#consent'
import { markUnsubscribed } from '#delivery'
import { theReader, type Circumstances } from './circumstances.ts'
import { liftOwnSuppression } from './lift_own_suppression.ts'
import { lockedReader, readerOfToken, type KnownReader } from './reader_of_token.ts'

export interface Asked {
  reader: KnownReader
  question: AskedQuestion
}

/** The question behind a link of a campaign that asks; null for any other link, and for who is not there any more. Looking changes nothing. */
export async function askedByToken(
  token: string,
  client: QueryClientContract = db.connection()
): Promise<Asked | null> {
  return withQuestion(await readerOfToken(token, client), client)
}

/**
 * A reader's answer, by the button: yes is a new agreement in the words that they saw, and brings back who rests or left everything
 * by themselves; no ends the topic. Counts after the last day, too.
 *
 * @returns what was asked, as it stands after the answer; null when there is nothing to answer
 */
export async function answerQuestion({
  token,
  answer,
  circumstances,
}: {
  token: string
  answer: Answer
  circumstances: Circumstances
}): Promise<Asked | null> {
  return db.transaction(async (trx) => {
    const asked = await withQuestion(await lockedReader(token, trx), trx)
    if (!asked || asked.question.isArchived) return asked
    const { reader, question } = asked
    const actor = theReader(reader, circumstances)
    const { campaignId, contactId } = reader
    if (answer === 'yes') await liftOwnSuppression({ reader, circumstances, trx })
    await answerReconfirmation(question, {
      answer,
      contactId,
      personId: reader.person!.id,
      campaignId,
      ...circumstances,
      actor,
      trx,
    })
    if (answer === 'no') await markUnsubscribed({ ...reader, trx })
    return { reader, question: { ...question, answered: answer } }
  })
}

async function withQuestion(reader: KnownReader | null, client: QueryClientContract): Promise<Asked | null> {
  if (!reader?.person) return null
  const { workspaceId, campaignId, contactId, person } = reader
  const question = await questionOf({ workspaceId, campaignId, contactId, personId: person.id, client })
  return question && { reader, question }
}
