import { isOpen } from './changes.ts'
import type { Answer, Batch, Call, Ending, Hand, State } from './state.ts'

/**
 * The same for states between which nothing can ever tell: which worker is the first, what a key is called, what an idle
 * hand held. A character a fact, not JSON: millions of states are told apart by it.
 */
export function keyOf(state: State): string {
  const hands = state.workers.map(handOf)
  const isSwapped = hands[0] > hands[1]
  const no = (worker: number) => (isSwapped ? 1 - worker : worker)
  const keys: string[] = []
  const nameOf = (key: string) => {
    const at = keys.indexOf(key)
    return at < 0 ? keys.push(key) - 1 : at
  }
  const facts = [state.batches.length]
  for (const [index, batch] of state.batches.entries()) {
    facts.push(BATCHES.indexOf(batch.state))
    if (!isOpen(batch)) {
      facts.push(setOf(batch.people))
      continue
    }
    const isHeld = batch.holder !== null && state.workers[batch.holder].batch === index
    facts.push(isHeld ? no(batch.holder!) : 2, PACES.indexOf(batch.pace), +batch.isLeased, +batch.doubtful)
    facts.push(nameOf(batch.key))
    const { sealed } = batch
    if (sealed) facts.push(1, setOf(sealed.inCall), setOf(sealed.out), sealed.account, +sealed.isYoung)
    else facts.push(0)
  }
  for (const worker of [0, 1]) facts.push(nameOf(state.workers[no(worker)].key))
  const callOf = ({ key, account, people }: Call) => (nameOf(key) * 2 + account) * 4 + setOf(people)
  const wire = state.wire.map((call) => callOf(call) * 2 + no(call.from)).sort(byNumber)
  const remembered = state.provider.remembered
    .filter(({ key }) => keys.includes(key))
    .map(callOf)
    .sort(byNumber)
  facts.push(wire.length, ...wire, remembered.length, ...remembered)
  facts.push(CAMPAIGNS.indexOf(state.campaign), state.edition, state.account, state.refused ?? 2)
  facts.push(+state.hasTimeToThink, +state.isTakingBack, +state.isQuotaSpent, +state.isDown, +state.isBenSlow)
  facts.push(+state.isAskingUnsafe, +state.provider.hasSeenConflict, ...state.provider.mails)
  for (const message of state.messages) facts.push(message === null ? 0 : 1 + ENDINGS.indexOf(message))
  for (const when of state.left) facts.push(LEFT.indexOf(when))
  facts.push(...Object.values(state.budget))
  for (const worker of [0, 1]) {
    const hand = hands[no(worker)]
    facts.push(hand & 255, (hand >> 8) & 255, hand >> 16)
  }
  const name = String.fromCharCode(...facts)
  return state.crime ? name + state.crime : name
}

/** Of what a worker knows, what can still make a difference, in one number. */
function handOf({ at, batch, wasSealed, doubtful, account, edition, isYoung, allowed, answer, isStale }: Hand): number {
  if (at === 'idle') return 0
  const isCalling = at === 'answered' || at === 'calling'
  let facts = HANDS.indexOf(at) * 16 + batch
  facts = (facts * 2 + +doubtful) * 4 + setOf(allowed)
  facts = facts * 8 + (answer === null ? 0 : 1 + ANSWERS.indexOf(answer))
  facts = facts * 4 + (at === 'leased' ? +wasSealed * 2 + +isYoung : 0)
  facts = facts * 8 + (isCalling ? 0 : account * 4 + edition)
  return facts * 2 + +(isCalling || isStale)
}

const BATCHES: Batch['state'][] = ['queued', 'leased', 'sealed', 'done', 'failed', 'unconfirmed', 'cancelled', 'split']
const CAMPAIGNS: State['campaign'][] = ['running', 'paused', 'cancelled', 'finished', 'undone']
const HANDS: Hand['at'][] = ['idle', 'leased', 'judged', 'ready', 'calling', 'answered', 'writing']
const ANSWERS: Answer[] = ['accepted', 'unknown', 'rate', 'quota', 'recipient', 'bug']
const ENDINGS: Ending[] = ['accepted', 'withheld', 'failed', 'unconfirmed']
const PACES: Batch['pace'][] = ['none', 'parked', 'granted']
const LEFT: State['left'][number][] = ['no', 'just now', 'long ago']

const setOf = (people: number[]) => people.reduce((set, person) => set | (1 << person), 0)
const byNumber = (a: number, b: number) => a - b
