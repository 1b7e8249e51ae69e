import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { tellTeam } from '#identity'
import { appUrl } from '#config/app'
import type { Campaign } from '../models/campaign.ts'

/** A question that was to leave by itself did not: nobody sits before the screen. */
export const tellOfQuestion = (
  { workspaceId, id, name }: Campaign,
  { why, trx }: { why: string; trx: TransactionClientContract }
) =>
  tellTeam({
    workspaceId,
    key: `question-held-back-${id}`,
    subject: `“${name}” was not sent`,
    lead: `The question “${name}” was to leave by itself and did not: ${why} Nobody was asked. Look at it and send it, or delete it.`,
    action: { label: 'Look at it', url: `${appUrl}/w/${workspaceId}/campaigns/${id}` },
    note: 'You get this because you are responsible for this workspace.',
    trx,
  })

/** A round of the clock's that leaves only when somebody of the team sends it. */
export const tellOfWaitingRound = (
  { workspaceId, id, name }: Campaign,
  { people, trx }: { people: number; trx: TransactionClientContract }
) =>
  tellTeam({
    workspaceId,
    key: `question-waits-${id}`,
    subject: `“${name}” waits for you`,
    lead: `${people} ${people === 1 ? 'person has' : 'people have'} been silent for long. “${name}” asks whether they still want these mails. Nobody is asked, and about this topic nobody else is looked for, until one of you has looked at its letter and sends it.`,
    action: { label: 'Look at it', url: `${appUrl}/w/${workspaceId}/campaigns/${id}` },
    note: 'You get this because you are responsible for this workspace.',
    trx,
  })
