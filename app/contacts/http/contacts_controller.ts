import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import { contactsJson } from '../contact_json.ts'
import { createContact } from '../create_contact.ts'
import { deleteContact, restoreContact } from '../delete_contact.ts'
import { Contact } from '../models/contact.ts'
import { updateContact } from '../update_contact.ts'
import { upsertContact } from '../upsert_contact.ts'
import { contactValidator } from './contacts_validator.ts'

/**
 * `POST /contacts`, `GET/PATCH/DELETE /contacts/:id`, `PUT /contacts/by-email/:email`. The list takes a segment and so
 * lives in app/segments/http, which may know both.
 */
export default class ContactsController {
  async store({ request, response, workspace, actor }: HttpContext) {
    const input = await request.validateUsing(contactValidator)
    const contact = await db.transaction((trx) =>
      createContact({ workspaceId: workspace.id, input, origin: originOf(actor), actor, trx })
    )
    return response.created(await json(contact))
  }

  async upsert({ params, request, response, workspace, actor }: HttpContext) {
    const input = await request.validateUsing(contactValidator)
    const { contact, isNew } = await db.transaction((trx) =>
      upsertContact({ workspaceId: workspace.id, email: params.email, input, origin: originOf(actor), actor, trx })
    )
    return response.status(isNew ? 201 : 200).send(await json(contact))
  }

  async show({ params, workspace }: HttpContext) {
    return json(await Contact.present(workspace).findOrFail(params.id))
  }

  async update({ params, request, workspace, actor }: HttpContext) {
    const contact = await Contact.present(workspace).findOrFail(params.id)
    const input = await request.validateUsing(contactValidator)
    const changed = await db.transaction((trx) =>
      updateContact({ workspaceId: workspace.id, contact, input, actor, trx })
    )
    return json(changed)
  }

  async destroy({ params, workspace, actor }: HttpContext) {
    const contact = await Contact.present(workspace).findOrFail(params.id)
    await db.transaction((trx) => deleteContact({ workspaceId: workspace.id, contact, actor, trx }))
    return { id: String(contact.id), deleted: true }
  }

  /** `POST /contacts/:id/restore`: the undo of a deletion. */
  async restore({ params, workspace, actor }: HttpContext) {
    const contact = await Contact.of(workspace).whereNotNull('deleted_at').findOrFail(params.id)
    return json(await db.transaction((trx) => restoreContact({ workspaceId: workspace.id, contact, actor, trx })))
  }
}

const json = async (contact: Contact) => (await contactsJson(contact.workspaceId, [contact]))[0]

const originOf = (actor: HttpContext['actor']) => (actor.kind === 'token' ? 'api' : 'team')
