import type { EmailChannel } from '#channels'
import type { Cap } from '#consent'
import type { TrackingPolicy } from '#identity'
import type { Timing } from '../audience/manifest_times.ts'
import type { WayOut } from '../providers/ways_out.ts'
import type { SealedPerson } from './sealed_people.ts'

/**
 * How long a worker may keep a batch. Twice what a call may take (30 s), so that whoever still holds a fresh lease is
 * alive. Tests shorten it.
 */
export const leaseSeconds = () => {
  const wanted = process.env.NODE_ENV === 'test' ? Number(process.env.ASSENT_LEASE_SECONDS) : Number.NaN
  return wanted > 0 ? wanted : 60
}

/**
 * The lease of what is about to be called: twice what a call of the channel may take. Where keys are not remembered nobody
 * would call in the place of a dead worker anyway, so that a longer one costs nothing but patience.
 */
export const callLeaseSeconds = ({ longestCallMs = CALL_MS }: Pick<EmailChannel, 'longestCallMs'>) =>
  leaseSeconds() * (longestCallMs / CALL_MS)

const CALL_MS = 30_000

/**
 * A moment by both clocks of this machine, since each can be wrong: one may be set, the other stands still while the
 * machine sleeps.
 */
export interface Moment {
  wall: number
  steady: number
}

export const thisMoment = (): Moment => ({ wall: Date.now(), steady: performance.now() })

/** Whoever took a batch so long ago asks nobody any more: permission and lease may be out of date, the key may be forgotten. */
export const isStale = ({ wall, steady }: Moment) =>
  Math.max(Date.now() - wall, performance.now() - steady) > staleSeconds() * 1_000

export const staleSeconds = () => leaseSeconds() / 2

/** SQL: the edition that a batch (b) of a shipment (s) gets: the one in its readers' language, where there is one. */
export const LETTER = `coalesce((s.letters ->> b.language)::bigint, s.edition_id)`

/** A batch in a worker's hand. Every write about it names the fence, so that only the last one who took it can write. */
export interface Batch {
  id: number
  workspaceId: number
  shipmentId: number
  campaignId: number
  topicId: number
  /** Once sealed, the one that it was sealed with: the shipment may have another by now. */
  editionId: number
  channel: string
  month: string
  no: number
  contactIds: number[]
  /** All of them are behind this group of domains, and have waited for its pace; null: anybody. */
  domain: string | null
  wasSealed: boolean
  /** A call was made, or may have been, whose outcome nobody knows. */
  doubtful: boolean
  attempts: number
  fence: number
  idempotencyKey: string
  /** Who was called with this key. */
  account: string | null
  payloadHash: Buffer | null
  /** How long ago it was sealed, by the database's clock. */
  sealedMsAgo: number
  /** When this worker asked for it, or sealed it: before the database wrote so. */
  takenAt: Moment
  /** What it carries and who was left out of it, once it is sealed. */
  sealed: SealedPerson[] | null
  /** When its readers are not written to, if the workspace keeps such hours and this campaign, too. */
  quietHours: Timing['quietHours'] | null
  /** How many campaigns one person gets in how many days: of the workspace, about the topic. */
  caps: Cap[]
  /** Does anybody of the workspace wish a pause or fewer mails? */
  hasWishes: boolean
  /** Does anybody of the workspace rest? */
  hasRests: boolean
  /** Whose opens and clicks are noted; `anyWords`: somebody of the workspace said something about it. */
  tracking: { policy: TrackingPolicy; anyWords: boolean }
  /** By which account it leaves: when it is sealed, the one that was called; null when that is not there any more. */
  way: WayOut
  /** The name of that account; empty for the Outbox. */
  leavesBy: string
}
