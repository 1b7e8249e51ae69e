import { useCallback, useState } from 'react'
import { today } from '~/features/contacts/days'
import type { ImportColumn } from './import_record'

export type Meaning = 'agreed' | 'withdrawn'

/** A column that says who agreed to some topics, and what its values mean; those that are not in it mean nothing. */
export interface Decider {
  column: string
  topic_ids: string[]
  meanings: Record<string, Meaning>
}

/** What somebody decided about a file so far. Kept in the tab, so that a reload does not begin again. */
export interface Setup {
  /** Column name → target; '' leaves it out. */
  mapping: Record<string, string>
  on_conflict: 'update' | 'skip'
  tags: string[]
  /** Everybody, whom a column names, or nobody; null: not answered yet. */
  agreed: 'yes' | 'column' | 'no' | null
  consent: {
    topic_ids: string[]
    basis: string
    statement: string
    source: string
    collected_at: string
    /** The column that says when each of them agreed; null: they all did on that day. */
    collected_at_column: string | null
  }
  deciders: Decider[]
  /** What those were told who say yes to having opens and clicks noted, where a column says so. */
  tracking: { statement: string; source: string; collected_at: string }
}

export const saysTracking = ({ mapping }: Pick<Setup, 'mapping'>) => Object.values(mapping).includes('tracking')

/** Columns, and no value of theirs means yes: then nobody need have been told anything. */
export const isAllNo = ({ agreed, deciders }: Pick<Setup, 'agreed' | 'deciders'>) =>
  agreed === 'column' &&
  valuesMeaning(deciders, 'withdrawn').length > 0 &&
  valuesMeaning(deciders, 'agreed').length === 0

const valuesMeaning = (deciders: Decider[], meaning: Meaning) =>
  deciders.flatMap(({ meanings }) => Object.keys(meanings).filter((value) => meanings[value] === meaning))

export const requestOf = (setup: Setup) => ({
  mapping: Object.fromEntries(Object.entries(setup.mapping).filter(([, target]) => target !== '')),
  on_conflict: setup.on_conflict,
  tags: setup.tags,
  ...(setup.agreed === 'yes' || setup.agreed === 'column' ? { consent: consentOf(setup) } : {}),
  ...(saysTracking(setup) ? { tracking: setup.tracking } : {}),
})

function consentOf(setup: Setup) {
  const { consent, deciders } = setup
  if (setup.agreed === 'yes') return { channel: 'email', ...consent }
  return {
    channel: 'email',
    ...consent,
    topic_ids: [...new Set(deciders.flatMap(({ topic_ids: topicIds }) => topicIds))],
    statement: isAllNo(setup) ? null : consent.statement,
    decided_by: deciders.map(({ meanings, ...decider }) => ({
      ...decider,
      agreed: Object.keys(meanings).filter((value) => meanings[value] === 'agreed'),
      withdrawn: Object.keys(meanings).filter((value) => meanings[value] === 'withdrawn'),
    })),
  }
}

export type ImportRequest = ReturnType<typeof requestOf>

const fresh = (columns: ImportColumn[]): Setup => ({
  mapping: Object.fromEntries(columns.map(({ name, suggested }) => [name, suggested ?? ''])),
  on_conflict: 'update',
  tags: [],
  agreed: null,
  consent: {
    topic_ids: [],
    basis: 'consent_express',
    statement: '',
    source: '',
    collected_at: today(),
    collected_at_column: null,
  },
  deciders: [freshDecider(columns)],
  tracking: { statement: '', source: '', collected_at: today() },
})

/** The column that looks as though it decided; what its values mean is for a person to say. */
export const freshDecider = (columns: ImportColumn[], taken: Decider[] = []): Decider => ({
  column:
    columns.find(({ name, says_agreement: says }) => says && !taken.some(({ column }) => column === name))?.name ?? '',
  topic_ids: [],
  meanings: {},
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
