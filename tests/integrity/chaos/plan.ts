import { randomFrom, type Random } from '#tests/support/random'
import type { ChaosRule } from '#tests/support/stand_in'

/** One worker process: where it dies or falls asleep (crash_point.ts), and how wrong its clock is. */
export interface WorkerPlan {
  crashAt?: string
  /** How long it sleeps, when it is to fall asleep. */
  asleepMs?: number
  /** Its clock is so many seconds off, and jumps by so many more a while after its start. */
  clock?: { off: number; jumps: number; afterMs: number }
}

/** What happens when so many calls have reached the provider since the campaign began. */
export type Fault = { after: number } & (
  | { kind: 'kill' | 'sleep' | 'leave'; ms: number }
  | { kind: 'join' }
  | { kind: 'database restarts' | 'database connections cut' | 'provider connections reset' }
  | { kind: 'database answers lost'; ms: number }
  | { kind: 'disk full'; ms: number }
  | { kind: 'provider stands still'; ms: number }
  | { kind: 'provider rate'; perSecond: number }
  | { kind: 'pause'; ms: number }
  | { kind: 'cancel' }
  | { kind: 'people leave' | 'people are erased'; people: number }
  | { kind: 'web is killed' }
  | { kind: 'the letter is changed'; ms: number }
  | { kind: 'service mail'; mails: number }
  | { kind: 'a mailbox provider asks for patience' }
)

export interface Plan {
  seed: number
  people: number
  /** By whom the mails leave. Only the first remembers keys. */
  by: Provider
  /** A mail server steps in while the provider cannot send. */
  hasFallback: boolean
  /** The first ones, and those who take the place of whoever dies; who comes after them is healthy. */
  workers: WorkerPlan[]
  atFirst: number
  rules: ChaosRule[]
  /** Are there addresses that the provider refuses, with the whole call that they stand in? */
  hasRefused: boolean
  /** Does the provider tell what became of each mail (shuffled, some twice)? */
  isTold: boolean
  /** Does a first wave go before the rest? */
  hasFirstWave: boolean
  faults: Fault[]
}

export const providers = ['resend', 'smtp', 'ses', 'postmark'] as const
export type Provider = (typeof providers)[number]

export const STEPS = ['after_lease', 'before_seal', 'after_seal', 'after_accept', 'before_commit']
export const LEASE_SECONDS = 2

const FALLBACK = 2_000_005

/** Half of the runs by the one, half by the others. */
const CHOICE = ['resend', 'resend', 'resend', 'smtp', 'ses', 'postmark'] as const

/** What a run is made of; the same seed gives the same. */
export function planOf({ seed, people, by }: { seed: number; people: number; by?: Provider }): Plan {
  const random = randomFrom(seed * 7919)
  /** What was thought of later has dice of its own, so that the seeds that found something still do. */
  const also = randomFrom(seed * 104_729)
  const provider = by ?? randomFrom(seed * 1_300_053).pick(CHOICE)
  const calls = provider === 'smtp' || provider === 'ses' ? people : Math.ceil(people / 100)
  const atFirst = 2 + random.below(2)
  return {
    seed,
    people,
    by: provider,
    hasFallback: provider === 'resend' && randomFrom(seed * FALLBACK).chance(0.3),
    atFirst,
    workers: Array.from({ length: atFirst + 2 }, () => workerPlan(random, calls)),
    rules: rules(random),
    hasRefused: random.chance(0.3),
    isTold: random.chance(0.3) && provider === 'resend',
    hasFirstWave: also.chance(0.3),
    faults: [...faults(random, calls), ...laterFaults(also, calls)].sort((a, b) => a.after - b.after),
  }
}

function workerPlan(random: Random, calls: number): WorkerPlan {
  const plan: WorkerPlan = {}
  if (random.chance(0.7)) {
    const passage = 1 + random.below(Math.min(5, Math.max(1, Math.floor(calls / 3))))
    const isSleep = random.chance(0.4)
    plan.crashAt = `${random.pick(STEPS)}:${passage}:${isSleep ? 'SIGSTOP' : 'SIGKILL'}`
    if (isSleep) plan.asleepMs = LEASE_SECONDS * random.pick([250, 600, 1_500, 2_500])
  }
  if (random.chance(0.5)) {
    const day = 86_400
    plan.clock = {
      off: random.pick([0, 120, -120, day, -day, 40 * day]),
      jumps: random.pick([-7_200, 3_600, 2 * day]),
      afterMs: 500 + random.below(4_000),
    }
  }
  return plan
}

