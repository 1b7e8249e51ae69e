import { resendClient } from '#channels'
import { ProviderAccount } from '../models/provider_account.ts'
import { environment } from './environment.ts'
import { clientOf } from './webhook_at_resend.ts'

export interface SendingDomains {
  data: { id: string; name: string; status: string; region: string }[]
  /** Why the list cannot be had (no provider, a key that may only send, no answer); null when it is whole. */
  note: string | null
}

/** The domains that a workspace may send from, as its provider says now. Never throws for the provider's troubles. */
export async function sendingDomains({ workspaceId }: { workspaceId: number }): Promise<SendingDomains> {
  const account = await ProviderAccount.atResend({ id: workspaceId })
  const { RESEND_API_KEY: apiKey, RESEND_BASE_URL: baseUrl } = environment()
  if (!account && !apiKey) return { data: [], note: 'No provider is connected.' }
  const resend = account ? clientOf(account) : resendClient({ apiKey: apiKey!, baseUrl })
  const { data, error } = await resend.domains.list({ limit: 100 }, { signal: AbortSignal.timeout(10_000) })
  if (!Array.isArray(data?.data)) return { data: [], note: error?.message ?? 'Resend does not answer at the moment.' }
  return { data: data.data.map(({ id, name, status, region }) => ({ id, name, status, region })), note: null }
}
