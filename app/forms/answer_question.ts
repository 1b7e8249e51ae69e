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

/** In which language the page speaks to a reader. */
type Speaks = (reader: KnownReader) => string

/** The question behind a link of a campaign that asks; null for any other link, and for who is not there any more. Looking changes nothing. */
export async function askedByToken(token: string, speaks: Speaks): Promise<Asked | null> {
  const client = db.connection()
  return withQuestion(await readerOfToken(token, client), { speaks, client })
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
  speaks,
  circumstances,
}: {
  token: string
  answer: Answer
  speaks: Speaks
  circumstances: Circumstances
}): Promise<Asked | null> {
  return db.transaction(async (trx) => {
    const asked = await withQuestion(await lockedReader(token, trx), { speaks, client: trx })
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

async function withQuestion(
  reader: KnownReader | null,
  { speaks, client }: { speaks: Speaks; client: QueryClientContract }
): Promise<Asked | null> {
  if (!reader?.person) return null
  const { workspaceId, campaignId, contactId, person } = reader
  const question = await questionOf({
    workspaceId,
    campaignId,
    contactId,
    personId: person.id,
    language: speaks(reader),
    client,
  })
  return question && { reader, question }
}
