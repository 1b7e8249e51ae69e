import { createHash } from 'node:crypto'
import { Resend } from 'resend'
import { batchBody, recycle } from './batch_body.ts'
import type { AccountLimits, EmailChannel, Outcome, Refused, Usage, Used } from './email_channel.ts'
import { postBatch, type Answer } from './resend_call.ts'
import { lookUpAtResend } from './resend_look_up.ts'
import { refusalOf } from './resend_refusals.ts'

const TIMEOUT_MS = 30_000

/** Resend keeps a key for 24 hours; an hour is left for slow clocks and slow calls. */
const KEY_LIFE_MS = 23 * 60 * 60 * 1_000

/**
 * Mail through Resend. Everything about an account goes by the official SDK; batches go as the SDK would send them, made
 * and posted by ourselves. Nothing throws, nothing is retried here, and some failures are neither data nor error:
 * accepted is only what carries one id for each mail (reference: resend.md A1, A4).
 */
export function resendChannel({ apiKey, baseUrl }: { apiKey: string; baseUrl?: string }): EmailChannel {
  const resend = resendClient({ apiKey, baseUrl })
  return {
    kind: 'resend',
    account: resendAccount(apiKey),
    batchSize: 100,
    keyLifeMs: KEY_LIFE_MS,
    usage: () => usageOf(resend),
    lookUp: (mails, lookUp) => lookUpAtResend(resend, mails, lookUp),
    endpoint: resend.baseUrl,
    isPaced: true,
    async send(mails, { idempotencyKey, signal }) {
      const body = batchBody(mails)
      const answer = await postBatch(resend, body, {
        idempotencyKey,
        signal: AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), ...(signal ? [signal] : [])]),
      })
      if (answer.isFlushed) recycle(body)
      const limits = limitsIn(answer.headers)
      const used = usedIn(answer.headers)
      return {
        ...(limits ? { limits } : {}),
        ...(used ? { used } : {}),
        ...(await outcomeOf(resend, answer, mails.length)),
      }
    },
  }
}

/** The SDK with our base address (`RESEND_BASE_URL`); a slash at its end would double the first one of each path. */
export function resendClient({ apiKey, baseUrl }: { apiKey: string; baseUrl?: string }) {
  return new Resend(apiKey, { ...(baseUrl ? { baseUrl: baseUrl.replace(/\/+$/, '') } : {}) })
}

/** Names the account of a key without saying the key. */
export const resendAccount = (apiKey: string) =>
  `resend:${createHash('sha256').update(`assent:${apiKey}`).digest('hex').slice(0, 16)}`

async function outcomeOf(resend: Resend, { data, error, headers }: Answer, expected: number): Promise<Outcome> {
  const items = (data as { data?: { id?: string }[] } | null)?.data
  if (Array.isArray(items) && items.length === expected && items.every((item) => typeof item?.id === 'string')) {
    return { kind: 'accepted', ids: items.map((item) => item.id!) }
  }
  if (error === null || error === undefined) {
    return { kind: 'unknown', note: 'Resend answered without a list of accepted mails.' }
  }
  const outcome = refusalOf(error, headers ?? {})
  return outcome.kind === 'refused' && outcome.why === 'quota'
    ? { ...outcome, ...(await roomIn(resend, error.name ?? '')) }
    : outcome
}

/** When the quota begins anew and what is left until then, as /usage says. */
async function roomIn(resend: Resend, name: string): Promise<Pick<Refused, 'until' | 'isOfDay' | 'left'>> {
  const isOfDay = name === 'daily_quota_exceeded'
  const usage = await usageOf(resend)
  if (usage === null || usage === 'forbidden') return { isOfDay }
  const left = Math.min(...[usage.daily, usage.monthly].map(({ used, limit }) => (limit ?? Infinity) - used))
  return { until: (isOfDay ? usage.daily : usage.monthly).resetsAt ?? undefined, isOfDay, left: Math.max(0, left) }
}

/** `GET /usage`: limits are null where a plan has none (Resend docs, "Retrieve Usage"). */
async function usageOf(resend: Resend): Promise<Usage | 'forbidden' | null> {
  const { data, error } = await resend.usage.get({ signal: AbortSignal.timeout(5_000) })
  if ((error?.name as string | undefined) === 'restricted_api_key') return 'forbidden'
  const [daily, monthly] = [quotaIn(data?.emails?.daily), quotaIn(data?.emails?.monthly)]
  return daily && monthly ? { daily, monthly } : null
}

function quotaIn(told?: { used?: number; limit?: number | null; resets_at?: string }) {
  const resetsAt = new Date(told?.resets_at ?? '')
  if (typeof told?.used !== 'number' || Number.isNaN(resetsAt.getTime())) return null
  return { used: told.used, limit: typeof told.limit === 'number' ? told.limit : null, resetsAt }
}

/** `x-resend-monthly-quota`, and on the free plan `x-resend-daily-quota`: mails used so far. */
function usedIn(headers: Record<string, string> | null | undefined): Used | undefined {
  const number = (name: string) => (/^\d{1,9}$/.test(headers?.[name] ?? '') ? Number(headers![name]) : null)
  const used = { daily: number('x-resend-daily-quota'), monthly: number('x-resend-monthly-quota') }
  return used.daily === null && used.monthly === null ? undefined : used
}

function limitsIn(headers: Record<string, string> | null | undefined): AccountLimits | undefined {
  const perSecond = Number(headers?.['ratelimit-limit'])
  const remaining = Number(headers?.['ratelimit-remaining'])
  return perSecond > 0 ? { perSecond, remaining: Number.isFinite(remaining) ? remaining : 0 } : undefined
}
