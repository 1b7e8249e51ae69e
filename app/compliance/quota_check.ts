import { DateTime } from 'luxon'
import { blockIfReal, ok, warn, type Check } from './check.ts'
import type { Facts } from './facts.ts'

type Period = 'daily' | 'monthly'

/**
 * Whether the provider's quota has room for everybody (reference: sender-rules B8 29). A month that is too short blocks
 * where the plan cannot go beyond it (a daily limit is only on the free one); a paid plan may, at a price, and what a day
 * has no room for follows the next day by itself.
 */
export function quotaCheck(facts: Facts): Check[] {
  const { quota, audience } = facts
  if (!quota || audience.mailable === 0) return []
  if (!quota.isTold) {
    const used = quota.monthly.used === null ? '' : ` ${number(quota.monthly.used)} have left this month.`
    return [
      ok(
        'quota',
        `How many mails the account may still send is not told to a key that may only send.${used} Should its quota end on the way, the others wait for it.`,
        evidenceOf(facts)
      ),
    ]
  }
  const short = (['monthly', 'daily'] as const).find((period) => freeIn(facts, period) < audience.mailable)
  return [short ? tooFew(facts, short) : enough(facts)]
}

/** What campaigns that wait already will use is not free. */
const freeIn = ({ quota }: Facts, period: Period) =>
  quota![period].left === null ? Infinity : Math.max(0, quota![period].left! - quota!.waiting)

function enough(facts: Facts): Check {
  const period = freeIn(facts, 'daily') < freeIn(facts, 'monthly') ? 'daily' : 'monthly'
  return ok(
    'quota',
    freeIn(facts, period) === Infinity ? 'The account has no quota.' : sentence(facts, period),
    evidenceOf(facts)
  )
}

function tooFew(facts: Facts, period: Period): Check {
  const { quota, audience } = facts
  const rest = number(audience.mailable - freeIn(facts, period))
  const more = { evidence: evidenceOf(facts) }
  if (period === 'daily') {
    const fix = `${rest} get it later: the sending goes on by itself when the quota begins anew.`
    return warn('quota', sentence(facts, period), { ...more, fix })
  }
  if (quota!.daily.limit !== null) {
    const fix = 'Choose fewer people, or a larger plan at the provider.'
    return blockIfReal(facts)('quota', sentence(facts, period), { ...more, fix, field: 'audience' })
  }
  const fix = `Unless your plan goes beyond its quota, the sending stops with ${rest} still waiting, and asks you.`
  return warn('quota', sentence(facts, period), { ...more, fix })
}

/** You may send 1,200 more until 1 December; this campaign needs 3,400. */
function sentence(facts: Facts, period: Period): string {
  const { quota, audience } = facts
  const { left, resetsAt } = quota![period]
  const until = resetsAt ? ` until ${moment(facts, resetsAt, period)}` : period === 'daily' ? ' today' : ' this month'
  const others = quota!.waiting > 0 ? ` ${number(quota!.waiting)} that wait already go first.` : ''
  return `You may send ${number(left!)} more${until}; this campaign needs ${number(audience.mailable)}.${others}`
}

const moment = ({ workspace }: Facts, at: Date, period: Period) =>
  DateTime.fromJSDate(at, { zone: workspace.timezone }).toFormat(period === 'daily' ? 'd LLLL, HH:mm ZZZZ' : 'd LLLL')

const number = (n: number) => n.toLocaleString('en')

function evidenceOf({ quota, audience }: Facts) {
  const of = ({ used, limit, left, resetsAt }: NonNullable<Facts['quota']>[Period]) => ({
    used,
    limit,
    left,
    resets_at: resetsAt?.toISOString() ?? null,
  })
  return {
    needed: audience.mailable,
    waiting: quota!.waiting,
    told: quota!.isTold,
    daily: of(quota!.daily),
    monthly: of(quota!.monthly),
    as_of: quota!.asOf.toISOString(),
  }
}
