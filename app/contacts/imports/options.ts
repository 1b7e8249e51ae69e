import { DateTime } from 'luxon'
import db from '@adonisjs/lucid/services/db'
import { bases, namedWording, NoSuchWording, type Basis, type NamedWording } from '#consent'
import { fieldsOf } from '../attributes.ts'
import { tagNames } from '../tags.ts'
import type { ImportColumn } from './analyse_file.ts'
import type { Decider } from './answers.ts'
import { BadMapping } from './errors.ts'
import { readDeciders, type GivenDecider } from './read_deciders.ts'
import { targets, type Target } from './suggest_mapping.ts'

/** How a file is to be taken in, checked: what each column becomes, and what else holds for everybody in it. */
export interface ImportOptions {
  /** By the columns' names; columns that are not named stay outside. */
  mapping: Record<string, Target>
  on_conflict: 'update' | 'skip'
  tags: string[]
  consent: ImportConsent | null
  /** What those were told who say yes in the column that becomes `tracking`; null: there is none. */
  tracking: ImportDeclaration | null
}

export interface ImportConsent extends ImportDeclaration {
  channel: string
  topic_ids: string[]
  basis: Basis
  /** The columns that say who agreed, each topic in one of them; none: everybody in the file did. */
  decided_by?: Decider[]
  /** The column with the day or moment of each; where it is blank, collected_at holds. */
  collected_at_column?: string | null
}

export interface ImportDeclaration {
  /** What they were told: a wording, or the words themselves, which become one when the import starts. */
  wording: NamedWording | null
  statement: string | null
  source: string
  /** A day or a moment. */
  collected_at: string
}

export interface ImportRequest {
  mapping: Record<string, string | null>
  on_conflict?: 'update' | 'skip'
  tags?: string[]
  consent?: GivenConsent | null
  tracking?: GivenDeclaration | null
}

interface GivenConsent extends GivenDeclaration {
  channel?: string
  topic_ids: string[]
  basis: string
  decided_by?: GivenDecider[] | null
  collected_at_column?: string | null
}

interface GivenDeclaration extends Pick<ImportDeclaration, 'source' | 'collected_at'> {
  wording_id?: number | null
  wording_version?: number | null
  statement?: string | null
}

export const decidersOf = (consent: ImportConsent | null): Decider[] => consent?.decided_by ?? []

/** @throws BadMapping (422) naming the column or the part of the consent block */
export async function readOptions(
  request: ImportRequest,
  file: { workspaceId: number; columns: ImportColumn[] }
): Promise<ImportOptions> {
  const mapping = await readMapping(request.mapping, file)
  return {
    mapping,
    on_conflict: request.on_conflict ?? 'update',
    tags: tagNames(request.tags ?? []).map(({ name }) => name),
    consent: request.consent
      ? await readConsent(request.consent, { workspaceId: file.workspaceId, columns: file.columns, mapping })
      : null,
    tracking: await readTracking(mapping, request.tracking, file.workspaceId),
  }
}

async function readMapping(
  given: Record<string, string | null>,
  file: { workspaceId: number; columns: ImportColumn[] }
) {
  const fields = await fieldsOf(file.workspaceId, db.connection())
  const possible = [...targets, ...fields.map(({ key }) => `attributes.${key}`)]
  const mapping: Record<string, Target> = {}
  const columnOf = new Map<string, string>()
  for (const [column, target] of Object.entries(given)) {
    if (target === null || target === '') continue
    const field = `mapping.${column}`
    if (!file.columns.some(({ name }) => name === column)) {
      throw new BadMapping(
        `This file has no column “${column}”. It has: ${file.columns.map(({ name }) => name).join(', ')}.`,
        { field }
      )
    }
    if (!possible.includes(target)) {
      throw new BadMapping(
        `“${target}” is nothing a column can become. Possible: ${possible.join(', ')}. Add a field first to keep something else.`,
        {
          field,
        }
      )
    }
    const other = columnOf.get(target)
    if (other !== undefined && target !== 'tags') {
      throw new BadMapping(`“${other}” and “${column}” cannot both become ${target}. Leave one of them out.`, { field })
    }
    columnOf.set(target, column)
    mapping[column] = target as Target
  }
  if (!columnOf.has('email') && !columnOf.has('external_id')) {
    throw new BadMapping(
      'Choose the column that holds the e-mail address (or an external id): people are recognised by it.',
      {
        field: 'mapping',
      }
    )
  }
  return mapping
}

