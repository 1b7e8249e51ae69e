import type { Field } from './fields.ts'
import type { Operator } from './operators.ts'
import type { Value } from './values.ts'
import type { ProofStrength } from '#consent'

/** A rule as a request gives it, and as it is stored (API.md, Segments). */
export type Rule =
  | { all: Rule[] }
  | { any: Rule[] }
  | { not: Rule }
  | { field: string; op: string; value?: unknown }
  | { tag: string }
  | { event: EventName; campaign_id?: string; within_days?: number; at_least?: number }
  | { consent: { channel: string; topic_id: string; status: ConsentStatus; proof?: ProofStrength } }
  | { segment_id: string }

export const eventNames = ['received', 'opened', 'clicked', 'bounced'] as const
export type EventName = (typeof eventNames)[number]

export const consentStatuses = ['none', 'pending', 'granted', 'withdrawn', 'expired'] as const
export type ConsentStatus = (typeof consentStatuses)[number]

export interface FieldLeaf {
  kind: 'field'
  field: Field
  op: Operator
  value: Value
}
export interface TagLeaf {
  kind: 'tag'
  tag: string
}
export interface EventLeaf {
  kind: 'event'
  event: EventName
  campaignId: number | null
  withinDays: number | null
  atLeast: number
}
export interface ConsentLeaf {
  kind: 'consent'
  channel: string
  topicId: number
  topicName: string
  status: ConsentStatus
  /** Of those only whose agreement could be shown so well; null: however. */
  proof: ProofStrength | null
}
export type Leaf = FieldLeaf | TagLeaf | EventLeaf | ConsentLeaf

/** A rule that was read: every name looked up, every value of its field's type, segments replaced by their own rules. */
export type Node =
  | { kind: 'all'; children: Node[] }
  | { kind: 'any'; children: Node[] }
  | { kind: 'not'; child: Node }
  | { kind: 'segment'; segmentId: number; name: string; child: Node }
  | Leaf

export const MAX_DEPTH = 10
export const MAX_LEAVES = 100
/** With the leaves of the segments that it names. */
export const MAX_LEAVES_IN_ALL = 500
