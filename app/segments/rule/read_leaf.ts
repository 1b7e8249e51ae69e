import { proofStrengths } from '#consent'
import { InvalidRule } from '../errors.ts'
import type { Catalogue } from './catalogue.ts'
import type { Field } from './fields.ts'
import { operatorsOf, type Operator } from './operators.ts'
import type { Kind } from './read_rule.ts'
import { consentStatuses, eventNames, type ConsentLeaf, type EventLeaf, type FieldLeaf, type Leaf } from './rule.ts'
import { readDays, readText, readValue } from './values.ts'

type Json = Record<string, unknown>

export function readLeaf(node: Json, kind: Kind, path: string, catalogue: Catalogue): Leaf {
  switch (kind) {
    case 'field':
      return readField(node, path, catalogue)
    case 'tag':
      return { kind: 'tag', tag: readText(node.tag, `${path}.tag`) }
    case 'event':
      return readEvent(node, path)
    default:
      return readConsent(node.consent, `${path}.consent`, catalogue)
  }
}

function readField(node: Json, path: string, { fields, timezone }: Catalogue): FieldLeaf {
  const field = typeof node.field === 'string' ? fields.get(node.field) : undefined
  if (!field) {
    throw new InvalidRule(`There is no such field. Possible: ${[...fields.keys()].join(', ')}.`, {
      field: `${path}.field`,
    })
  }
  const op = operatorOf(node.op, field, `${path}.op`)
  return { kind: 'field', field, op, value: readValue(node.value, op, field, `${path}.value`, timezone) }
}

function operatorOf(raw: unknown, field: Field, path: string): Operator {
  const possible = operatorsOf[field.type]
  if (possible.includes(raw as Operator)) return raw as Operator
  throw new InvalidRule(`${field.name} is of type ${field.type}. Possible operators: ${possible.join(', ')}.`, {
    field: path,
  })
}

function readEvent(node: Json, path: string): EventLeaf {
  const event = eventNames.find((name) => name === node.event)
  if (!event) throw new InvalidRule(`Possible events: ${eventNames.join(', ')}.`, { field: `${path}.event` })
  return {
    kind: 'event',
    event,
    campaignId: given(node.campaign_id) ? readId(node.campaign_id, `${path}.campaign_id`) : null,
    withinDays: given(node.within_days) ? readDays(node.within_days, `${path}.within_days`) : null,
    atLeast: given(node.at_least) ? readTimes(node.at_least, `${path}.at_least`) : 1,
  }
}

const given = (raw: unknown) => raw !== undefined && raw !== null

function readTimes(raw: unknown, path: string): number {
  if (Number.isInteger(raw) && (raw as number) >= 1 && (raw as number) <= 1000) return raw as number
  throw new InvalidRule('at_least needs a whole number from 1 to 1000.', { field: path })
}

function readId(raw: unknown, path: string): number {
  if (/^[1-9]\d{0,14}$/.test(String(raw))) return Number(raw)
  throw new InvalidRule('This is not an id.', { field: path })
}

function readConsent(raw: unknown, path: string, { topics }: Catalogue): ConsentLeaf {
  const keys = ['channel', 'topic_id', 'status', 'proof']
  if (typeof raw !== 'object' || raw === null || Object.keys(raw).some((key) => !keys.includes(key))) {
    throw new InvalidRule(`A consent condition is an object with ${keys.join(', ')}.`, { field: path })
  }
  const { channel = 'email', topic_id: topicId, status: wanted = 'granted', proof: wantedProof } = raw as Json
  if (channel !== 'email') throw new InvalidRule('Possible channels: email.', { field: `${path}.channel` })
  const topicName = topics.get(String(topicId))
  if (topicName === undefined) {
    throw new InvalidRule('There is no such topic. Choose another.', { field: `${path}.topic_id` })
  }
  const status = consentStatuses.find((name) => name === wanted)
  if (!status) throw new InvalidRule(`Possible statuses: ${consentStatuses.join(', ')}.`, { field: `${path}.status` })
  const proof = proofStrengths.find((name) => name === wantedProof) ?? null
  if (given(wantedProof) && proof === null) {
    throw new InvalidRule(`Possible proofs: ${proofStrengths.join(', ')}.`, { field: `${path}.proof` })
  }
  if (proof && status !== 'granted' && status !== 'expired') {
    throw new InvalidRule('Only who agreed has a proof: ask for the status granted or expired.', {
      field: `${path}.proof`,
    })
  }
  return { kind: 'consent', channel, topicId: Number(topicId), topicName, status, proof }
}
