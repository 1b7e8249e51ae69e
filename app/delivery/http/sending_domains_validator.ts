import vine from '@vinejs/vine'
import { line } from '#platform'
import { regions } from '../domains/at_resend.ts'
import { domainName } from '../domains/domain_name.ts'

const host = () =>
  vine
    .string()
    .parse((value) => (typeof value === 'string' ? (domainName(value) ?? value) : value))
    .maxLength(253)
    .regex(/^([a-z0-9-]+\.)+[a-z0-9-]*[a-z][a-z0-9-]*$/)

const watched = {
  return_path: host().optional(),
  dkim_selectors: vine
    .array(
      vine
        .string()
        .trim()
        .toLowerCase()
        .maxLength(100)
        .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/)
    )
    .maxLength(5)
    .distinct()
    .optional(),
  reply_to_domain: host().nullable().optional(),
}

export const addDomainValidator = vine.create({
  domain: line(253),
  region: vine.enum(regions).optional(),
  ...watched,
})

export const changeDomainValidator = vine.create(watched)

export const removeDomainValidator = vine.create({ at_provider: vine.boolean().optional() })
