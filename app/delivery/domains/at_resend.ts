import { resendClient } from '#channels'
import { ProviderAccount } from '../models/provider_account.ts'
import { environment } from '../providers/environment.ts'
import { clientOf } from '../providers/webhook_at_resend.ts'
import { askedRecords, type AskedRecord } from './dns_records.ts'

export const regions = ['us-east-1', 'eu-west-1', 'sa-east-1', 'ap-northeast-1'] as const
export type Region = (typeof regions)[number]

/** A domain as Resend has it. */
export interface AtResend {
  id: string
  status: string
  region: string
  /** Whether it counts opens or clicks by itself. */
  tracks: boolean
  asked: AskedRecord[]
}

/** What became of a question to Resend. gone: it has no such domain. A note is for people. */
export type Told = { kind: 'told'; domain: AtResend } | { kind: 'gone' } | { kind: 'unheard'; note: string }

type Client = ReturnType<typeof resendClient>

const PAGES = 10
const soon = () => ({ signal: AbortSignal.timeout(10_000) })

/** The workspace's Resend account, or the environment's; null when mail leaves by another way. */
export async function resendOf(workspaceId: number): Promise<Client | null> {
  const account = await ProviderAccount.atResend({ id: workspaceId })
  const { RESEND_API_KEY: apiKey, RESEND_BASE_URL: baseUrl } = environment()
  if (account && (account.isOwn || apiKey)) return clientOf(account)
  return apiKey ? resendClient({ apiKey, baseUrl }) : null
}

/** Adds a domain, or finds it where it has been added before. */
export async function addAtResend(resend: Client, { name, region }: { name: string; region?: Region }): Promise<Told> {
  const known = await findAtResend(resend, name)
  if (known.kind !== 'gone') return known
  const { data, error } = await resend.domains.create({ name, ...(region ? { region } : {}) }, soon() as any)
  return data?.id ? told(data, name) : unheard(error)
}

export async function findAtResend(resend: Client, name: string): Promise<Told> {
  let after: string | undefined
  for (let page = 0; page < PAGES; page++) {
    const { data, error } = await resend.domains.list({ limit: 100, ...(after ? { after } : {}) } as any, soon())
    if (!Array.isArray(data?.data)) return unheard(error)
    const match = data.data.find((domain) => domain.name.toLowerCase() === name)
    if (match) return askAtResend(resend, match.id, name)
    if (!data.has_more || data.data.length === 0) return { kind: 'gone' }
    after = data.data.at(-1)!.id
  }
  return { kind: 'gone' }
}

export async function askAtResend(resend: Client, id: string, name: string): Promise<Told> {
  const { data, error } = await resend.domains.get(id, soon())
  if (data?.id) return told(data, name)
  return error?.statusCode === 404 ? { kind: 'gone' } : unheard(error)
}

/** Has Resend look at the DNS; its answer comes in minutes or hours, as the domain's status. */
export async function verifyAtResend(resend: Client, id: string): Promise<{ note: string | null }> {
  const { data, error } = await resend.domains.verify(id, soon())
  return { note: data?.id ? null : noteOf(error) }
}

export async function removeAtResend(resend: Client, id: string): Promise<{ note: string | null }> {
  const { data, error } = await resend.domains.remove(id, soon())
  return { note: data?.id || error?.statusCode === 404 ? null : noteOf(error) }
}

const told = (data: DomainData, name: string): Told => ({
  kind: 'told',
  domain: {
    id: String(data.id).slice(0, 100),
    status: String(data.status).slice(0, 40),
    region: String(data.region).slice(0, 40),
    tracks: data.open_tracking === true || data.click_tracking === true,
    asked: askedRecords(data.records, name),
  },
})

interface DomainData {
  id: string
  status: string
  region: string
  open_tracking?: boolean
  click_tracking?: boolean
  records: unknown
}

const unheard = (error: ResendError): Told => ({ kind: 'unheard', note: noteOf(error) })

type ResendError = { name?: string; message?: string; statusCode?: number | null } | null

function noteOf(error: ResendError): string {
  if (error?.name === 'restricted_api_key') {
    return 'The key may only send, so Resend does not tell about this domain. Make a key with full access, or look there yourself.'
  }
  if (!error || error.statusCode === null || error.statusCode === undefined || error.statusCode >= 500) {
    return 'Resend does not answer at the moment.'
  }
  return `Resend says: ${String(error.message).slice(0, 300)}`
}
