/** What is typed and not saved, kept in this browser: a reload, a closed tab or a lost line lose none of it. */
import type { FormValues } from './form'

export interface KeptForm {
  /** The version that was being changed; 0 for a form that was never saved. */
  version: number
  values: FormValues
}

const keyOf = (id: string) => `assent-unsaved-form-${id}`

export function keepForm(id: string, kept: KeptForm) {
  try {
    localStorage.setItem(keyOf(id), JSON.stringify(kept))
  } catch {
    // A full or forbidden storage costs the safety net, not the writing.
  }
}

export const forgetForm = (id: string) => localStorage.removeItem(keyOf(id))

/** `like`: what it must look like, so that words of an older release of ours do no harm. */
export function keptForm(id: string, like: FormValues): KeptForm | null {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(id)) ?? 'null') as KeptForm | null
    if (typeof kept?.version !== 'number' || !kept.values) return null
    const isAlike = Object.entries(like).every(
      ([key, value]) => typeof kept.values[key as keyof FormValues] === typeof value || value === null
    )
    return isAlike ? kept : null
  } catch {
    return null
  }
}
