/** Everything that the protocol of sending can be in the middle of: a campaign to two people, two workers, one provider. */
export interface State {
  campaign: 'running' | 'paused' | 'cancelled' | 'finished' | 'undone'
  /** In the first seconds nothing leaves, and all can be taken back. */
  hasTimeToThink: boolean
  /** Somebody has looked, in that time, and is about to. */
  isTakingBack: boolean
  /** Which letter those who still wait will get. */
  edition: number
  batches: Batch[]
  /** By person: what `messages` says. */
  messages: (Ending | null)[]
  workers: Hand[]
  /** Calls that have left and not arrived yet; who made them may be dead. */
  wire: Call[]
  provider: { remembered: Call[]; mails: number[]; hasSeenConflict: boolean }
  /** The account that the workspace is connected to. */
  account: number
  /** Account 1 is connected, too, and steps in while account 0 cannot send. */
  hasFallback: boolean
  /** By account: it remembers no keys, so that the same call twice is two mails. */
  isKeyless: boolean[]
  /** Account 0 is known to be in trouble: nobody calls it for now. */
  isDown: boolean
  /** Whether the account's quota is known to be used up: nothing new leaves then. */
  isQuotaSpent: boolean
  /** Ben's mailbox provider has asked for slower delivery. */
  isBenSlow: boolean
  /** By person: have they left, and was it longer ago than a worker may sleep? */
  left: ('no' | 'just now' | 'long ago')[]
  /** Which person's address the provider refuses, with the whole call that they stand in. */
  refused: number | null
  /** What can still happen: a world in which something goes wrong for ever never ends. */
  budget: {
    crashes: number
    losses: number
    refusals: number
    days: number
    accounts: number
    leaves: number
    pauses: number
    cancels: number
    /** How often a quota that is used up begins anew. */
    resets: number
    /** How often Ben's mailbox provider asks for patience. */
    slows: number
    revisions: number
    /** How often account 0 gets into trouble. */
    falls: number
  }
  /**
   * A day has passed, or the account was changed, or a call without a key may have been made and nobody heard of it: then, and
   * only then, may somebody be unconfirmed.
   */
  isAskingUnsafe: boolean
  /** Set by a step that did what no step may do. */
  crime: string | null
}

export type Ending = 'accepted' | 'withheld' | 'failed' | 'unconfirmed'

export interface Batch {
  people: number[]
  state: 'queued' | 'leased' | 'sealed' | 'done' | 'failed' | 'unconfirmed' | 'cancelled' | 'split'
  /** The fence: the worker who took it last. */
  holder: number | null
  /** Made for one mailbox provider: waits for its pace, or has waited for it. */
  pace: 'none' | 'parked' | 'granted'
  isLeased: boolean
  doubtful: boolean
  key: string
  sealed: { inCall: number[]; out: number[]; account: number; isYoung: boolean } | null
}

/** What a worker has in its hand, as it knew it when it took it. */
export interface Hand {
  at: 'idle' | 'leased' | 'judged' | 'ready' | 'calling' | 'answered' | 'writing'
  batch: number
  wasSealed: boolean
  doubtful: boolean
  account: number
  edition: number
  isYoung: boolean
  allowed: number[]
  key: string
  answer: Answer | null
  /** Time has passed since it took or sealed the batch: more than half a lease. */
  isStale: boolean
}

export type Answer = 'accepted' | 'unknown' | 'rate' | 'quota' | 'recipient' | 'bug'

export interface Call {
  key: string
  account: number
  people: number[]
  from: number
}

export const nothing: Hand = {
  at: 'idle',
  batch: -1,
  wasSealed: false,
  doubtful: false,
  account: 0,
  edition: 1,
  isYoung: true,
  allowed: [],
  key: '',
  answer: null,
  isStale: false,
}

/** Where it happens: the providers that there are, and whether all can be taken back at first. */
interface Place extends Pick<State, 'hasFallback' | 'isKeyless'> {
  isUndoable: boolean
}

export const begin = (
  refused: number | null,
  budget: Partial<State['budget']>,
  { isUndoable = false, hasFallback = false, isKeyless = [] }: Partial<Place> = {}
): State => ({
  campaign: 'running',
  hasTimeToThink: isUndoable,
  isTakingBack: false,
  edition: 1,
  batches: [
    {
      people: [0, 1],
      state: 'queued',
      holder: null,
      pace: 'none',
      isLeased: false,
      doubtful: false,
      key: 'K',
      sealed: null,
    },
  ],
  messages: [null, null],
  workers: [{ ...nothing }, { ...nothing }],
  wire: [],
  provider: { remembered: [], mails: [0, 0], hasSeenConflict: false },
  account: 0,
  hasFallback,
  isKeyless,
  isDown: false,
  isQuotaSpent: false,
  isBenSlow: false,
  left: ['no', 'no'],
  refused,
  budget: {
    crashes: 0,
    losses: 0,
    refusals: 0,
    days: 0,
    accounts: 0,
    leaves: 0,
    pauses: 0,
    cancels: 0,
    resets: 1,
    slows: 0,
    revisions: 0,
    falls: 0,
    ...budget,
  },
  isAskingUnsafe: false,
  crime: null,
})
