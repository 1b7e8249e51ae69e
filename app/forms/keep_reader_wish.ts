import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import { ALL_TOPICS, keepWish, restsOf, wake, type Pace } from '#consent'
import { theReader, type Circumstances } from './circumstances.ts'
import { choicesOf } from './preferences.ts'
import { lockedReader, type KnownReader } from './reader_of_token.ts'

export type Wish = { pace: Pace | null } | { pausedUntil: DateTime | null }

/**
 * Keeps what a reader wishes about all topics or one that they get: not so often, or nothing until a day. Null takes it back,
 * also for a topic that they no longer get.
 *
 * @returns null when there is nobody, or nothing, that it could be about
 */
export async function keepReaderWish({
  token,
  topicId,
  wish,
  circumstances,
}: {
  token: string
  topicId: number
  wish: Wish
  circumstances: Circumstances
}): Promise<KnownReader | null> {
  return db.transaction(async (trx) => {
    const reader = await lockedReader(token, trx)
    if (!reader) return null
    const { workspaceId, person } = reader
    const isNew = Object.values(wish)[0] !== null
    if (isNew && topicId !== ALL_TOPICS) {
      const gets = (await choicesOf(reader, trx)).some(({ id, granted }) => id === topicId && granted)
      if (!gets) return null
    }
    const actor = theReader(reader, circumstances)
    await keepWish({ workspaceId, contactId: person!.id, channel: 'email', topicId, ...wish, actor, trx })
    return reader
  })
}

/** Ends a reader's own rest: they get the topic's mails as before. Nothing happens when they do not rest. */
export async function comeBack({
  token,
  topicId,
  circumstances,
}: {
  token: string
  topicId: number
  circumstances: Circumstances
}): Promise<void> {
  await db.transaction(async (trx) => {
    const reader = await lockedReader(token, trx)
    if (!reader) return
    const { workspaceId, person } = reader
    const rests = await restsOf({ workspaceId, contactId: person!.id, client: trx })
    if (!rests.some((rest) => rest.topicId === topicId)) return
    const actor = theReader(reader, circumstances)
    await wake({ workspaceId, contactId: person!.id, channel: 'email', topicId, reason: null, actor, trx })
  })
}

/** The day (2026-12-24) on which mails go on, as it begins for the reader; null unless it is after today and within two years. */
export function dayToGoOn(given: string | null, timezone: string): DateTime | null {
  const day = DateTime.fromFormat(given ?? '', 'yyyy-MM-dd', { zone: timezone })
  const today = DateTime.now().setZone(timezone).startOf('day')
  return day.isValid && day > today && day <= today.plus({ years: 2 }) ? day : null
}
