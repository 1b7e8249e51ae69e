import { useCallback, useState } from 'react'
import { today } from '~/features/contacts/days'
import type { ImportColumn } from './import_record'

/** What somebody decided about a file so far. Kept in the tab, so that a reload does not begin again. */
export interface Setup {
  /** Column name → target; '' leaves it out. */
  mapping: Record<string, string>
  on_conflict: 'update' | 'skip'
  tags: string[]
  /** null: not answered yet. */
  agreed: 'yes' | 'no' | null
  consent: { topic_ids: string[]; basis: string; statement: string; source: string; collected_at: string }
  /** What those were told who say yes to having opens and clicks noted, where a column says so. */
  tracking: { statement: string; source: string; collected_at: string }
}

export const saysTracking = ({ mapping }: Pick<Setup, 'mapping'>) => Object.values(mapping).includes('tracking')

export const requestOf = ({ mapping, on_conflict: onConflict, tags, agreed, consent, tracking }: Setup) => ({
  mapping: Object.fromEntries(Object.entries(mapping).filter(([, target]) => target !== '')),
  on_conflict: onConflict,
  tags,
  ...(agreed === 'yes' ? { consent: { channel: 'email', ...consent } } : {}),
  ...(saysTracking({ mapping }) ? { tracking } : {}),
})

export type ImportRequest = ReturnType<typeof requestOf>

const fresh = (columns: ImportColumn[]): Setup => ({
  mapping: Object.fromEntries(columns.map(({ name, suggested }) => [name, suggested ?? ''])),
  on_conflict: 'update',
  tags: [],
  agreed: null,
  consent: { topic_ids: [], basis: 'consent_express', statement: '', source: '', collected_at: today() },
  tracking: { statement: '', source: '', collected_at: today() },
})

export function useSetup(id: string, columns: ImportColumn[]) {
  const key = `assent-import-${id}`
  const [setup, set] = useState<Setup>(() => ({ ...fresh(columns), ...remembered(key) }))
  const change = useCallback(
    (part: Partial<Setup>) =>
      set((now) => {
        const next = { ...now, ...part }
        sessionStorage.setItem(key, JSON.stringify(next))
        return next
      }),
    [key]
  )
  return [setup, change] as const
}

function remembered(key: string): Partial<Setup> {
  const text = sessionStorage.getItem(key)
  return text ? JSON.parse(text) : {}
}
