import type { ListSuppressionsResponseSuccess } from 'resend'
import { resendAccount, resendChannel, resendClient } from '#channels'
import { KeyRefused, ListUnread, ProviderUnreachable } from '../../errors.ts'
import { environment } from '../environment.ts'
import type { Credentials, LetReceive, Listed, ProviderKind, Tried } from '../kinds.ts'
import { saidBy } from '../said_by.ts'
import { hintOf } from '../secrets.ts'

const keyOf = ({ api_key: key }: Credentials) => String(key)
const reach = (apiKey: string) => ({ apiKey, baseUrl: environment().RESEND_BASE_URL })

export const resend: ProviderKind = {
  label: 'Resend',
  required: ['api_key'],
  optional: [],
  account: (credentials) => resendAccount(keyOf(credentials)),
  hint: (credentials) => hintOf(keyOf(credentials)),
  settings: () => ({}),
  channel: (credentials) => resendChannel(reach(keyOf(credentials))),
  tryOut: (credentials) => tryKey(keyOf(credentials)),
  letReceive: (credentials, address) => takeOffList(keyOf(credentials), address),
  suppressed: (credentials, after) => readList(keyOf(credentials), after),
}

/** A key that may only send is a good key, too: it is refused what it may not, and named so. */
async function tryKey(apiKey: string): Promise<Tried> {
  const { data, error } = await resendClient(reach(apiKey)).usage.get({ signal: AbortSignal.timeout(10_000) })
  if (data) return { perSecond: Math.max(1, Math.floor((data.rate_limit?.limit ?? 2) * 0.8)), note: null }
  if ((error?.name as string) === 'restricted_api_key') {
    return {
      perSecond: null,
      note: 'This key may only send. With one of full access Assent also hears what became of mails.',
    }
  }
  if (isRefusal(error?.statusCode)) {
    throw new KeyRefused('Resend does not accept this key. Copy it again from resend.com → API keys.', {
      field: 'api_key',
    })
  }
  throw new ProviderUnreachable('Resend does not answer at the moment. Nothing was changed; try again in a minute.')
}

const isRefusal = (status: number | null | undefined) => Boolean(status && status < 500 && status !== 429)

/** `DELETE /suppressions/:email`. The list is that of the whole account, over all its domains. */
async function takeOffList(apiKey: string, address: string): Promise<LetReceive> {
  const soon = { signal: AbortSignal.timeout(10_000) }
  const { data, error } = await resendClient(reach(apiKey)).suppressions.remove(address, soon)
  if (data?.deleted) return { outcome: 'removed', note: null }
  if (error?.statusCode === 404) return { outcome: 'not_listed', note: null }
  if ((error?.name as string) === 'restricted_api_key') {
    return {
      outcome: 'failed',
      note: 'This key may only send. Take the address off the list at resend.com → Suppressions.',
    }
  }
  return { outcome: 'failed', note: saidBy('Resend', error?.message) }
}

/** `GET /suppressions`, a hundred at a time. The SDK's own `list` takes no signal, and would wait for ever. */
async function readList(apiKey: string, after: string | null): Promise<Listed> {
  const page = new URLSearchParams({ limit: '100', ...(after ? { after } : {}) })
  const soon = { signal: AbortSignal.timeout(10_000) }
  const { data, error } = await resendClient(reach(apiKey)).get<ListSuppressionsResponseSuccess>(
    `/suppressions?${page}`,
    soon
  )
  if ((error?.name as string) === 'restricted_api_key')
    throw new ListUnread('This key may only send: the suppression list of Resend cannot be read with it.')
  if (!data) throw new ListUnread(saidBy('Resend', error?.message))
  return {
    entries: data.data.map(({ email, origin, created_at: at }) => ({
      address: email,
      origin: origin === 'complaint' ? origin : 'other',
      since: new Date(at),
    })),
    next: data.has_more ? data.data.at(-1)!.id : null,
  }
}
