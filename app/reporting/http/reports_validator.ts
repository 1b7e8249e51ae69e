import vine from '@vinejs/vine'
import { id } from '#platform'

/** `?ids=12,15`: the campaigns of one page of a list. */
export const resultsValidator = vine.create({
  ids: vine
    .array(id())
    .parse((value) => (typeof value === 'string' ? value.split(',') : value))
    .minLength(1)
    .maxLength(100),
})
