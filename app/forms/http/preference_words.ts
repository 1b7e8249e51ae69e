import type { Rest, Wish } from '#consent'
import { recordOf, type KnownReader } from '../reader_of_token.ts'
import type { Words } from '../reader_words.ts'
import type { Stored } from '../stored_about.ts'

/** Enough to know which of one's own addresses it is; whoever has a forwarded mail learns no other. */
export function maskedAddress(email: string): string {
  const at = email.lastIndexOf('@')
  return `${[...email.slice(0, at)][0]}•••${email.slice(at)}`
}

export interface KeptWish {
  topicId: number
  kind: 'pace' | 'pause' | 'rest'
  sentence: string
}

export function sentenceOf(
  { topicId, topicName, pace, pausedUntil }: Wish,
  { workspace, words: { t, day } }: { workspace: string; words: Words }
): KeptWish[] {
  const what = topicName ?? t('preferences.all', { workspace })
  return [
    ...(pace ? [{ topicId, kind: 'pace' as const, sentence: t(`wish.${pace}`, { what }) }] : []),
    ...(pausedUntil
      ? [{ topicId, kind: 'pause' as const, sentence: t('wish.paused', { what, date: day(pausedUntil) }) }]
      : []),
  ]
}

export const restInWords = ({ topicId, topicName, since }: Rest, { t, day }: Words): KeptWish => ({
  topicId,
  kind: 'rest',
  sentence: t('wish.resting', { what: topicName, date: day(since) }),
})

const WORDS_OF = { granted: 'agreed', pending: 'pending', expired: 'expired', withdrawn: 'withdrawn' } as const

export function storedInWords(
  { hasName, facts, mails, hasReactions, topics }: Stored,
  { reader, words: { t, day } }: { reader: KnownReader; words: Words }
): string[] {
  const workspace = reader.workspace.name
  return [
    t('stored.address', { address: maskedAddress(recordOf(reader)!.email) }),
    ...(hasName ? [t('stored.name')] : []),
    ...(facts > 0 ? [t('stored.facts', { count: facts, workspace })] : []),
    ...topics.map(({ name, status, since }) => t(`stored.${WORDS_OF[status]}`, { topic: name, date: day(since) })),
    ...(mails > 0 ? [t('stored.mails', { count: mails })] : []),
    ...(hasReactions ? [t('stored.reactions')] : []),
  ]
}
