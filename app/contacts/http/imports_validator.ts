import vine from '@vinejs/vine'
import { id } from '#platform'

const declaration = () => ({
  wording_id: id().nullable().optional(),
  wording_version: vine.number().withoutDecimals().positive().max(2_147_483_647).nullable().optional(),
  statement: vine.string().trim().minLength(1).maxLength(5000).nullable().optional(),
  source: vine.string().trim().minLength(1).maxLength(500),
  collected_at: vine.string(),
})

export const columnValuesValidator = vine.create({ column: vine.string() })

/** Values of a column as they stand in the file; '' is a blank cell. */
const answers = () => vine.array(vine.string().maxLength(200)).maxLength(100)

export const importOptionsValidator = vine.create({
  mapping: vine.record(vine.string().nullable()),
  on_conflict: vine.enum(['update', 'skip'] as const).optional(),
  tags: vine.array(vine.string().maxLength(200)).maxLength(50).optional(),
  consent: vine
    .object({
      channel: vine.string().optional(),
      topic_ids: vine.array(vine.string()).maxLength(50),
      basis: vine.string(),
      collected_at_column: vine.string().nullable().optional(),
      decided_by: vine
        .array(
          vine.object({
            column: vine.string(),
            topic_ids: vine.array(vine.string()).maxLength(50).optional(),
            agreed: answers().optional(),
            withdrawn: answers().optional(),
          })
        )
        .maxLength(50)
        .nullable()
        .optional(),
      ...declaration(),
    })
    .nullable()
    .optional(),
  tracking: vine.object(declaration()).nullable().optional(),
})
