import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import { audit } from '#identity'
import { contactsJson } from '../contact_json.ts'
import { NoSuchContact } from '../errors.ts'
import { exportContact } from '../export_contact.ts'
import { mergeContacts } from '../merge_contacts.ts'
import { Contact } from '../models/contact.ts'
import { readableRecord } from '../privacy/readable_record.ts'
import { recordWords } from '../privacy/record_words.ts'
import { openRequest } from '../privacy/record_request.ts'
import { letContactBeUsed, restrictContact, restrictionJson } from '../privacy/restriction.ts'
import { fulfilRequest } from '../privacy/settle_request.ts'
import { liftRestrictionValidator, mergeValidator, restrictValidator } from './contacts_validator.ts'

/** What happens to a whole record: `POST /contacts/:id/merge`, `GET …/export` (art. 15, 20), `POST …/erase` (art. 17), `POST/DELETE …/restriction` (art. 18). */
export default class ContactRightsController {
  async merge({ params, request, workspace, actor }: HttpContext) {
    const contact = await Contact.present(workspace).findOrFail(params.id)
    const input = await request.validateUsing(mergeValidator)
    const into = await Contact.present(workspace).where('id', input.into).first()
    if (!into) throw new NoSuchContact('There is no such contact to merge into.', { field: 'into' })
    const survivor = await db.transaction((trx) =>
      mergeContacts({ workspaceId: workspace.id, contact, into, actor, trx })
    )
    return (await contactsJson(workspace.id, [survivor]))[0]
  }

  async export({ params, request, response, view, workspace, actor }: HttpContext) {
    const contact = await Contact.of(workspace).whereNull('erased_at').findOrFail(params.id)
    const record = await exportContact({ workspaceId: workspace.id, contact })
    await db.transaction((trx) =>
      audit('contact.exported', {
        workspaceId: workspace.id,
        actor,
        subject: { type: 'contact', id: contact.id },
        trx,
      })
    )
    response.vary('accept')
    const isPage = request.accepts(['json', 'html']) === 'html'
    response.header('content-disposition', `attachment; filename="contact-${contact.id}.${isPage ? 'html' : 'json'}"`)
    if (!isPage) return record
    const { exported_at: drawnUpAt, ...facts } = record
    const words = recordWords([contact.locale, workspace.locale])
    const sections = readableRecord(facts, words)
    return response
      .type('html')
      .send(await view.render('pages/contact_record', { id: contact.id, workspace, drawnUpAt, words, sections }))
  }

  async erase({ params, workspace, actor }: HttpContext) {
    const contact = await Contact.of(workspace).findOrFail(params.id)
    const by = { workspaceId: workspace.id, actor }
    await db.transaction(async (trx) => {
      const request = await openRequest({ ...by, contact, kind: 'erasure', trx })
      await fulfilRequest({ ...by, requestId: request.id, trx })
    })
    return { id: String(contact.id), erased: true }
  }

  async restrict({ params, request, response, workspace, actor }: HttpContext) {
    const contact = await Contact.present(workspace).findOrFail(params.id)
    const { reason = null } = await request.validateUsing(restrictValidator)
    const restriction = await db.transaction((trx) =>
      restrictContact({ workspaceId: workspace.id, contact, reason, actor, trx })
    )
    return response.created({ id: String(contact.id), restriction: restrictionJson(restriction) })
  }

  async letBeUsed({ params, request, response, workspace, actor }: HttpContext) {
    const contact = await Contact.present(workspace).findOrFail(params.id)
    const { reason } = await request.validateUsing(liftRestrictionValidator)
    await db.transaction((trx) => letContactBeUsed({ workspaceId: workspace.id, contact, reason, actor, trx }))
    return response.noContent()
  }
}
