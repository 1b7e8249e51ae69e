/** A rule judged in plain TypeScript, written without a look at the SQL: what the property test compares with. */
export interface PlainPerson {
  email: string | null
  first_name: string | null
  created_at: Date
  attributes: Record<string, any>
  tags: string[]
  events: {
    kind: 'opened' | 'clicked' | 'received' | 'bounced'
    campaign: string
    at: Date
    counts: boolean
    /** Of a mail: whether anybody knows whether it was opened and clicked. */
    isMeasured?: boolean
  }[]
  /** They said no to being measured. */
  isUnmeasured: boolean
  consents: Record<string, { status: string; expires_at: Date | null }>
}

export interface PlainWorld {
  now: Date
  types: Record<string, string>
  segments: Record<string, any>
}

const DAY = 86_400_000
/** So long opens and clicks are kept, unless the workspace says otherwise. */
const KEPT_DAYS = 730

/** Null: nobody knows, because their opens and clicks are not measured. */
export function plainlyMatches(rule: any, person: PlainPerson, world: PlainWorld): boolean | null {
  const all = (rules: any[]) => {
    const answers = rules.map((child) => plainlyMatches(child, person, world))
    return answers.includes(false) ? false : answers.includes(null) ? null : true
  }
  const opposite = (answer: boolean | null) => (answer === null ? null : !answer)
  if (rule.all) return all(rule.all)
  if (rule.any) return opposite(all(rule.any.map((child: any) => ({ not: child }))))
  if (rule.not) return opposite(plainlyMatches(rule.not, person, world))
  if (rule.segment_id) return plainlyMatches(world.segments[rule.segment_id], person, world)
  if (rule.tag) return person.tags.some((tag) => tag.toLowerCase() === rule.tag.toLowerCase())
  if (rule.consent) return consent(rule.consent, person, world)
  if (rule.event) return event(rule, person, world)
  return field(rule, person, world)
}

function consent({ topic_id: topic, status }: any, person: PlainPerson, { now }: PlainWorld) {
  const held = person.consents[topic]
  const expired = held?.status === 'granted' && held.expires_at !== null && held.expires_at <= now
  return status === (held ? (expired ? 'expired' : held.status) : 'none')
}

function event(
  { event: kind, campaign_id: campaign, within_days: days, at_least: times = 1 }: any,
  person: PlainPerson,
  { now }: PlainWorld
): boolean | null {
  const since = days === undefined ? -Infinity : now.getTime() - days * DAY
  const counted = person.events.filter(
    (one) => one.kind === kind && one.counts && (!campaign || one.campaign === campaign) && one.at.getTime() >= since
  )
  if (counted.length >= times) return true
  if (kind !== 'opened' && kind !== 'clicked') return false
  const kept = now.getTime() - KEPT_DAYS * DAY
  const mails = person.events.filter(
    (one) =>
      one.kind === 'received' &&
      one.counts &&
      (campaign ? one.campaign === campaign : one.at.getTime() >= Math.max(since, kept))
  )
  const isUnknown = mails.some((mail) => person.isUnmeasured || !mail.isMeasured || mail.at.getTime() < kept)
  return isUnknown ? null : false
}

function field({ field: name, op, value }: any, person: PlainPerson, world: PlainWorld): boolean {
  const key = name.replace('attributes.', '')
  const held = name.startsWith('attributes.') ? person.attributes[key] : (person as any)[name]
  if (op === 'neq') return !field({ field: name, op: 'eq', value }, person, world)
  if (op === 'not_in') return !field({ field: name, op: 'in', value }, person, world)
  const isSet = held !== undefined && held !== null && held !== '' && !(Array.isArray(held) && held.length === 0)
  if (op === 'is_set') return isSet
  if (op === 'is_not_set') return !isSet
  if (!isSet) return false
  const type = world.types[name]
  if (type === 'text' && name === 'email') return text(op, held.toLowerCase(), lower(value))
  if (type === 'text' || type === 'choice') return typeof held === 'string' && text(op, held, value)
  if (type === 'multi_choice') return [value].flat().some((one: string) => held.includes(one))
  if (type === 'number') return typeof held === 'number' && order(op, held, value)
  if (type === 'boolean') return held === value
  if (type === 'date') return typeof held === 'string' && time(op, Date.parse(held), value, world, true)
  return time(op, held instanceof Date ? held.getTime() : Date.parse(held), value, world, false)
}

const lower = (value: any): any => (Array.isArray(value) ? value.map(lower) : value.toLowerCase())

function text(op: string, held: string, value: any) {
  if (op === 'eq') return held === value
  if (op === 'in') return value.includes(held)
  const [a, b] = [held.toLowerCase(), value.toLowerCase()]
  return op === 'contains' ? a.includes(b) : op === 'starts_with' ? a.startsWith(b) : a.endsWith(b)
}

function order(op: string, held: number, value: any): boolean {
  switch (op) {
    case 'eq':
      return held === value
    case 'in':
      return value.includes(held)
    case 'gt':
    case 'after':
      return held > value
    case 'gte':
      return held >= value
    case 'lt':
    case 'before':
      return held < value
    case 'lte':
      return held <= value
    default:
      return held >= value[0] && held <= value[1]
  }
}

function time(op: string, held: number, value: any, { now }: PlainWorld, isDay: boolean): boolean {
  const present = isDay ? Math.floor(now.getTime() / DAY) * DAY : now.getTime()
  if (op === 'in_last_days') return held >= present - value * DAY && held <= present
  if (op === 'in_next_days') return held >= present && held <= present + value * DAY
  if (op === 'anniversary_in_days') return anniversary(new Date(held), now, value)
  const bounds = [value].flat().map((one: string) => Date.parse(one))
  return order(op, held, op === 'between' ? bounds : bounds[0])
}

function anniversary(born: Date, now: Date, days: number): boolean {
  for (let i = 0; i <= days; i++) {
    const day = new Date(now.getTime() + i * DAY)
    const leap = new Date(Date.UTC(day.getUTCFullYear(), 1, 29)).getUTCMonth() === 1
    const birthday = born.getUTCMonth() === 1 && born.getUTCDate() === 29 && !leap ? 28 : born.getUTCDate()
    if (born.getUTCMonth() === day.getUTCMonth() && birthday === day.getUTCDate()) return true
  }
  return false
}
