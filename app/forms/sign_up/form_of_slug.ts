import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { Workspace } from '#identity'
import { readToken, signToken } from '#platform'
import { NoSuchForm } from '../errors.ts'
import type { DoubtPolicy } from '../quarantine/policy.ts'
import type { FormDefinition } from './definition.ts'
import { wordsOf } from './words.ts'

/** A form as one visitor sees it. */
export interface ShownForm {
  id: number
  name: string
  slug: string
  version: number
  isOpen: boolean
  /** What it makes of doubts, as far as it says (../quarantine/policy.ts). */
  doubts?: Partial<DoubtPolicy>
  definition: FormDefinition
  workspace: Workspace
  /** Of the topics offered those that are still there. */
  topics: { id: number; name: string; description: string; doubleOptIn: boolean }[]
}

/**
 * The form at an address, as `version` showed it or as it is now.
 *
 * @throws NoSuchForm (404), also for one that was deleted
 */
export const formOfSlug = (
  slug: string,
  client: QueryClientContract,
  { version = null }: { version?: number | null } = {}
): Promise<ShownForm> => shown('f.slug = ? and f.deleted_at is null', [slug], { version, client })

/** Reads topics (#consent) by SELECT only. */
async function shown(
  where: string,
  bindings: unknown[],
  { version, client }: { version: number | null; client: QueryClientContract }
): Promise<ShownForm> {
  const { rows } = await client.rawQuery(
    `select f.*, v.version as shown, v.definition from forms f
     join form_versions v on v.workspace_id = f.workspace_id and v.form_id = f.id and v.version = coalesce(?::int, f.version)
     where ${where}`,
    [version, ...bindings] as any[]
  )
  if (rows.length === 0) throw new NoSuchForm('There is no form at this address.')
  const [row] = rows
  const definition: FormDefinition = row.definition
  const topics = await topicsOffered(row.workspace_id, definition.topic_ids, client)
  return {
    id: row.id,
    name: row.name,
    slug: row.slug,
    version: row.shown,
    isOpen: row.is_open && topics.length > 0,
    doubts: row.doubts,
    definition,
    workspace: await Workspace.query({ client }).where('id', row.workspace_id).firstOrFail(),
    topics,
  }
}

/** Of these topics those that are still there, in this order. */
export async function topicsOffered(
  workspaceId: number,
  ids: number[],
  client: QueryClientContract
): Promise<ShownForm['topics']> {
  const { rows } = await client.rawQuery(
    `select id, name, description, double_opt_in as "doubleOptIn" from topics
     where workspace_id = ? and id = any(?::bigint[]) and archived_at is null order by array_position(?::bigint[], id)`,
    [workspaceId, ids, ids] as any[]
  )
  return rows
}

const PURPOSE = 'form'

/** Rides along in the form: which version was shown, and when (seconds; 0 where that is not known: in another page). */
export const stampOf = ({ workspace, id, version }: ShownForm, at = Math.floor(Date.now() / 1_000)) =>
  signToken(PURPOSE, [workspace.id, id, version, at])

/** The stamp of this form, or null for none, another form's or one that we did not sign. */
export function readStamp(stamp: unknown, { workspace, id }: Pick<ShownForm, 'workspace' | 'id'>) {
  const numbers = typeof stamp === 'string' ? readToken(PURPOSE, stamp) : null
  if (numbers?.length !== 4 || numbers[0] !== workspace.id || numbers[1] !== id) return null
  return { version: numbers[2], seconds: Math.max(0, Math.floor(Date.now() / 1_000) - numbers[3]) }
}

/** What somebody who ticks a topic agrees to: the form's sentence and the name that stood beside the box. */
export const statementFor = ({ definition }: Pick<ShownForm, 'definition'>, topic: { name: string }) =>
  `☑ ${topic.name}\n${definition.wording.text}`

/** What stands beside the box of a form that asks whether opens and clicks may be noted. */
export const mayMeasureWords = ({ definition, workspace }: Pick<ShownForm, 'definition' | 'workspace'>) =>
  wordsOf(definition.language).t('tracking', { workspace: workspace.name })

/** The form as it was when somebody signed up, also after it was closed or deleted. */
export async function formOfSubmission(
  { workspaceId, formId, version }: { workspaceId: number; formId: number; version: number },
  client: QueryClientContract
): Promise<ShownForm> {
  return shown(`f.workspace_id = ? and f.id = ?`, [workspaceId, formId], { version, client })
}
