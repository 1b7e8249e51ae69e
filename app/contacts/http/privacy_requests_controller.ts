import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import { keysetPage, pageRequest } from '#platform'
import { NoSuchContact, RequestSettled } from '../errors.ts'
import { Contact } from '../models/contact.ts'
import { PrivacyRequest } from '../models/privacy_request.ts'
import { certificateOf } from '../privacy/certificate.ts'
import { recordRequest } from '../privacy/record_request.ts'
import { fulfilRequest, refuseRequest } from '../privacy/settle_request.ts'
import { listRequestsValidator, recordRequestValidator, refuseRequestValidator } from './privacy_requests_validator.ts'

/** `/privacy-requests`: what people ask for by right, when it is due, and what became of it. */
export default class PrivacyRequestsController {
  async index(ctx: HttpContext) {
    const data = ctx.request.qs()
    const { state, contact_id: contactId } = await ctx.request.validateUsing(listRequestsValidator, { data })
    const query = PrivacyRequest.of(ctx.workspace)
    if (state) query.where('state', state)
    if (contactId) query.where('contact_id', contactId)
    const { data: requests, ...rest } = await keysetPage(query, {
      ...pageRequest(ctx),
      sort: [
        {
          column: 'due_on',
          direction: state === 'open' ? 'asc' : 'desc',
          value: (row: PrivacyRequest) => row.dueOn.toISODate()!,
        },
        { column: 'id', direction: 'desc', value: (row: PrivacyRequest) => row.id },
      ],
      toJson: (row: PrivacyRequest) => row,
    })
    return { data: await requestsJson(ctx.workspace.id, requests), ...rest }
  }

  async show({ params, workspace }: HttpContext) {
    const request = await PrivacyRequest.of(workspace).findOrFail(params.id)
    return (await requestsJson(workspace.id, [request]))[0]
  }

  async store({ request, response, workspace, actor }: HttpContext) {
    const input = await request.validateUsing(recordRequestValidator)
    const contact = await Contact.of(workspace).where('id', input.contact_id).first()
    if (!contact) throw new NoSuchContact('There is no such contact.', { field: 'contact_id' })
    const recorded = await db.transaction((trx) =>
      recordRequest({
        workspaceId: workspace.id,
        contact,
        asked: {
          kind: input.kind,
          channel: input.channel ?? 'other',
          note: input.note,
          receivedOn: input.received_on,
        },
        actor,
        trx,
      })
    )
    return response.created((await requestsJson(workspace.id, [recorded]))[0])
  }

  /** Does it now. */
  async fulfil({ params, workspace, actor }: HttpContext) {
    const { id } = await PrivacyRequest.of(workspace).findOrFail(params.id)
    const done = await db.transaction((trx) => fulfilRequest({ workspaceId: workspace.id, requestId: id, actor, trx }))
    return (await requestsJson(workspace.id, [done]))[0]
  }

  async refuse({ params, request, workspace, actor }: HttpContext) {
    const { id } = await PrivacyRequest.of(workspace).findOrFail(params.id)
    const { reason } = await request.validateUsing(refuseRequestValidator)
    const refused = await db.transaction((trx) =>
      refuseRequest({ workspaceId: workspace.id, requestId: id, reason, actor, trx })
    )
    return (await requestsJson(workspace.id, [refused]))[0]
  }

  /** Of what was done, naming nobody; a page to print for people (`Accept: text/html`). */
  async certificate({ params, request, response, view, workspace }: HttpContext) {
    const asked = await PrivacyRequest.of(workspace).findOrFail(params.id)
    if (asked.state !== 'done') throw new RequestSettled('Nothing was done yet that could be certified.')
    const certificate = certificateOf(asked, workspace)
    response.vary('accept')
    if (request.accepts(['json', 'html']) !== 'html') return certificate
    return response.type('html').send(await view.render('pages/privacy_certificate', { certificate }))
  }
}

/** With who it is about, as long as we know. */
async function requestsJson(workspaceId: number, requests: PrivacyRequest[]) {
  const people = await db
    .from('contacts')
    .where('workspace_id', workspaceId)
    .whereIn(
      'id',
      requests.map(({ contactId }) => contactId)
    )
    .select('id', 'email', 'first_name', 'last_name', 'erased_at')
  const byId = new Map(people.map((row) => [row.id, row]))
  return requests.map((request) => {
    const person = byId.get(request.contactId)
    return {
      id: String(request.id),
      kind: request.kind,
      state: request.state,
      channel: request.channel,
      contact_id: String(request.contactId),
      /** null: erased. */
      person: person && !person.erased_at ? nameOf(person) : null,
      note: request.note ?? null,
      received_on: request.receivedOn.toISODate()!,
      due_on: request.dueOn.toISODate()!,
      /** Asked by the link of a mail: until then whoever reads the address's mail may confirm it. */
      confirm_until: request.state === 'unconfirmed' ? request.confirmUntil!.toUTC().toISO()! : null,
      recorded_by: request.recordedBy,
      settled_by: request.settledBy ?? null,
      settled_at: request.settledAt?.toUTC().toISO() ?? null,
      outcome: request.outcome,
    }
  })
}

const nameOf = (row: any): string =>
  [row.first_name, row.last_name].filter(Boolean).join(' ') || row.email || `contact ${row.id}`