const match = { path: '/emails/batch' }

/** How the provider answers wrongly, each with a chance of its own. The first that strikes a call does it alone. */
function rules(random: Random): ChaosRule[] {
  const possible: [rule: ChaosRule, chance: number][] = [
    [{ effect: 'daily_quota', times: 1, probability: 0.1 }, 0.25],
    [{ effect: 'monthly_quota', times: 1, probability: 0.1 }, 0.25],
    [{ effect: 'drop_after_accept', times: 4, probability: 0.15 }, 0.6],
    [{ effect: 'drop_before', times: 4, probability: 0.15 }, 0.4],
    [{ effect: 'status', status: 500, times: 4, probability: 0.15 }, 0.4],
    [{ effect: 'status', status: 503, accept: true, times: 3, probability: 0.15 }, 0.3],
    [{ effect: 'html', status: 502, accept: true, times: 3, probability: 0.15 }, 0.3],
    [{ effect: 'rate_limit', times: 6, probability: 0.2 }, 0.5],
    [{ effect: 'truncate', times: 3, probability: 0.15 }, 0.4],
    [{ effect: 'null_body', times: 3, probability: 0.1 }, 0.3],
    [{ effect: 'status', status: 401, name: 'invalid_api_key', times: 1, probability: 0.1 }, 0.15],
    [{ effect: 'latency', ms: LEASE_SECONDS * 1_500, times: 2, probability: 0.1 }, 0.4],
    [{ effect: 'latency', ms: 20 + random.below(400) }, 0.8],
  ]
  return possible
    .filter(([, chance]) => random.chance(chance))
    .map(([rule]) => ({ match, seed: 1 + random.below(1_000_000), ...rule }))
}

function faults(random: Random, calls: number): Fault[] {
  const when = () => random.below(Math.ceil(calls * 1.2))
  const ms = () => 200 + random.below(LEASE_SECONDS * 1_500)
  const possible: [fault: () => Fault, chance: number][] = [
    [() => ({ after: when(), kind: 'kill', ms: 0 }), 0.6],
    [() => ({ after: when(), kind: 'sleep', ms: LEASE_SECONDS * 1_500 }), 0.4],
    [() => ({ after: when(), kind: 'leave', ms: 0 }), 0.4],
    [() => ({ after: when(), kind: 'join' }), 0.3],
    [() => ({ after: when(), kind: 'database restarts' }), 0.35],
    [() => ({ after: when(), kind: 'database connections cut' }), 0.4],
    [() => ({ after: when(), kind: 'database answers lost', ms: ms() }), 0.4],
    [() => ({ after: when(), kind: 'provider connections reset' }), 0.4],
    [() => ({ after: when(), kind: 'provider connections reset' }), 0.4],
    [() => ({ after: when(), kind: 'provider stands still', ms: ms() }), 0.25],
    [() => ({ after: when(), kind: 'disk full', ms: ms() }), 0.3],
    [() => ({ after: when(), kind: 'provider rate', perSecond: random.pick([4, 10, 0]) }), 0.4],
    [() => ({ after: when(), kind: 'pause', ms: ms() }), 0.4],
    [() => ({ after: when(), kind: 'people leave', people: 20 + random.below(60) }), 0.6],
    [() => ({ after: when(), kind: 'people leave', people: 5 }), 0.4],
    [() => ({ after: when(), kind: 'people are erased', people: 1 + random.below(4) }), 0.4],
    [() => ({ after: when(), kind: 'cancel' }), 0.12],
    [() => ({ after: when(), kind: 'web is killed' }), 0.5],
  ]
  return possible.filter(([, chance]) => random.chance(chance)).map(([fault]) => fault())
}

function laterFaults(random: Random, calls: number): Fault[] {
  const when = () => random.below(Math.ceil(calls * 0.9))
  const possible: [fault: () => Fault, chance: number][] = [
    [() => ({ after: when(), kind: 'the letter is changed', ms: 200 + random.below(2_000) }), 0.35],
    [() => ({ after: when(), kind: 'service mail', mails: 1 + random.below(150) }), 0.5],
    [() => ({ after: when(), kind: 'a mailbox provider asks for patience' }), 0.25],
  ]
  return possible.filter(([, chance]) => random.chance(chance)).map(([fault]) => fault())
}
