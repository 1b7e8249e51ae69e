import { english, type Phrases } from './phrases.ts'
import type { EventLeaf, FieldLeaf, Node } from './rule.ts'
import type { One } from './values.ts'

/** Names that a sentence says instead of ids. */
export interface Names {
  campaigns: Map<number, string>
}

/** A rule in one sentence: "People whose City is “Wien” and who have the tag “vip”." */
export function sentenceOf(node: Node, names: Names, say: Phrases = english): string {
  return isEveryone(node) ? `${say.everyone}.` : `${say.people(clause(node, names, say, true))}.`
}

const isEveryone = (node: Node) => node.kind === 'all' && node.children.length === 0

/** A part of the sentence; a group inside another one stands in brackets. */
export function clause(node: Node, names: Names, say: Phrases = english, isOutermost = false): string {
  switch (node.kind) {
    case 'all':
    case 'any': {
      if (node.children.length === 1) return clause(node.children[0], names, say, isOutermost)
      const parts = node.children.map((child) => clause(child, names, say))
      const text = list(parts, node.kind === 'all' ? say.and : say.or)
      return isOutermost ? text : `(${text})`
    }
    case 'not':
      return negated(node.child, names, say)
    case 'segment':
      return say.segment(say.quoted(node.name))
    case 'field':
      return fieldClause(node, say)
    case 'tag':
      return say.tag(say.quoted(node.tag))
    case 'event':
      return eventClause(node, say.event[node.event], names, say)
    case 'consent':
      return [
        say.consent[node.status](say.quoted(node.topicName)),
        ...(node.proof ? [say.proof[node.proof]] : []),
      ].join(' ')
  }
}

function negated(node: Node, names: Names, say: Phrases): string {
  if (node.kind === 'tag') return say.noTag(say.quoted(node.tag))
  if (node.kind === 'segment') return say.noSegment(say.quoted(node.name))
  if (node.kind === 'event' && node.atLeast === 1) return eventClause(node, say.noEvent[node.event], names, say)
  const text = clause(node, names, say)
  return say.not(text.startsWith('(') ? text : `(${text})`)
}

/** "a", "a and b", "a, b and c". */
function list(parts: string[], word: string) {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} ${word} ${parts.at(-1)}`
}

function fieldClause({ field, op, value }: FieldLeaf, say: Phrases): string {
  const isOfTime = field.type === 'date' || field.type === 'datetime'
  const told = (Array.isArray(value) ? value : [value])
    .filter((one): one is One => one !== null)
    .map((one) => tell(one, say))
  const order = isOfTime ? say.order[op] : undefined
  if (order) return say.field(field.label, `is ${order} ${told[0]}`)
  if (op === 'in' || op === 'not_in') return say.field(field.label, say.operator[op](list(told, say.or), ''))
  return say.field(field.label, say.operator[op](told[0] ?? '', told[1] ?? ''))
}

function tell(value: One, say: Phrases): string {
  if (typeof value === 'boolean') return value ? say.yes : say.no
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return /^\d{4}-\d\d-\d\d$/.test(value) ? value : say.quoted(value)
  return value.given
}

function eventClause(leaf: EventLeaf, verb: string, { campaigns }: Names, say: Phrases): string {
  const mail =
    leaf.campaignId === null
      ? say.anyMail
      : say.campaign(say.quoted(campaigns.get(leaf.campaignId) ?? `#${leaf.campaignId}`))
  const times = leaf.atLeast > 1 ? [say.times(leaf.atLeast)] : []
  const within = leaf.withinDays === null ? [] : [say.within(leaf.withinDays)]
  return [verb, mail, ...times, ...within].join(' ')
}
