import type { Addressee } from './compose_mails.ts'

/**
 * One person of a batch as it was sealed: in the call, in the order of the list, or left out of it for a reason. Stored
 * with the batch (`batches.sealed`): with the edition it gives the same bytes again, and says later what they were told.
 * unmeasured: without pixel and counted links.
 */
export type SealedPerson =
  | { id: number; email: string; merge: Addressee['merge']; unmeasured?: true }
  | { id: number; left_out: 'withheld' | 'failed'; reason: string; note?: string; email?: string }

export type InTheCall = Extract<SealedPerson, { merge: unknown }>
type LeftOut = Extract<SealedPerson, { left_out: string }>

export const inTheCall = (people: SealedPerson[]) => people.filter((one): one is InTheCall => 'merge' in one)
export const leftOut = (people: SealedPerson[]) => people.filter((one): one is LeftOut => 'left_out' in one)
