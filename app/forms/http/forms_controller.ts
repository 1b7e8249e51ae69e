import type { HttpContext } from '@adonisjs/core/http'
import type { Infer } from '@vinejs/vine/types'
import db from '@adonisjs/lucid/services/db'
import { keysetPage, pageRequest } from '#platform'
import { Form } from '../models/form.ts'
import type { FormDefinition } from '../sign_up/definition.ts'
import { presentFields } from '../sign_up/answers.ts'
import { embedSnippet } from '../sign_up/embed_snippet.ts'
import { formJson } from '../sign_up/form_json.ts'
import { formOfSlug } from '../sign_up/form_of_slug.ts'
import { changeForm, createForm, definitionOf, deleteForm, restoreForm } from '../sign_up/keep_form.ts'
import { createFormValidator, updateFormValidator } from './forms_validator.ts'

/** `/forms`: what visitors see of one is a version, made by every change. Deleting closes its page; it can be restored. */
export default class FormsController {
  async index(ctx: HttpContext) {
    const { data, ...rest } = await keysetPage(Form.of(ctx.workspace).whereNull('deleted_at'), {
      ...pageRequest(ctx),
      sort: [{ column: 'id', direction: 'desc', value: (form: Form) => form.id }],
      toJson: (form: Form) => form,
    })
    const versions = await db
      .from('form_versions')
      .where('workspace_id', ctx.workspace.id)
      .whereIn(
        ['form_id', 'version'] as any,
        data.map(({ id, version }) => [id, version])
      )
    const definitions = new Map(versions.map((row) => [row.form_id, row.definition as FormDefinition]))
    return { data: data.map((form) => formJson(form, definitions.get(form.id)!)), ...rest }
  }

  async store({ request, response, workspace, actor }: HttpContext) {
    const { name, ...input } = await request.validateUsing(createFormValidator)
    const form = await db.transaction((trx) =>
      createForm({
        workspace,
        name,
        definition: { ...DEFAULTS, title: name, ...given(input, DEFAULTS) } as any,
        actor,
        trx,
      })
    )
    return response.created(formJson(form, await definitionOf(form, db)))
  }

  async show({ params, workspace }: HttpContext) {
    const form = await Form.of(workspace).whereNull('deleted_at').findOrFail(params.id)
    return formJson(form, await definitionOf(form, db))
  }

  /** `GET /forms/:id/embed`: what is pasted into another page. */
  async embed({ params, workspace }: HttpContext) {
    const form = await Form.of(workspace).whereNull('deleted_at').findOrFail(params.id)
    const shown = await formOfSlug(form.slug, db.connection())
    return { html: embedSnippet(shown, await presentFields(workspace.id, shown.definition.fields, db.connection())) }
  }

  async update({ params, request, workspace, actor }: HttpContext) {
    const form = await Form.of(workspace).whereNull('deleted_at').findOrFail(params.id)
    const { name, is_open: isOpen, ...input } = await request.validateUsing(updateFormValidator)
    const before = await definitionOf(form, db)
    const changed = await db.transaction((trx) =>
      changeForm(form, { workspace, name, isOpen, definition: given(input, before) as any, actor, trx })
    )
    return formJson(changed, await definitionOf(changed, db))
  }

  async destroy({ params, response, workspace, actor }: HttpContext) {
    const form = await Form.of(workspace).whereNull('deleted_at').findOrFail(params.id)
    await db.transaction((trx) => deleteForm(form, { workspace, actor, trx }))
    return response.noContent()
  }

  async restore({ params, workspace, actor }: HttpContext) {
    const form = await Form.of(workspace).findOrFail(params.id)
    const restored = await db.transaction((trx) => restoreForm(form, { workspace, actor, trx }))
    return formJson(restored, await definitionOf(restored, db))
  }
}

type Settings = Omit<FormDefinition, 'wording' | 'topic_ids' | 'title'>
type Input = Omit<Infer<typeof updateFormValidator>, 'name' | 'is_open'>

const DEFAULTS: Settings = {
  language: 'en',
  intro: '',
  fields: [],
  button: null,
  look: { color: '#1a5fb4', scheme: 'auto' },
  success: { message: null, redirect_url: null },
  double_opt_in: true,
  pending_days: 14,
  origins: [],
  refuses: { role: false, disposable: true },
}

/** What was sent, each part complete. */
function given(
  { fields, look, success, refuses, ...input }: Input,
  before: Pick<Settings, 'look' | 'success' | 'refuses'>
) {
  return {
    ...input,
    ...(fields && {
      fields: fields.map(({ name, label, required = false, hidden = false, value = null }) => ({
        name,
        label,
        required,
        hidden,
        value,
      })),
    }),
    ...(look && { look: { ...before.look, ...look } }),
    ...(refuses && { refuses: { ...before.refuses, ...refuses } }),
    ...(success && { success: { ...before.success, ...success } }),
  }
}
