import type { HttpContext } from '@adonisjs/core/http'
import { letReceiveAtProviders } from '../providers/let_receive.ts'
import { letReceiveValidator } from './providers_validator.ts'

/** `DELETE /provider-suppressions`: an address comes off the lists that providers keep by themselves, as far as they let it. */
export default class ProviderSuppressionsController {
  async destroy({ request, workspace, actor }: HttpContext) {
    const { address, reason } = await request.validateUsing(letReceiveValidator)
    return { data: await letReceiveAtProviders({ workspaceId: workspace.id, address, reason, actor }) }
  }
}
