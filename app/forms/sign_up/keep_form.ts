import { randomBytes } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { audit, type Actor, type Workspace } from '#identity'
import { touch } from '#platform'
import { FormEditedMeanwhile } from '../errors.ts'
import { Form } from '../models/form.ts'
import { policyOf, type DoubtPolicy } from '../quarantine/policy.ts'
import { refuseUnsound, refuseWithoutSender, type FormDefinition } from './definition.ts'

type Definition = Omit<FormDefinition, 'wording'> & { wording: string }

interface Change {
  workspace: Workspace
  actor: Actor
  trx: TransactionClientContract
}

/** A new form at an address of its own, open at once or a draft that only the team sees. @throws InvalidForm */
export async function createForm({
  name,
  isOpen,
  doubts,
  definition,
  ...change
}: Change & {
  name: string
  isOpen: boolean
  doubts?: Partial<DoubtPolicy>
  definition: Definition
}): Promise<Form> {
  const { workspace, trx } = change
  const first = { ...definition, wording: { text: definition.wording, version: 1 } }
  await refuseUnsound(workspace, first, trx)
  const form = await Form.create(
    { workspaceId: workspace.id, name, slug: newSlug(name), version: 1, isOpen, doubts: policyOf(doubts) },
    { client: trx }
  )
  await form.refresh()
  await publish(form, first, change)
  await note('form.created', form, change)
  return form
}

/**
 * What visitors see changes as a new version: who signed up by an older one agreed to what stood there. The same
 * again is no version. `seen`: the version that was changed, which must still be the last one.
 *
 * @throws InvalidForm, FormEditedMeanwhile
 */
export async function changeForm(
  form: Form,
  {
    name,
    isOpen,
    seen,
    doubts,
    definition: changed = {},
    ...change
  }: Change & {
    name?: string
    isOpen?: boolean
    seen?: number
    doubts?: Partial<DoubtPolicy>
    definition?: Partial<Definition>
  }
): Promise<Form> {
  const { workspace, trx } = change
  await Form.of(workspace, { client: trx }).where('id', form.id).forUpdate().firstOrFail()
  await form.useTransaction(trx).refresh()
  if (seen !== undefined && seen !== form.version) throw await editedMeanwhile(form, trx)
  const before = await definitionOf(form, trx)
  const { wording, ...rest } = changed
  const next: FormDefinition = { ...before, ...rest, wording: reworded(before, wording, rest.language) }
  const isNew = !isDeepStrictEqual(next, before)
  if (isNew || isOpen) await refuseUnsound(workspace, next, trx)
  form.merge({
    ...(name === undefined ? {} : { name }),
    ...(isOpen === undefined ? {} : { isOpen }),
    ...(doubts && { doubts: { ...policyOf(form.doubts), ...doubts } }),
    version: form.version + (isNew ? 1 : 0),
  })
  await form.save()
  if (isNew) await publish(form, next, change)
  await note('form.updated', form, change, { version: form.version, ...(doubts && { doubts }) })
  return form
}

/** Nobody can sign up here any more; links that were mailed go on working. `restoreForm` takes it back. */
export async function deleteForm(form: Form, change: Change) {
  await change.trx
    .from('forms')
    .where({ workspace_id: form.workspaceId, id: form.id })
    .update({ deleted_at: new Date() })
  await note('form.deleted', form, change)
}

/** @throws InvalidForm where an open one would have no sender any more */
export async function restoreForm(form: Form, change: Change): Promise<Form> {
  if (form.isOpen) await refuseWithoutSender(change.workspace, change.trx)
  await change.trx.from('forms').where({ workspace_id: form.workspaceId, id: form.id }).update({ deleted_at: null })
  await note('form.restored', form, change)
  await form.useTransaction(change.trx).refresh()
  return form
}

export async function definitionOf(
  form: Pick<Form, 'workspaceId' | 'id' | 'version'>,
  client: Pick<TransactionClientContract, 'from'>
): Promise<FormDefinition> {
  const row = await client
    .from('form_versions')
    .where({ workspace_id: form.workspaceId, form_id: form.id, version: form.version })
    .firstOrFail()
  return row.definition
}

async function editedMeanwhile({ workspaceId, id, version }: Form, trx: TransactionClientContract) {
  const row = await trx.from('form_versions').where({ workspace_id: workspaceId, form_id: id, version }).firstOrFail()
  return new FormEditedMeanwhile(`${row.changed_by} saved this form since you opened it.`, {
    version,
    edited_by: row.changed_by,
    edited_at: row.created_at.toISOString(),
  })
}

/** Other words, or the same ones in a form of another language, are another wording. */
function reworded(before: FormDefinition, text?: string, language?: string): FormDefinition['wording'] {
  const isSame =
    (text === undefined || text === before.wording.text) && (language ?? before.language) === before.language
  return isSame ? before.wording : { text: text ?? before.wording.text, version: before.wording.version + 1 }
}

const publish = (form: Form, definition: FormDefinition, { actor, trx }: Change) =>
  trx.table('form_versions').insert({
    workspace_id: form.workspaceId,
    form_id: form.id,
    version: form.version,
    definition: JSON.stringify(definition),
    changed_by: actor.label,
  })

async function note(action: string, form: Form, { actor, trx }: Change, details: Record<string, unknown> = {}) {
  const { workspaceId } = form
  await audit(action, { workspaceId, actor, subject: { type: 'form', id: form.id }, details, trx })
  await touch(trx, workspaceId, ['forms', `forms/${form.id}`])
}

/** Readable, and not to be guessed from the name. */
function newSlug(name: string): string {
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  const suffix = randomBytes(5).toString('hex')
  return `${words.slice(0, 40).replace(/-$/, '') || 'form'}-${suffix}`
}
