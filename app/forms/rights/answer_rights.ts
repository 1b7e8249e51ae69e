import db from '@adonisjs/lucid/services/db'
import {
  certificateOf,
  confirmByLink,
  exportContact,
  readableRecord,
  recordWords,
  requestOfLink,
  type LinkedRequest,
} from '#contacts'
import { audit, Workspace } from '#identity'
import { theReader, type Circumstances } from '../circumstances.ts'
import { readRightsToken } from './rights_link.ts'

export interface AnsweredRequest extends LinkedRequest {
  workspace: Workspace
}

/** What a link of such a mail stands for; null for what is not ours. Changes nothing. */
export async function lookAtRequest(token: string): Promise<AnsweredRequest | null> {
  const asked = readRightsToken(token)
  const linked = asked && (await requestOfLink(asked, db.connection()))
  return linked && { ...linked, workspace: await Workspace.findOrFail(asked.workspaceId) }
}

/** Does what was asked for, by the button on the link's page; null when the link does not work (any more). */
export async function answerRequest(token: string, circumstances: Circumstances): Promise<AnsweredRequest | null> {
  const asked = readRightsToken(token)
  if (!asked) return null
  return db.transaction(async (trx) => {
    const actor = theReader({ contactId: null }, circumstances)
    const answered = await confirmByLink({ ...asked, actor, trx })
    if (!answered) return null
    const { request, contact } = answered
    if (request.kind !== 'erasure') {
      await audit('contact.exported', {
        workspaceId: asked.workspaceId,
        actor: { ...actor, id: contact!.id },
        subject: { type: 'contact', id: contact!.id },
        trx,
      })
    }
    return {
      ...answered,
      workspace: await Workspace.query({ client: trx }).where('id', asked.workspaceId).firstOrFail(),
    }
  })
}

/**
 * The whole record, as JSON and by sections for people, in the language that they chose on the page or have. Who of the team
 * did something is the team's own matter.
 */
export async function recordFor({ contact, workspace }: AnsweredRequest, language: string) {
  const words = recordWords([language])
  const { exported_at: drawnUpAt, ...record } = await exportContact({
    workspaceId: workspace.id,
    contact: contact!,
    namesTheTeam: false,
  })
  return {
    json: { exported_at: drawnUpAt, ...record },
    page: { id: contact!.id, workspace, drawnUpAt, words, sections: readableRecord(record, words) },
  }
}

/** What was deleted, in numbers. */
export const certificateFor = ({ request, workspace }: AnsweredRequest) =>
  request.kind === 'erasure' && request.state === 'done' ? certificateOf(request, workspace) : null
