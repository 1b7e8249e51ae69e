import type { PastCampaign } from './past_campaigns.ts'
import type { Random } from './random.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Where one person stands with one topic over time; times are days before today. */
export interface Stand {
  contactId: number
  email: string
  cameDaysAgo: number
  grantedDaysAgo: number | null
  withdrawnDaysAgo: number | null
  pending: boolean
}

export interface PastMessage {
  contact_id: number
  email: string
  state: 'delivered' | 'bounced' | 'complained' | 'withheld'
  reason: string | null
  accepted_at: Date | null
  delivered_at: Date | null
  unsubscribed_at: Date | null
}

export interface PastReaction {
  contact_id: number
  kind: 'open' | 'click'
  link_no: number | null
  verdict: 'human' | 'machine' | 'unknown'
  rule: string
  occurred_at: Date
}

export interface PastSend {
  startedAt: Date
  messages: PastMessage[]
  reactions: PastReaction[]
  excluded: Record<string, number[]>
}

/**
 * What one past campaign would have done to these people: who was in, who was not and why, who reacted, and when.
 * `suppressed` grows by whom it makes bounce or complain. Rates are those of a small shop that people like: 97 % delivered, 5–9 % clicks by people, a third of the opens machines.
 */
export function pastSend(
  campaign: PastCampaign,
  stands: Stand[],
  {
    linkCount,
    suppressed,
    random,
    now,
  }: { linkCount: number; suppressed: Map<number, string>; random: Random; now: number }
): PastSend {
  const startedAt = new Date(now - campaign.days_ago * DAY)
  const excluded: Record<string, number[]> = {}
  const messages: PastMessage[] = []
  const reactions: PastReaction[] = []
  for (const stand of stands) {
    if (stand.cameDaysAgo <= campaign.days_ago) continue
    const reason = suppressed.get(stand.contactId) ?? reasonAgainst(stand, campaign.days_ago)
    if (reason) {
      ;(excluded[reason] ??= []).push(stand.contactId)
      continue
    }
    const message = oneMessage(stand, startedAt.getTime(), random)
    messages.push(message)
    if (message.state === 'bounced') suppressed.set(stand.contactId, 'suppressed_hard_bounce')
    if (message.state === 'complained') suppressed.set(stand.contactId, 'suppressed_complaint')
    if (message.state === 'delivered') reactions.push(...reactionsTo(message, campaign, linkCount, random, now))
    if (message.state === 'delivered' && leftAfter(stand, campaign.days_ago)) {
      message.unsubscribed_at = new Date(Math.min(now - HOUR, startedAt.getTime() + random.wait(9 * HOUR)))
    }
  }
  return { startedAt, messages, reactions, excluded }
}

function reasonAgainst({ grantedDaysAgo, withdrawnDaysAgo, pending }: Stand, daysAgo: number): string | null {
  if (withdrawnDaysAgo !== null && withdrawnDaysAgo > daysAgo) return 'withdrawn'
  if (grantedDaysAgo !== null && grantedDaysAgo > daysAgo) return null
  return pending ? 'pending' : 'none'
}

/** Left within three days of this mail: this mail is where they clicked "unsubscribe". */
const leftAfter = ({ withdrawnDaysAgo }: Stand, daysAgo: number) =>
  withdrawnDaysAgo !== null && withdrawnDaysAgo <= daysAgo && withdrawnDaysAgo > daysAgo - 3

function oneMessage({ contactId, email }: Stand, start: number, random: Random): PastMessage {
  const accepted = new Date(start + 40_000 + random.between(0, 4 * MINUTE))
  const message = {
    contact_id: contactId,
    email,
    reason: null,
    accepted_at: accepted,
    delivered_at: null,
    unsubscribed_at: null,
  }
  const fate = random.next()
  if (email.startsWith('eve.stone@') || fate < 0.011) return { ...message, state: 'bounced', reason: 'bounce_hard' }
  const delivered_at = new Date(accepted.getTime() + 1_000 + random.wait(20_000))
  if (email.startsWith('finn.grady@') || fate < 0.0114) return { ...message, state: 'complained', delivered_at }
  return { ...message, state: 'delivered', delivered_at }
}

function reactionsTo(
  message: PastMessage,
  { pull }: PastCampaign,
  linkCount: number,
  random: Random,
  now: number
): PastReaction[] {
  const delivered = message.delivered_at!.getTime()
  const at = (ms: number) => new Date(Math.min(now - MINUTE, delivered + ms))
  const reaction = (
    kind: 'open' | 'click',
    verdict: PastReaction['verdict'],
    rule: string,
    ms: number,
    link: number | null = null
  ) => ({
    contact_id: message.contact_id,
    kind,
    link_no: link,
    verdict,
    rule,
    occurred_at: at(ms),
  })
  const all: PastReaction[] = []
  if (random.chance(0.24)) all.push(reaction('open', 'machine', 'mail_privacy_proxy', random.between(500, 20_000)))
  if (random.chance(0.02) && linkCount > 0) {
    for (let no = 1; no <= linkCount; no++) all.push(reaction('click', 'machine', 'burst', 1_200 + no * 150, no))
  }
  if (random.chance(0.31)) {
    const opened = random.wait(11 * HOUR)
    all.push(reaction('open', random.chance(0.8) ? 'human' : 'unknown', 'plain', opened))
    if (linkCount > 0 && random.chance(0.16 * pull)) {
      const link = random.chance(0.72) ? 1 : 1 + Math.floor(random.next() * linkCount)
      all.push(reaction('click', 'human', 'plain', opened + random.between(5_000, 90_000), link))
    }
  }
  return all
}