async function readConsent(
  given: GivenConsent,
  { workspaceId, columns, mapping }: { workspaceId: number; columns: ImportColumn[]; mapping: Record<string, Target> }
): Promise<ImportConsent> {
  const { channel = 'email', topic_ids: topicIds, basis } = given
  if (channel !== 'email') throw new BadMapping('Possible channels: email.', { field: 'consent.channel' })
  if (!(bases as readonly string[]).includes(basis)) {
    throw new BadMapping(`basis must be one of ${bases.join(', ')}.`, { field: 'consent.basis' })
  }
  const ids = topicIds.filter((id) => /^\d{1,15}$/.test(id))
  const topics = await db.from('topics').where('workspace_id', workspaceId).whereIn('id', ids).whereNull('archived_at')
  if (topicIds.length === 0 || topics.length < new Set(topicIds).size) {
    throw new BadMapping('Name at least one topic, and only topics that exist and are not archived.', {
      field: 'consent.topic_ids',
    })
  }
  const deciders = readDeciders(given.decided_by ?? [], { topicIds, columns, mapping })
  const isAllNo = deciders.length > 0 && deciders.every(({ agreed }) => agreed.length === 0)
  return {
    channel,
    basis: basis as Basis,
    topic_ids: [...new Set(topicIds)],
    decided_by: deciders,
    collected_at_column: readTimeColumn(given, columns),
    ...(await readDeclaration(given, { workspaceId, at: 'consent', isWordless: isAllNo })),
  }
}

function readTimeColumn({ collected_at_column: column, basis }: GivenConsent, columns: ImportColumn[]): string | null {
  if (!column) return null
  const field = 'consent.collected_at_column'
  if (!columns.some(({ name }) => name === column))
    throw new BadMapping(`This file has no column “${column}”.`, { field })
  if (basis === 'soft_opt_in_charity_uk') {
    throw new BadMapping('On this basis nobody agreed before 5 February 2026: name one day for all of them.', { field })
  }
  return column
}

/** A yes in a column says nothing without the words that it was said to. */
async function readTracking(
  mapping: Record<string, Target>,
  given: GivenDeclaration | null | undefined,
  workspaceId: number
): Promise<ImportDeclaration | null> {
  if (!Object.values(mapping).includes('tracking')) return null
  if (given) return readDeclaration(given, { workspaceId, at: 'tracking' })
  throw new BadMapping(
    'A column says whether opens and clicks may be noted: say in "tracking" what the people were told, where and when.',
    { field: 'tracking' }
  )
}

const readDeclaration = async (given: GivenDeclaration, of: DeclarationPlace) => ({
  ...(await readWords(given, of)),
  source: given.source,
  collected_at: moment(given.collected_at, of.at),
})

interface DeclarationPlace {
  workspaceId: number
  at: string
  /** Nobody agrees to anything in it, so that nobody need have been told anything. */
  isWordless?: boolean
}

async function readWords(
  { wording_id: id, wording_version: version, statement }: GivenDeclaration,
  { workspaceId, at, isWordless = false }: DeclarationPlace
) {
  if (isWordless) return { wording: null, statement: null }
  if (!id && !statement) {
    throw new BadMapping('Say what the people were told: wording_id or statement.', { field: `${at}.statement` })
  }
  if (!id) return { wording: null, statement: statement! }
  if (statement) {
    throw new BadMapping('Name the wording or the statement, not both.', { field: `${at}.statement` })
  }
  const wording = await namedWording({ workspaceId, wording: { id, version } }).catch((error) => {
    if (!(error instanceof NoSuchWording)) throw error
    throw new BadMapping('There is no such wording, or not in this version.', { field: `${at}.wording_id` })
  })
  return { wording: { id, version: wording.version }, statement: null }
}

function moment(given: string, at: string): string {
  const time = DateTime.fromISO(given, { zone: 'utc' })
  if (!/^\d{4}-\d\d-\d\d/.test(given) || !time.isValid || time.year < 1900) {
    throw new BadMapping('collected_at needs a day like "2026-10-03".', { field: `${at}.collected_at` })
  }
  if (time > DateTime.utc().plus({ minutes: 5 })) {
    throw new BadMapping('collected_at lies in the future. Say when the people agreed.', {
      field: `${at}.collected_at`,
    })
  }
  return time.toISO()!
}
