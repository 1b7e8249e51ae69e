import type { HttpContext } from '@adonisjs/core/http'
import { pageRequest } from '#platform'
import { ServiceMessage } from '../models/service_message.ts'
import { acceptMessages } from '../service/accept_messages.ts'
import { serviceMessageJson, serviceMessages } from '../service/service_messages.ts'
import { listMessagesValidator, sendMessagesValidator, sendMessageValidator } from './service_messages_validator.ts'

/** `/messages`: service mail, one person each. */
export default class ServiceMessagesController {
  async index(ctx: HttpContext) {
    const { status, contact_id: contactId } = await ctx.request.validateUsing(listMessagesValidator)
    return serviceMessages({ workspaceId: ctx.workspace.id, status, contactId }, pageRequest(ctx))
  }

  async store({ request, response, workspace }: HttpContext) {
    // The body alone: by itself a validator sees the request's headers as `headers`.
    const message = await request.validateUsing(sendMessageValidator, { data: request.body() })
    const [accepted] = await acceptMessages(workspace, [message], { isList: false })
    response.accepted(accepted)
    return accepted
  }

  async storeMany({ request, response, workspace }: HttpContext) {
    const { messages } = await request.validateUsing(sendMessagesValidator)
    const data = await acceptMessages(workspace, messages)
    response.accepted({ data })
    return { data }
  }

  async show({ params, workspace }: HttpContext) {
    return serviceMessageJson(await ServiceMessage.of(workspace).select(ServiceMessage.shown).findOrFail(params.id))
  }
}
