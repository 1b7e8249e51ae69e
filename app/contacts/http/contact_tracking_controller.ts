import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import { consentLedger, recordTracking, trackingOfPerson } from '#consent'
import { Contact } from '../models/contact.ts'
import { trackingValidator } from './contacts_validator.ts'
import { evidenceIn } from './evidence_in.ts'

/** `POST /contacts/:id/tracking`: somebody allows that what they open and follow is noted, or takes that back. */
export default class ContactTrackingController {
  async store({ params, request, response, workspace, actor }: HttpContext) {
    const contact = await Contact.present(workspace).findOrFail(params.id)
    const input = await request.validateUsing(trackingValidator)
    const of = { workspaceId: workspace.id, contactId: contact.id }
    const { entries } = await db.transaction((trx) =>
      recordTracking({
        workspaceId: workspace.id,
        people: [contact.id],
        action: input.action,
        ...evidenceIn(input, actor),
        actor,
        trx,
      })
    )
    const [entry] = await consentLedger({ ...of, entryId: entries[0].id })
    return response.created({ ...entry, tracking: await trackingOfPerson(of) })
  }
}
