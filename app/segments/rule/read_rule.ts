import { CircularSegment, InvalidRule } from '../errors.ts'
import type { Catalogue } from './catalogue.ts'
import { readLeaf } from './read_leaf.ts'
import { MAX_DEPTH, MAX_LEAVES, MAX_LEAVES_IN_ALL, type Node } from './rule.ts'

/** Where the reader stands: how deep, how many leaves so far, inside which segments. */
interface Place {
  catalogue: Catalogue
  depth: number
  leaves: { own: number; inAll: number }
  /** False inside a segment that the rule names. */
  isOwn: boolean
  /** The segments being unfolded, outermost first; the first is the one being saved, if any. */
  inside: { id: string; name: string }[]
}

/**
 * A rule as text-book JSON → a tree in which every name is looked up and every value fits its field. What does not is
 * refused with the path of the leaf and the list of what is possible.
 *
 * @param self the segment whose rule this is, so that it cannot come to contain itself
 */
export function readRule(raw: unknown, catalogue: Catalogue, self?: { id: number; name: string }): Node {
  const inside = self ? [{ id: String(self.id), name: self.name }] : []
  return readNode(raw, 'rule', { catalogue, depth: 1, leaves: { own: 0, inAll: 0 }, isOwn: true, inside })
}

function readNode(raw: unknown, path: string, place: Place): Node {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    throw new InvalidRule(`A rule is an object with one of: ${kinds.join(', ')}.`, { field: path })
  }
  if (place.depth > MAX_DEPTH) {
    throw new InvalidRule(`This rule is nested deeper than ${MAX_DEPTH} levels. Make a segment of a part of it.`, {
      field: path,
    })
  }
  const node = raw as Record<string, unknown>
  const kind = kinds.filter((name) => name in node)
  if (kind.length !== 1) {
    throw new InvalidRule(
      kind.length
        ? `A condition is one thing: ${kind.join(' and ')} cannot stand together. Put them into "all" or "any".`
        : `There is no such condition. Possible: ${kinds.join(', ')}.`,
      { field: path }
    )
  }
  refuseUnknownKeys(node, kind[0], path)
  switch (kind[0]) {
    case 'all':
    case 'any':
      return readGroup(node, kind[0], path, place)
    case 'not':
      return { kind: 'not', child: readNode(node.not, `${path}.not`, { ...place, depth: place.depth + 1 }) }
    case 'segment_id':
      return readSegment(node.segment_id, `${path}.segment_id`, place)
    default:
      countLeaf(path, place)
      return readLeaf(node, kind[0], path, place.catalogue)
  }
}

const keysOf = {
  all: ['all'],
  any: ['any'],
  not: ['not'],
  field: ['field', 'op', 'value'],
  tag: ['tag'],
  event: ['event', 'campaign_id', 'within_days', 'at_least'],
  consent: ['consent'],
  segment_id: ['segment_id'],
}
export type Kind = keyof typeof keysOf
const kinds = Object.keys(keysOf) as Kind[]

function refuseUnknownKeys(node: Record<string, unknown>, kind: Kind, path: string) {
  const unknown = Object.keys(node).find((key) => !keysOf[kind].includes(key))
  if (unknown === undefined) return
  throw new InvalidRule(`"${unknown}" means nothing here. Possible: ${keysOf[kind].join(', ')}.`, {
    field: `${path}.${unknown}`,
  })
}

function readGroup(node: Record<string, unknown>, kind: 'all' | 'any', path: string, place: Place): Node {
  const children = node[kind]
  if (!Array.isArray(children)) throw new InvalidRule(`"${kind}" needs a list.`, { field: `${path}.${kind}` })
  const isEveryone = kind === 'all' && place.depth === 1
  if (children.length === 0 && !isEveryone) {
    throw new InvalidRule('This group is empty. Add a condition or remove it.', { field: `${path}.${kind}` })
  }
  const deeper = { ...place, depth: place.depth + 1 }
  return { kind, children: children.map((child, i) => readNode(child, `${path}.${kind}[${i}]`, deeper)) }
}

function countLeaf(path: string, { leaves, isOwn }: Place) {
  leaves.inAll++
  if (isOwn) leaves.own++
  if (leaves.own > MAX_LEAVES || leaves.inAll > MAX_LEAVES_IN_ALL) {
    throw new InvalidRule(
      `This rule has more than ${MAX_LEAVES} conditions (${MAX_LEAVES_IN_ALL} with its segments). ` +
        `For long lists of values use one condition with "in".`,
      { field: path }
    )
  }
}

function readSegment(raw: unknown, path: string, place: Place): Node {
  const id = String(raw)
  const segment = typeof raw === 'string' || typeof raw === 'number' ? place.catalogue.segments.get(id) : undefined
  if (!segment) throw new InvalidRule('There is no such segment. Choose another.', { field: path })
  const at = place.inside.findIndex((outer) => outer.id === id)
  if (at >= 0) {
    const circle = [...place.inside.slice(at), { name: segment.name }].map(({ name }) => `“${name}”`).join(' → ')
    throw new CircularSegment(`A segment cannot contain itself: ${circle}.`, { field: path })
  }
  countLeaf(path, place)
  const inner = { ...place, depth: 1, isOwn: false, inside: [...place.inside, { id, name: segment.name }] }
  return { kind: 'segment', segmentId: Number(id), name: segment.name, child: readInner(segment, path, inner) }
}

/** What is wrong inside a named segment is told at the place that names it. */
function readInner(segment: { name: string; rule: unknown }, path: string, place: Place): Node {
  try {
    return readNode(segment.rule, 'rule', place)
  } catch (error) {
    if (error instanceof CircularSegment) throw new CircularSegment(error.message, { field: path })
    if (!(error instanceof InvalidRule)) throw error
    throw new InvalidRule(`The segment “${segment.name}” does not work: ${error.message} (${error.field})`, {
      field: path,
    })
  }
}
