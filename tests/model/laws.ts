import { isOpen } from './changes.ts'
import type { State } from './state.ts'

/** What must be true of every state, whatever happens. */
export function broken(state: State): string | null {
  if (state.crime) return state.crime
  if (state.provider.hasSeenConflict) return 'a key came to the provider with other contents'
  if (state.campaign === 'undone')
    return state.provider.mails.some((mails) => mails > 0) ? 'somebody got a mail that was taken back' : null
  for (const person of [0, 1]) {
    const law = brokenFor(person, state)
    if (law) return law
  }
  return null
}

function brokenFor(person: number, { batches, messages, provider, isAskingUnsafe }: State): string | null {
  const who = ['Ada', 'Ben'][person]
  const mails = provider.mails[person]
  const message = messages[person]
  if (mails > 1) return `${who} got two mails`
  const isCancelled = batches.some(({ people, state }) => state === 'cancelled' && people.includes(person))
  const isWaiting = batches.some((batch) => isOpen(batch) && batch.people.includes(person))
  const places = Number(message !== null) + Number(isCancelled) + Number(isWaiting)
  if (places !== 1) return `the books do not close: ${who} is accounted for ${places} times`
  if (message === 'accepted' && mails !== 1) return `${who} got no mail and counts as accepted`
  if (mails > 0 && (message === 'withheld' || message === 'failed')) return `${who} got a mail and counts as ${message}`
  if (mails > 0 && isCancelled) return `${who} got a mail and counts as cancelled`
  if (message === 'unconfirmed' && !isAskingUnsafe) return `${who} is unconfirmed without need`
  return null
}

export const isEnd = ({ campaign }: State) => campaign === 'finished' || campaign === 'undone'
