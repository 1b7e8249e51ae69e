import { skimJson } from '../json.js'
import { checkMail, listOf } from '../mail_rules.js'
import { pack } from '../packing.js'
import { invalid, Refusal } from '../refusal.js'

const MOST_MAILS = 100
const KEPT = ['from', 'to', 'subject', 'tags', 'headers']

/** POST /emails → `{ id }`. Source: Resend docs, "Send email". */
export function sendEmail(world, request) {
  return once(world, request, async () => {
    const value = skimJson(request.body)
    checkMail(value, factsOf(world))
    const [mail] = await accept(world, request, [{ mail: kept(value), item: 0 }])
    return { status: 200, body: JSON.stringify({ id: mail.id }) }
  })
}

/**
 * POST /emails/batch → `{ data: [{ id }] }`, in the order of the request. `x-batch-validation: permissive` accepts
 * the good ones and lists the others under `errors`. Source: Resend docs, "Send batch emails".
 */
export function sendBatch(world, request) {
  return once(world, request, async () => {
    const isPermissive = request.headers['x-batch-validation'] === 'permissive'
    const value = skimJson(request.body)
    checkBatch(value)
    const { good, errors } = sortOut(value, isPermissive, factsOf(world))
    const accepted = await accept(
      world,
      request,
      good.map((item) => ({ mail: kept(value[item]), item }))
    )
    const data = accepted.map(({ id }) => ({ id }))
    return { status: 200, body: JSON.stringify(isPermissive ? { data, errors } : { data }) }
  })
}

async function once(world, request, send) {
  world.counts.calls++
  const work = async () => {
    await request.pause()
    return send()
  }
  const key = request.headers['idempotency-key']
  if (key === undefined) return work()
  request.packed = pack(request.body)
  const { answer, isReplay } = await world.idempotency.once({ ...request, key }, work)
  if (isReplay) world.counts.replays++
  return answer
}

async function accept(world, request, mails) {
  world.quota.spend(mails.reduce((sum, { mail }) => sum + mail.recipients, 0))
  const key = request.headers['idempotency-key']
  const accepted = await world.mailbox.accept({
    at: world.clock.now(),
    key,
    body: request.body,
    packed: request.packed,
    mails,
  })
  world.counts.accepted += accepted.length
  world.journeys.start(accepted)
  return accepted
}

function checkBatch(mails) {
  if (!Array.isArray(mails)) throw invalid('The request body must be an array of emails.')
  if (mails.length === 0) throw invalid('The batch must contain at least one email.')
  if (mails.length > MOST_MAILS) throw invalid(`The batch must not contain more than ${MOST_MAILS} emails.`)
}

/** The places of mails that pass the rules; a strict batch is refused by its first bad mail, which it does not name. */
function sortOut(mails, isPermissive, facts) {
  const good = []
  const errors = []
  mails.forEach((mail, index) => {
    try {
      checkMail(mail, facts)
      good.push(index)
    } catch (error) {
      if (!isPermissive || !(error instanceof Refusal)) throw error
      errors.push({ index, message: error.message })
    }
  })
  return { good, errors }
}

function factsOf({ clock, options, domains }) {
  return { now: clock.now(), owner: options.owner, mayUseDomain: (name) => domains.mayUse(name) }
}

function kept(mail) {
  const recipients = listOf(mail.to).length + listOf(mail.cc).length + listOf(mail.bcc).length
  const parts = Object.fromEntries(KEPT.filter((name) => mail[name]).map((name) => [name, mail[name]]))
  return { ...parts, scheduled_at: mail.scheduled_at ?? undefined, recipients }
}
