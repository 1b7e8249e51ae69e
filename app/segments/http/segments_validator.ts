import vine from '@vinejs/vine'
import { line } from '#platform'

const name = () => line(120).minLength(1)

export const createSegmentValidator = vine.create({ name: name(), rule: vine.any() })
export const updateSegmentValidator = vine.create({ name: name().optional(), rule: vine.any().optional() })
export const previewRuleValidator = vine.create({ rule: vine.any() })
export const explainRuleValidator = vine.create({
  rule: vine.any().optional(),
  segment_id: vine.string().optional().requiredIfMissing('rule'),
  contact_id: vine.string(),
})
