import type { HttpContext } from '@adonisjs/core/http'
import { User } from '#identity'
import { ProviderAccount } from '../models/provider_account.ts'
import { changeProvider } from '../providers/change_provider.ts'
import { addProvider } from '../providers/keep_provider.ts'
import { providersOf } from '../providers/provider_json.ts'
import { removeProvider } from '../providers/remove_provider.ts'
import { testProvider } from '../providers/test_provider.ts'
import { addProviderValidator, changeProviderValidator, testProviderValidator } from './providers_validator.ts'

/** `/providers`: the accounts by which a workspace's mail leaves, in its order. Secrets go in and never come out. */
export default class ProvidersController {
  async index({ workspace }: HttpContext) {
    return { data: await providersOf(workspace), next_cursor: null }
  }

  async show({ params, workspace }: HttpContext) {
    return shown(workspace, await ProviderAccount.own(workspace).findOrFail(params.id))
  }

  async store({ request, response, workspace, actor }: HttpContext) {
    const { is_fallback: isFallback, ...wanted } = await request.validateUsing(addProviderValidator)
    const account = await addProvider({ workspaceId: workspace.id, ...wanted, isFallback, actor })
    return response.created(await shown(workspace, account))
  }

  async update({ params, request, workspace, actor }: HttpContext) {
    const account = await ProviderAccount.own(workspace).findOrFail(params.id)
    const change = await request.validateUsing(changeProviderValidator)
    return shown(workspace, await changeProvider({ account, change, actor }))
  }

  async destroy({ params, response, workspace, actor }: HttpContext) {
    const account = await ProviderAccount.own(workspace).findOrFail(params.id)
    await removeProvider({ account, actor })
    return response.noContent()
  }

  /** `{ send: true }` sends a mail to who asks; without it nothing is sent. */
  async test({ params, request, workspace, membership, actor }: HttpContext) {
    const account = await ProviderAccount.own(workspace).findOrFail(params.id)
    const { send = false } = await request.validateUsing(testProviderValidator)
    const { email } = await User.findOrFail(membership.userId)
    return testProvider({ workspace, account, to: send ? email : null, actor })
  }
}

const shown = async (workspace: { id: number }, { id }: ProviderAccount) =>
  (await providersOf(workspace)).find((one) => one.id === String(id))!
