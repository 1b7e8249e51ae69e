import type { Workspace } from '../models/workspace.ts'

/** How long something is kept, in days: unless the workspace says otherwise, at least and at most. */
interface Bounds {
  days: number
  least: number
  most: number
}

const TEN_YEARS = 3_650

/**
 * What is kept of people for a time and then goes (docs/operations.md says what stays and why). The least is what integrity or
 * proof needs: a provider may be asked again for a day, bounces are counted for a year, claims come for three years.
 */
export const retentionKinds = {
  /** Files that wait to be imported, and the first values of those that were. */
  import_files: { days: 7, least: 1, most: 90 },
  /** Rows that an import refused, as they came. */
  import_rejects: { days: 90, least: 1, most: TEN_YEARS },
  /** What an import changed, so that it can be undone. */
  import_undo: { days: 365, least: 30, most: TEN_YEARS },
  /** Mails that were kept here instead of sent, and the values that each mail was filled with. */
  message_bodies: { days: 180, least: 30, most: TEN_YEARS },
  /** Service mail: to whom, about what, what became of it. */
  service_mail: { days: 365, least: 30, most: TEN_YEARS },
  /** Who opened and clicked what. The numbers stay. */
  engagements: { days: 730, least: 30, most: TEN_YEARS },
  /** Network addresses and programs of readers, visitors and colleagues, except in the ledger. */
  origins: { days: 90, least: 7, most: TEN_YEARS },
  /** The same in the ledger of consent, after the agreement that they prove has ended. */
  proof_origins: { days: 1_095, least: 1_095, most: TEN_YEARS },
  /** Sign-ups that nobody confirmed, and people of whom nothing else is known. */
  unconfirmed: { days: 30, least: 1, most: 365 },
  /** Doubtful sign-ups that nobody judged, and rejected ones. */
  quarantine: { days: 30, least: 1, most: 90 },
  /** What providers and mail servers wrote about mails. */
  provider_events: { days: 90, least: 7, most: TEN_YEARS },
  /** Notes on what people asked for by right. */
  request_notes: { days: 1_095, least: 365, most: TEN_YEARS },
} as const satisfies Record<string, Bounds>

export type RetentionKind = keyof typeof retentionKinds
export type Retention = Record<RetentionKind, number>

/** In days, by kind. */
export const retentionOf = ({ settings }: Pick<Workspace, 'settings'>): Retention => ({
  ...(Object.fromEntries(Object.entries(retentionKinds).map(([kind, { days }]) => [kind, days])) as Retention),
  ...settings?.retention,
})

/** SQL: the same for one kind, from a workspace's `settings`. */
export const keptDays = (kind: RetentionKind, settings: string) =>
  `coalesce((${settings}#>>'{retention,${kind}}')::int, ${retentionKinds[kind].days})`
