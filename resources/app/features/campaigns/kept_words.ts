/** Words that are not on the server yet, kept in this browser so that a reload or a lost line loses none. */
import { draftFields, type Draft } from './campaign'

export interface KeptWords {
  /** The version that was being edited. */
  version: number
  changes: Partial<Draft>
}

const keyOf = (id: string) => `assent-unsaved-campaign-${id}`

export function keepWords(id: string, words: KeptWords) {
  try {
    localStorage.setItem(keyOf(id), JSON.stringify(words))
  } catch {
    // A full or forbidden storage costs the safety net, not the writing: saving to the server goes on.
  }
}

export const forgetWords = (id: string) => localStorage.removeItem(keyOf(id))

export function keptWords(id: string): KeptWords | null {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(id)) ?? 'null') as KeptWords | null
    if (!kept || typeof kept.version !== 'number' || typeof kept.changes !== 'object') return null
    const changes = Object.fromEntries(
      Object.entries(kept.changes).filter(([key]) => (draftFields as readonly string[]).includes(key))
    )
    return { version: kept.version, changes }
  } catch {
    return null
  }
}
