import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import { consentLedger, recordTracking, trackingOfPerson } from '#consent'
import { Contact } from '../models/contact.ts'
import { trackingValidator } from './contacts_validator.ts'
import { momentIn } from './moment_in.ts'

/** `POST /contacts/:id/tracking`: somebody allows that what they open and follow is noted, or takes that back. */
export default class ContactTrackingController {
  async store({ params, request, response, workspace, actor }: HttpContext) {
    const contact = await Contact.present(workspace).findOrFail(params.id)
    const input = await request.validateUsing(trackingValidator)
    const isProgram = actor.kind === 'token'
    const of = { workspaceId: workspace.id, contactId: contact.id }
    const { entries } = await db.transaction((trx) =>
      recordTracking({
        workspaceId: workspace.id,
        people: [contact.id],
        action: input.action,
        wording: input.wording_id ? { id: input.wording_id, version: input.wording_version } : null,
        statement: input.statement ?? (input.action === 'withdraw' ? 'Withdrawn on their behalf.' : null),
        statementVersion: input.statement_version,
        language: input.language,
        source: input.source ?? (isProgram ? 'API' : 'by hand'),
        sourceKind: isProgram ? 'api' : 'team',
        sourceRef: input.source_ref,
        reason: input.reason,
        ip: input.ip,
        userAgent: input.user_agent,
        occurredAt: momentIn(input.occurred_at, 'occurred_at'),
        expiresAt: momentIn(input.expires_at, 'expires_at'),
        actor,
        trx,
      })
    )
    const [entry] = await consentLedger({ ...of, entryId: entries[0].id })
    return response.created({ ...entry, tracking: await trackingOfPerson(of) })
  }
}
