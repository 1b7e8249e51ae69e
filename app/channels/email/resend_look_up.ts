import type { Resend } from 'resend'
import { isSought, LOOK_UP_MS, LookUpFailed, placeOf, type LookUp, type Sighting, type SoughtMail } from './look_up.ts'
import { refusalOf, type ResendFailure } from './resend_refusals.ts'

/** The most that a page has (Resend docs, "Pagination"). */
const PAGE = 100

/**
 * Reads `GET /emails`, newest first, down to what is too old, and looks at each mail to one of the addresses: only
 * `GET /emails/:id` has its tags (reference: resend.md A2). Needs a key that may do more than send.
 *
 * @throws LookUpFailed
 */
export async function* lookUpAtResend(resend: Resend, mails: SoughtMail[], lookUp: LookUp): AsyncGenerator<Sighting> {
  const sought = Map.groupBy(mails, ({ to }) => placeOf(to))
  for (let after = lookUp.cursor; ;) {
    const page = await pageAfter(resend, after, lookUp)
    for (const listed of page.data) {
      if (new Date(listed.created_at) < lookUp.since) return
      const candidates = listed.to.flatMap((to) => sought.get(placeOf(to)) ?? [])
      if (candidates.length > 0) yield await look(resend, listed.id, { candidates, lookUp })
      after = listed.id
    }
    if (!page.has_more || page.data.length === 0) return
    yield { cursor: after! }
  }
}

async function pageAfter(resend: Resend, after: string | null, lookUp: LookUp) {
  const answer = await asked(lookUp, (options) =>
    resend.emails.list({ limit: PAGE, ...(after === null ? {} : { after }) }, options)
  )
  const isPage = Array.isArray(answer.data?.data) && answer.data.data.every(isListed)
  if (isPage) return answer.data!
  throw failureOf(answer, { hadCursor: after !== null })
}

const isListed = (mail: any) =>
  typeof mail?.id === 'string' && Array.isArray(mail.to) && !Number.isNaN(Date.parse(mail.created_at))

async function look(
  resend: Resend,
  id: string,
  { candidates, lookUp }: { candidates: SoughtMail[]; lookUp: LookUp }
): Promise<Sighting> {
  const answer = await asked(lookUp, (options) => resend.emails.get(id, options))
  const mail = answer.data
  if (mail?.id !== id || Number.isNaN(Date.parse(mail.created_at))) throw failureOf(answer)
  const tags = Object.fromEntries((mail.tags ?? []).map(({ name, value }) => [name, value]))
  const sought = candidates.find((one) => isSought(one, tags))
  if (!sought) return { cursor: id }
  const bounce = mail.last_event === 'bounced' ? { bounce: await bounceOf(resend, mail, lookUp) } : {}
  const type = TYPES[mail.last_event]
  const event = { type, created_at: new Date().toISOString(), data: { email_id: id, ...bounce } }
  return {
    cursor: id,
    found: { id, tags: sought.tags, takenAt: new Date(mail.created_at), events: type ? [event] : [] },
  }
}

/** What it last came to, as a webhook would have told; who opens has it. Others say no more than that it was taken. */
const TYPES: Partial<Record<string, string>> = {
  sent: 'email.sent',
  delivered: 'email.delivered',
  opened: 'email.delivered',
  clicked: 'email.delivered',
  delivery_delayed: 'email.delivery_delayed',
  bounced: 'email.bounced',
  complained: 'email.complained',
  failed: 'email.failed',
  canceled: 'email.failed',
  suppressed: 'email.suppressed',
}

/** The list does not say of which kind a bounce was. One for good has put the address on the suppression list, by the mail's id. */
async function bounceOf(resend: Resend, { id, to }: { id: string; to: string[] }, lookUp: LookUp) {
  const answer = await asked(lookUp, (options) => resend.suppressions.get(placeOf(to[0]), options))
  if (answer.data?.origin === 'bounce' && answer.data.source_id === id) {
    return { type: 'Permanent', subType: 'General', message: '' }
  }
  if (answer.data || answer.error?.statusCode === 404)
    return { type: 'Undetermined', subType: 'Undetermined', message: '' }
  throw failureOf(answer)
}

/** One call of the account's, by the SDK, which does not throw. */
async function asked<T>({ takeCall }: LookUp, call: (options: { signal: AbortSignal }) => Promise<T>): Promise<T> {
  if (!(await takeCall())) throw new LookUpFailed('budget', 'The account has no call left for us.')
  return call({ signal: AbortSignal.timeout(LOOK_UP_MS) })
}

function failureOf(
  { error, headers }: { error: unknown; headers?: Record<string, string> | null },
  { hadCursor = false } = {}
): LookUpFailed {
  const failure = error as ResendFailure | null
  if (!failure) return new LookUpFailed('provider', 'Resend answered without a list of mails.')
  const refusal = refusalOf(failure, headers ?? {})
  if (refusal.kind !== 'refused') return new LookUpFailed('provider', 'Resend did not answer.')
  switch (refusal.why) {
    case 'rate':
      return new LookUpFailed('rate', refusal.note, refusal.retryAfterMs)
    case 'credentials':
      return new LookUpFailed('forbidden', refusal.note)
    case 'message':
    case 'request':
      return new LookUpFailed(hadCursor ? 'cursor' : 'provider', refusal.note)
    default:
      return new LookUpFailed('provider', refusal.note)
  }
}
