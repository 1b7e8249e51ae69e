import db from '@adonisjs/lucid/services/db'
import { asksOnce } from '#consent'
import { previewAudience, type Languages } from '#delivery'
import { peopleIn } from '#segments'
import { InvalidCampaign } from './errors.ts'
import type { Campaign } from './models/campaign.ts'

/** What is said in one language. */
export type Words = Pick<Campaign, 'subject' | 'preheader' | 'content' | 'text'>

export const copyWith = (campaign: Campaign, changes: Partial<Campaign>): Campaign =>
  Object.assign(new (campaign.constructor as typeof Campaign)(), campaign.$attributes, changes)

/** A campaign as the readers of one language get it: the letter in it, or where there is none its own words. */
export const inLanguage = (campaign: Campaign, language: string | null): Campaign => {
  const words = language === null ? undefined : campaign.letters[language]
  return copyWith(campaign, { ...(words && { ...words, language }), letters: {} })
}

/** Its languages as an audience is divided by them; none while everybody gets the one letter. */
export const languagesOfLetters = ({ language, letters }: Campaign): Languages | undefined =>
  language === null ? undefined : { own: language, others: Object.keys(letters) }

/** Its letters with changes in some languages: what is not named stays. @throws InvalidCampaign (422) naming the language */
export function changedLetters({ letters }: Campaign, changes: Record<string, Partial<Words>>): Record<string, Words> {
  const unknown = Object.keys(changes).find((language) => !Object.hasOwn(letters, language))
  if (unknown) {
    const known = Object.keys(letters)
    throw new InvalidCampaign(
      known.length === 0
        ? 'This campaign has one letter for everybody: change its own subject and content.'
        : `This campaign has no further letter in “${unknown}”, only in ${known.join(', ')}.`,
      { field: `letters.${unknown}` }
    )
  }
  const changed = Object.entries(changes).map(([language, words]) => [language, { ...letters[language], ...words }])
  return { ...letters, ...Object.fromEntries(changed) }
}

/**
 * In which language somebody gets it: what was sent stays what it was; else the letter in their language, where there is one.
 * Null: its own. Reads `messages` and `batches`, which delivery owns.
 */
export async function languageFor(
  { workspaceId, id, letters }: Campaign,
  person: { id: number | null; locale: unknown }
): Promise<string | null> {
  if (Object.keys(letters).length === 0) return null
  const { rows } = await db.rawQuery(
    `select b.language from messages m join batches b on b.workspace_id = m.workspace_id and b.id = m.batch_id
     where m.workspace_id = ? and m.contact_id = ? and m.campaign_id = ? limit 1`,
    [workspaceId, person.id ?? 0, id]
  )
  if (rows.length > 0) return rows[0].language
  const language = String(person.locale ?? '')
    .split('-', 1)[0]
    .toLowerCase()
  return Object.hasOwn(letters, language) ? language : null
}

/** Its own language, and the others in which somebody of its audience would get it now. */
export async function languagesRead(campaign: Campaign): Promise<(string | null)[]> {
  const languages = languagesOfLetters(campaign)
  const { workspaceId, topicId, audience, channel } = campaign
  if (!languages || topicId === null) return [null]
  const people = await peopleIn({ workspaceId, audience })
  const read = await previewAudience({ workspaceId, people, topicId, channel, asks: asksOnce(audience), languages })
  return [null, ...languages.others.filter((language) => (read.languages?.[language] ?? 0) > 0)]
}
