import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import { consentLedger, consentState, judge, NoSuchTopic, recordConsent, Topic, wake, type Basis } from '#consent'
import { NoSuchContact } from '../errors.ts'
import { Contact } from '../models/contact.ts'
import { consentsOf, proofOfConsent } from '../proof/proof_of_consent.ts'
import { proofPdf } from '../proof/proof_pdf.ts'
import { chainOf, headOf, linesOf, recordsOf, standsOf } from '../proof/proof_words.ts'
import { checkValidator, consentValidator, wakeValidator } from './contacts_validator.ts'
import { evidenceIn } from './evidence_in.ts'

/**
 * What one person agreed to: `GET/POST /contacts/:id/consents`, its proof, and `POST /consents/check`. They are here
 * because consent knows no contacts: it is asked with an id and an address hash.
 */
export default class ContactConsentsController {
  async index({ params, workspace }: HttpContext) {
    return consentsOf(await Contact.of(workspace).findOrFail(params.id))
  }

  async store({ params, request, response, workspace, actor }: HttpContext) {
    const contact = await Contact.present(workspace).findOrFail(params.id)
    const input = await request.validateUsing(consentValidator)
    const channel = input.channel ?? 'email'
    const { entries } = await db.transaction((trx) =>
      recordConsent({
        workspaceId: workspace.id,
        people: [contact.id],
        channel,
        topicId: input.topic_id,
        action: input.action,
        basis: (input.basis ?? 'unknown') as Basis,
        ...evidenceIn(input, actor),
        actor,
        trx,
      })
    )
    const of = { workspaceId: workspace.id, contactId: contact.id }
    const [entry] = await consentLedger({ ...of, entryId: entries[0].id })
    const state = await consentState({ ...of, emailHash: contact.emailHash })
    return response.created({
      ...entry,
      stands: state.find((row) => row.topic_id === entry.topic_id && row.channel === channel)!,
    })
  }

  /** `POST /contacts/:id/wake`: who rests gets mails about the topic again, because the team has a reason. */
  async wake({ params, request, workspace, actor }: HttpContext) {
    const contact = await Contact.present(workspace).findOrFail(params.id)
    const { topic_id: topicId, reason } = await request.validateUsing(wakeValidator)
    const of = { workspaceId: workspace.id, contactId: contact.id, channel: 'email', topicId }
    await db.transaction((trx) => wake({ ...of, reason, actor, trx }))
    return consentsOf(contact)
  }

  /** Evidence for an authority: JSON for programs, a page to print or a PDF for people (`Accept`). */
  async proof({ params, request, response, view, workspace }: HttpContext) {
    const contact = await Contact.of(workspace).findOrFail(params.id)
    const proof = await proofOfConsent({ workspace, contact })
    response.vary('accept')
    const wanted = request.accepts(['json', 'html', 'pdf'])
    if (wanted === 'pdf') {
      response.header('content-disposition', `attachment; filename="proof-of-consent-${contact.id}.pdf"`)
      return response.type('application/pdf').send(await proofPdf(proof))
    }
    if (wanted !== 'html') return proof
    const page = { head: headOf(proof), records: recordsOf(proof), chainOf, standsOf, linesOf }
    return response.type('html').send(await view.render('pages/consent_proof', { proof, ...page }))
  }

  async check({ request, workspace }: HttpContext) {
    const input = await request.validateUsing(checkValidator)
    const contact = await Contact.present(workspace).where('id', input.contact_id).first()
    if (!contact) throw new NoSuchContact('There is no such contact.', { field: 'contact_id' })
    const topic = await Topic.of(workspace).where('id', input.topic_id).first()
    if (!topic) throw new NoSuchTopic('There is no such topic in this workspace.', { field: 'topic_id' })
    return judge({
      workspaceId: workspace.id,
      contactId: contact.id,
      emailHash: contact.emailHash,
      channel: input.channel ?? 'email',
      topicId: input.topic_id,
    })
  }
}
