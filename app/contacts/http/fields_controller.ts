import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import vine from '@vinejs/vine'
import { audit } from '#identity'
import { keysetPage, line, pageRequest, touch } from '#platform'
import { fieldTypes } from '../attributes.ts'
import { FieldInUse, FieldKeyTaken, InvalidField } from '../errors.ts'
import { ContactField } from '../models/contact_field.ts'
import { personColumns } from '../person_vars.ts'

const choices = () => vine.array(line(120).minLength(1)).minLength(1).maxLength(200)

const createValidator = vine.create({
  key: vine
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z][a-z0-9_]{0,49}$/),
  label: line(120).minLength(1).optional(),
  type: vine.enum(fieldTypes),
  choices: choices().nullable().optional(),
})

const updateValidator = vine.create({
  label: line(120).minLength(1).optional(),
  choices: choices().optional(),
  key: vine.any().optional(),
  type: vine.any().optional(),
})

/** `GET/POST/PATCH/DELETE /fields`: typed custom fields. Key and type are for good, because values were checked by them. */
export default class FieldsController {
  async index(ctx: HttpContext) {
    return keysetPage(ContactField.of(ctx.workspace), {
      ...pageRequest(ctx),
      sort: [{ column: 'id', direction: 'asc', value: (field: ContactField) => field.id }],
      toJson: fieldJson,
    })
  }

  async store({ request, response, workspace, actor }: HttpContext) {
    const input = await request.validateUsing(createValidator)
    if ([...personColumns, 'id', 'tags', 'attributes', 'created_at', 'updated_at'].includes(input.key as any)) {
      throw new InvalidField('Every contact has this already. Choose another key.', { field: 'key' })
    }
    const field = await db.transaction(async (trx) => {
      const made = await ContactField.create(
        {
          workspaceId: workspace.id,
          key: input.key,
          label: input.label ?? input.key.replaceAll('_', ' '),
          type: input.type,
          choices: choicesOf(input.type, input.choices),
        },
        { client: trx }
      ).catch((error) => {
        if (error?.code !== '23505') throw error
        throw new FieldKeyTaken('A field with this key exists. Choose another key.', { field: 'key' })
      })
      await made.refresh()
      await note('field.created', made, { actor, trx })
      return made
    })
    return response.created(fieldJson(field))
  }

  async update({ params, request, workspace, actor }: HttpContext) {
    const field = await ContactField.of(workspace).findOrFail(params.id)
    const input = await request.validateUsing(updateValidator)
    for (const fixed of ['key', 'type'] as const) {
      if (input[fixed] !== undefined && input[fixed] !== field[fixed]) {
        throw new InvalidField(`The ${fixed} of a field is for good. Make a new field instead.`, { field: fixed })
      }
    }
    const kept = input.choices && choicesOf(field.type, input.choices)
    if (kept) await refuseUsedChoices(field, kept)
    await db.transaction(async (trx) => {
      await field
        .useTransaction(trx)
        .merge({ ...(input.label ? { label: input.label } : {}), ...(kept ? { choices: kept } : {}) })
        .save()
      await note('field.updated', field, { actor, trx })
    })
    return fieldJson(field)
  }

  /** The field and what people had in it. `removed_from` says how many. */
  async destroy({ params, workspace, actor }: HttpContext) {
    const field = await ContactField.of(workspace).findOrFail(params.id)
    const removedFrom = await db.transaction(async (trx) => {
      const { rowCount } = await trx.rawQuery(
        `update contacts set attributes = attributes - ?::text where workspace_id = ? and attributes->>? is not null`,
        [field.key, workspace.id, field.key]
      )
      await field.useTransaction(trx).delete()
      await note('field.deleted', field, { actor, trx })
      return rowCount as number
    })
    return { id: String(field.id), deleted: true, removed_from: removedFrom }
  }
}

const fieldJson = (field: ContactField) => ({
  id: String(field.id),
  key: field.key,
  label: field.label,
  type: field.type as (typeof fieldTypes)[number],
  choices: field.choices as string[] | null,
  created_at: field.createdAt.toUTC().toISO()!,
})

function choicesOf(type: string, given: string[] | null | undefined): string[] | null {
  if (!['choice', 'multi_choice'].includes(type)) {
    if (given?.length) throw new InvalidField('Only choice and multi_choice have choices.', { field: 'choices' })
    return null
  }
  if (!given?.length) throw new InvalidField('Name at least one choice.', { field: 'choices' })
  const known = new Set(given.map((choice) => choice.toLowerCase()))
  if (known.size < given.length) throw new InvalidField('Two choices are the same.', { field: 'choices' })
  return given
}

async function refuseUsedChoices(field: ContactField, kept: string[]) {
  const gone = (field.choices as string[]).filter((choice) => !kept.includes(choice))
  for (const choice of gone) {
    const value = field.type === 'choice' ? choice : [choice]
    const { rows } = await db.rawQuery(
      `select count(*) as people from contacts where workspace_id = ? and attributes @> ?::jsonb and deleted_at is null`,
      [field.workspaceId, JSON.stringify({ [field.key]: value })]
    )
    if (rows[0].people > 0) {
      throw new FieldInUse(`${rows[0].people} people have "${choice}". Give them another choice first.`, {
        field: 'choices',
        people: rows[0].people,
      })
    }
  }
}

async function note(action: string, field: ContactField, { actor, trx }: { actor: HttpContext['actor']; trx: any }) {
  const { workspaceId } = field
  await audit(action, {
    workspaceId,
    actor,
    subject: { type: 'field', id: field.id },
    details: { key: field.key },
    trx,
  })
  await touch(trx, workspaceId, ['fields', 'contacts'])
}
