import type { Batch, Hand, State } from './state.ts'

/** What single statements change; each is named as the verb of the product that it stands for. */

export const isOpen = ({ state }: Batch) => state === 'queued' || state === 'leased' || state === 'sealed'

/** return_batch.ts: `release`, `callAgain`. */
export const giveBack = (doubtful: boolean) => (_: State, batch: Batch) => {
  Object.assign(batch, {
    state: batch.state === 'leased' ? 'queued' : batch.state,
    doubtful,
    isLeased: false,
    holder: null,
  })
}

/** return_batch.ts: `unseal`. */
export function unseal(_: State, batch: Batch) {
  Object.assign(batch, {
    state: 'queued',
    key: `${batch.key}'`,
    sealed: null,
    doubtful: false,
    isLeased: false,
    holder: null,
  })
}

/** write_messages.ts: those of the call have come to this end, the others were withheld. */
export const end =
  (ending: 'accepted' | 'failed' | 'unconfirmed', inCall?: number[]) => (next: State, batch: Batch) => {
    const called = inCall ?? batch.sealed!.inCall
    for (const person of batch.people) next.messages[person] = called.includes(person) ? ending : 'withheld'
    batch.state = ending === 'accepted' ? 'done' : ending
  }

/** return_batch.ts: `splitBatch`, from `divide` in settle_batch.ts. */
export function split(next: State, batch: Batch) {
  for (const person of batch.sealed?.out ?? []) next.messages[person] = 'withheld'
  for (const person of batch.sealed!.inCall) {
    next.batches.push({
      people: [person],
      state: 'queued',
      holder: null,
      pace: batch.pace,
      isLeased: false,
      doubtful: false,
      key: `${batch.key}${person}`,
      sealed: null,
    })
  }
  batch.state = 'split'
}

/** domain_pace/park_slow_people.ts: Ben waits in a batch of his own. */
export function park(next: State, batch: Batch) {
  for (const person of batch.people) {
    next.batches.push({
      people: [person],
      state: 'queued',
      holder: null,
      pace: person === BEN ? 'parked' : 'none',
      isLeased: false,
      doubtful: false,
      key: `${batch.key}${person}`,
      sealed: null,
    })
  }
  batch.state = 'split'
}

export const BEN = 1

export const timeMatters = ({ batches, workers, left }: State) =>
  batches.some(({ isLeased }) => isLeased) ||
  workers.some(({ at, isStale }) => at !== 'idle' && !isStale) ||
  left.includes('just now')

/** It has sealed, or called, where no key tells later what became of it. */
export const isUncertain = ({ isKeyless }: State, { at, account }: Hand) =>
  Boolean(isKeyless[account]) && ['ready', 'calling', 'answered', 'writing'].includes(at)

export function pass(next: State) {
  for (const batch of next.batches) batch.isLeased = false
  for (const hand of next.workers) {
    if (isUncertain(next, hand)) next.isAskingUnsafe = true
    if (hand.at !== 'idle') hand.isStale = true
  }
  next.left = next.left.map((when) => (when === 'just now' ? 'long ago' : when))
}

export function copyOf(state: State): State {
  return {
    ...state,
    batches: state.batches.map((batch) => ({ ...batch, sealed: batch.sealed && { ...batch.sealed } })),
    messages: [...state.messages],
    workers: state.workers.map((hand) => ({ ...hand })),
    wire: [...state.wire],
    provider: { ...state.provider, mails: [...state.provider.mails], remembered: [...state.provider.remembered] },
    left: [...state.left],
    budget: { ...state.budget },
  }
}

export const names = (people: number[]) => people.map((person) => ['Ada', 'Ben'][person]).join(' and ') || 'nobody'
export const nameOf = ({ people, state, doubtful }: Batch) =>
  `the ${doubtful ? 'doubtful ' : ''}${state} batch of ${names(people)}`
