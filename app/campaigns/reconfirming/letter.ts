import { DateTime } from 'luxon'
import { Reconfirmation, type ReconfirmationKind, type Silence } from '#consent'
import { wordsIn } from '#forms'
import type { Workspace } from '#identity'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { Campaign } from '../models/campaign.ts'

/** `{{ answer_by }}` stands for the last day, until it is known: a question knows it when it is sent. */
const ANSWER_BY = /\{\{-?\s*answer_by\s*-?\}\}/g

/** What a question says before anybody changed it, in the workspace's language: why, until when, what silence means, one button. */
export function questionLetter({
  workspace,
  topicName,
  kind,
  silence,
}: {
  workspace: Workspace
  topicName: string
  kind: ReconfirmationKind
  silence: Silence
}): Pick<Campaign, 'subject' | 'preheader' | 'content'> {
  const { t } = wordsIn([workspace.locale])
  const names = { topic: '{{ topic.name }}', workspace: '{{ workspace.name }}' }
  const until = t(`question.mail_${silence}`, { ...names, date: '{{ answer_by }}' })
  const source = [
    t(`question.mail_lead_${kind}`, names),
    until,
    `**[${t('question.mail_yes')}]({{ confirm_url }})**`,
    `[${t('question.mail_no')}]({{ confirm_url }})`,
  ].join('\n\n')
  const subject = t('question.mail_subject', { ...names, topic: topicName.replaceAll(/[{}]/g, '') })
  return { subject, preheader: until, content: { kind: 'markdown', source } }
}

/** What people agree to when they say yes. */
export const questionWording = ({ workspace, topicName }: { workspace: Workspace; topicName: string }) => {
  const { t, language } = wordsIn([workspace.locale])
  return { statement: t('preferences.statement', { topic: topicName, workspace: workspace.name }), language }
}

/** The end of the last day for answers, by the workspace's clock. A reminder has the same as the question. */
export const answersUntil = ({ answersUntil: until, answerDays }: Reconfirmation, { timezone }: Workspace): DateTime =>
  until ?? DateTime.now().setZone(timezone).plus({ days: answerDays }).endOf('day').startOf('second')

/** That day as readers are told it. */
const answerDay = (until: DateTime, { timezone, locale }: Workspace): string => {
  const { day } = wordsIn([locale], timezone)
  return day(until.toJSDate())
}

/** The words of a question with its last day in them, beside that day; null for any other campaign. */
export async function withAnswerDay(
  campaign: Campaign,
  { workspace, client }: { workspace: Workspace; client: QueryClientContract }
) {
  if (campaign.reconfirmationId === null) return null
  const asks = await Reconfirmation.of(workspace, { client }).findOrFail(campaign.reconfirmationId)
  const until = answersUntil(asks, workspace)
  const day = answerDay(until, workspace)
  const { content, subject, preheader, text } = campaign
  const isMarkdown = content.kind === 'markdown'
  const words: Pick<Campaign, 'subject' | 'preheader' | 'content' | 'text'> = {
    subject: subject.replace(ANSWER_BY, day),
    preheader: preheader.replace(ANSWER_BY, day),
    // at the beginning of a line “1. December” would be a list
    content: { ...content, source: content.source.replace(ANSWER_BY, isMarkdown ? day.replaceAll('.', '\\.') : day) },
    text: text?.replace(ANSWER_BY, day) ?? null,
  }
  return { asks, until, day, words }
}
