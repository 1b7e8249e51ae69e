import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { editionInput } from '#compliance'
import { compileEdition, freezeEdition } from '#content'
import { leaveAddress } from '#delivery'
import type { Workspace } from '#identity'
import { nextLinkNo, registerLinks } from '#tracking'
import { draftOf } from './draft_of.ts'
import { inLanguage } from './letters.ts'
import type { Campaign } from './models/campaign.ts'
import { withAnswerDay } from './reconfirming/letter.ts'

/**
 * What is written, frozen into an edition with its links registered. A later one of the same campaign counts its links on. A
 * question keeps the words with the day in them that it promised.
 */
export async function freezeLetter(
  campaign: Campaign,
  { workspace, trx }: { workspace: Workspace; trx: TransactionClientContract }
) {
  const of = { workspaceId: workspace.id, campaignId: campaign.id, trx }
  const asked = await withAnswerDay(campaign, { workspace, client: trx })
  if (asked) campaign.merge(asked.words)
  const draft = draftOf(campaign)
  const topic = await trx.from('topics').where({ workspace_id: workspace.id, id: campaign.topicId! }).firstOrFail()
  const edition = compileEdition({
    ...editionInput(draft, { workspace, topicName: topic.name }),
    firstLink: await nextLinkNo(of),
    leaveBy: await leaveAddress(workspace.id, trx),
  })
  const editionId = await freezeEdition({
    workspaceId: workspace.id,
    edition,
    source: { content: draft.content, text: draft.text, utm: draft.utm ?? null },
    demo: campaign.demo,
    trx,
  })
  await registerLinks({ ...of, links: edition.links })
  return { editionId, topicId: topic.id as number }
}

/**
 * The same in further languages, for who reads them.
 *
 * @returns the edition of each
 */
export async function freezeLetters(
  campaign: Campaign,
  { languages, workspace, trx }: { languages: string[]; workspace: Workspace; trx: TransactionClientContract }
) {
  const editions: Record<string, number> = {}
  for (const language of languages) {
    const letter = inLanguage(campaign, language)
    editions[language] = (await freezeLetter(letter, { workspace, trx })).editionId
    const { subject, preheader, content, text } = letter
    campaign.letters = { ...campaign.letters, [language]: { subject, preheader, content, text } }
  }
  return editions
}
