import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import { ProviderAccount } from '../models/provider_account.ts'
import { channelFor } from '../providers/channel_for.ts'
import { connectResend, disconnectResend, resendOf } from '../providers/connect_resend.ts'
import { environment, environmentAccount } from '../providers/environment.ts'
import { sendingDomains } from '../providers/sending_domains.ts'
import { hintOf } from '../providers/secrets.ts'
import { isReachable, webhookUrl } from '../providers/webhook_address.ts'
import { PAUSE } from '../sender/rate_budget.ts'
import { connectResendValidator } from './resend_provider_validator.ts'

/** `GET/PUT/DELETE /providers/resend`. The key goes in and never comes out. */
export default class ResendProviderController {
  async show({ workspace }: HttpContext) {
    return providerJson(workspace.id)
  }

  async update({ request, workspace, actor }: HttpContext) {
    const { api_key: apiKey } = await request.validateUsing(connectResendValidator)
    await connectResend({ workspaceId: workspace.id, apiKey, actor })
    return providerJson(workspace.id)
  }

  async destroy({ response, workspace, actor }: HttpContext) {
    await disconnectResend({ workspaceId: workspace.id, actor })
    return response.noContent()
  }

  async domains({ workspace }: HttpContext) {
    return sendingDomains({ workspaceId: workspace.id })
  }
}

async function providerJson(workspaceId: number) {
  const own = await resendOf(workspaceId)
  const account = own ?? (await ProviderAccount.of({ id: workspaceId }).whereNull('credentials').first())
  const { RESEND_API_KEY: shared } = environment()
  const source = own ? 'workspace' : shared ? 'environment' : null
  const called = own?.account ?? (shared ? environmentAccount() : null)
  const budget = called
    ? await db.from('rate_budgets as r').where({ account: called }).select('r.*', db.raw(PAUSE)).first()
    : null
  const isPaused = budget?.paused_until && budget.paused_until > new Date()
  return {
    connected: source !== null,
    source: source as 'workspace' | 'environment' | null,
    /** What mail leaves by now. */
    channel: (await channelFor(workspaceId)).kind,
    api_key_hint: own ? own.hint : shared ? hintOf(shared) : null,
    webhook: {
      registered: Boolean(source && account?.webhookId),
      url: source && account && isReachable(webhookUrl(account)) ? webhookUrl(account) : null,
      note: source ? (account?.webhookNote ?? null) : null,
      last_event_at: account?.lastEventAt?.toUTC().toISO() ?? null,
    },
    calls_per_second: (budget?.per_second as number | undefined) ?? null,
    paused: isPaused
      ? { until: budget.paused_until.toISOString() as string, reason: budget.pause_reason as string }
      : null,
  }
}
