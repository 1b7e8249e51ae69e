import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import { keysetPage, pageRequest } from '#platform'
import { Form } from '../models/form.ts'
import { presentFields } from '../sign_up/answers.ts'
import type { FormDefinition } from '../sign_up/definition.ts'
import { embedScript, embedSnippet } from '../sign_up/embed_snippet.ts'
import { formJson } from '../sign_up/form_json.ts'
import { formOfSlug, topicsOffered } from '../sign_up/form_of_slug.ts'
import { changeForm, createForm, definitionOf, deleteForm, restoreForm } from '../sign_up/keep_form.ts'
import { previewForm } from '../sign_up/preview_form.ts'
import { signUpsOf } from '../sign_up/sign_ups_of.ts'
import { DEFAULTS, given, unsaved } from './form_input.ts'
import {
  createFormValidator,
  listFormsValidator,
  previewFormValidator,
  updateFormValidator,
} from './forms_validator.ts'

/** `/forms`: what visitors see of one is a version, made by every change. Deleting closes its page; it can be restored. */
export default class FormsController {
  async index(ctx: HttpContext) {
    const { q, state } = await ctx.request.validateUsing(listFormsValidator, { data: ctx.request.qs() })
    const query = Form.of(ctx.workspace)
    if (state === 'deleted') query.whereNotNull('deleted_at')
    else query.whereNull('deleted_at')
    if (state === 'open' || state === 'closed') query.where('is_open', state === 'open')
    if (q) query.whereRaw('name ilike ?', [`%${q.replace(/[\\%_]/g, '\\$&')}%`])
    const { data, ...rest } = await keysetPage(query, {
      ...pageRequest(ctx),
      sort: [{ column: 'id', direction: 'desc', value: (form: Form) => form.id }],
      toJson: (form: Form) => form,
    })
    return { data: await allJson(data), ...rest }
  }

  async store({ request, response, workspace, actor }: HttpContext) {
    const { name, is_open: isOpen = true, doubts, ...input } = await request.validateUsing(createFormValidator)
    const form = await db.transaction((trx) =>
      createForm({
        workspace,
        name,
        isOpen,
        doubts,
        definition: { ...DEFAULTS, title: name, ...given(input, DEFAULTS) } as any,
        actor,
        trx,
      })
    )
    return response.created(await json(form))
  }

  async show({ params, workspace }: HttpContext) {
    return json(await Form.of(workspace).whereNull('deleted_at').findOrFail(params.id))
  }

  /** `POST /forms/preview`: a step of what is being typed, by the very templates that visitors get. Nothing is kept. */
  async preview({ request, workspace, view }: HttpContext) {
    const { step = 'form', ...input } = await request.validateUsing(previewFormValidator)
    const client = db.connection()
    const definition = unsaved(input)
    const topics = await topicsOffered(workspace.id, definition.topic_ids, client)
    const form = { id: 0, name: '', slug: '', version: 0, isOpen: true, definition, workspace, topics }
    return previewForm(form, step, { render: (template, data) => view.render(template, data), client })
  }

  /** `GET /forms/:id/embed`: what is pasted into another page; the script below it is for an answer in its place. */
  async embed({ params, workspace }: HttpContext) {
    const form = await Form.of(workspace).whereNull('deleted_at').findOrFail(params.id)
    const shown = await formOfSlug(form.slug, db.connection())
    const fields = await presentFields(workspace.id, shown.definition.fields, db.connection())
    return { html: embedSnippet(shown, fields), script: embedScript() }
  }

  async update({ params, request, workspace, actor }: HttpContext) {
    const form = await Form.of(workspace).whereNull('deleted_at').findOrFail(params.id)
    const { name, is_open: isOpen, version: seen, doubts, ...input } = await request.validateUsing(updateFormValidator)
    const before = await definitionOf(form, db)
    const changed = await db.transaction((trx) =>
      changeForm(form, { workspace, name, isOpen, seen, doubts, definition: given(input, before) as any, actor, trx })
    )
    return json(changed)
  }

  async destroy({ params, response, workspace, actor }: HttpContext) {
    const form = await Form.of(workspace).whereNull('deleted_at').findOrFail(params.id)
    await db.transaction((trx) => deleteForm(form, { workspace, actor, trx }))
    return response.noContent()
  }

  async restore({ params, workspace, actor }: HttpContext) {
    const form = await Form.of(workspace).findOrFail(params.id)
    return json(await db.transaction((trx) => restoreForm(form, { workspace, actor, trx })))
  }
}

const json = async (form: Form) => (await allJson([form]))[0]

async function allJson(forms: Form[]) {
  if (forms.length === 0) return []
  const versions = await db
    .from('form_versions')
    .where('workspace_id', forms[0].workspaceId)
    .whereIn(
      ['form_id', 'version'] as any,
      forms.map(({ id, version }) => [id, version])
    )
  const definitions = new Map(versions.map((row) => [row.form_id, row.definition as FormDefinition]))
  const signUps = await signUpsOf(forms, db.connection())
  return forms.map((form) => formJson(form, definitions.get(form.id)!, signUps(form)))
}
