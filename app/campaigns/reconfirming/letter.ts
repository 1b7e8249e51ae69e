import { DateTime } from 'luxon'
import { Reconfirmation, type ReconfirmationKind, type Silence } from '#consent'
import { languages, wordsIn, type Language } from '#forms'
import type { Workspace } from '#identity'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { Words } from '../letters.ts'
import type { Campaign } from '../models/campaign.ts'

/** `{{ answer_by }}` stands for the last day, until it is known: a question knows it when it is sent. */
const ANSWER_BY = /\{\{-?\s*answer_by\s*-?\}\}/g

interface About {
  topicName: string
  kind: ReconfirmationKind
  silence: Silence
}

/** What a question says before anybody changed it: in the workspace's language, and in each other one that its page speaks. */
export function questionLetters({ workspace, ...about }: About & { workspace: Workspace }) {
  const own = ownLanguage(workspace)
  return {
    ...questionLetter({ ...about, language: own }),
    language: own,
    letters: Object.fromEntries(
      otherLanguages(workspace).map((language) => [language, questionLetter({ ...about, language })])
    ),
  }
}

/** In which a question of the workspace is asked. */
export const questionLanguages = (workspace: Workspace) => ({
  own: ownLanguage(workspace),
  others: otherLanguages(workspace),
})

const ownLanguage = ({ locale }: Workspace): Language => wordsIn([locale]).language

export const otherLanguages = (workspace: Workspace) =>
  (Object.keys(languages) as Language[]).filter((language) => language !== ownLanguage(workspace))

/** Why, until when, what silence means, one button. */
function questionLetter({ topicName, kind, silence, language }: About & { language: Language }): Words {
  const { t } = wordsIn([language])
  const names = { topic: '{{ topic.name }}', workspace: '{{ workspace.name }}' }
  const until = t(`question.mail_${silence}`, { ...names, date: '{{ answer_by }}' })
  const source = [
    t(`question.mail_lead_${kind}`, names),
    until,
    `**[${t('question.mail_yes')}]({{ confirm_url }})**`,
    `[${t('question.mail_no')}]({{ confirm_url }})`,
  ].join('\n\n')
  const subject = t('question.mail_subject', { ...names, topic: topicName.replaceAll(/[{}]/g, '') })
  return { subject, preheader: until, content: { kind: 'markdown', source }, text: null }
}

/** What people agree to when they say yes; in the workspace's language unless told. */
export const questionWording = ({
  workspace,
  topicName,
  language = ownLanguage(workspace),
}: {
  workspace: Workspace
  topicName: string
  language?: Language
}) => {
  const { t } = wordsIn([language])
  return { statement: t('preferences.statement', { topic: topicName, workspace: workspace.name }), language }
}

/** The end of the last day for answers, by the workspace's clock. A reminder has the same as the question. */
export const answersUntil = ({ answersUntil: until, answerDays }: Reconfirmation, { timezone }: Workspace): DateTime =>
  until ?? DateTime.now().setZone(timezone).plus({ days: answerDays }).endOf('day').startOf('second')

/** The words of a question with its last day in them as their readers are told it, beside that day; null for any other campaign. */
export async function withAnswerDay(
  campaign: Campaign,
  { workspace, client }: { workspace: Workspace; client: QueryClientContract }
) {
  if (campaign.reconfirmationId === null) return null
  const asks = await Reconfirmation.of(workspace, { client }).findOrFail(campaign.reconfirmationId)
  const until = answersUntil(asks, workspace)
  const day = wordsIn([campaign.language, workspace.locale], workspace.timezone).day(until.toJSDate())
  const { content, subject, preheader, text } = campaign
  const isMarkdown = content.kind === 'markdown'
  const words: Words = {
    subject: subject.replace(ANSWER_BY, day),
    preheader: preheader.replace(ANSWER_BY, day),
    // at the beginning of a line “1. December” would be a list
    content: { ...content, source: content.source.replace(ANSWER_BY, isMarkdown ? day.replaceAll('.', '\\.') : day) },
    text: text?.replace(ANSWER_BY, day) ?? null,
  }
  return { asks, until, day, words }
}
