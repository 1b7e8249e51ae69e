/** A rule as the API takes it (docs/api.md, Segments), and the draft of one while it is being built. */
export type FieldType = 'text' | 'number' | 'boolean' | 'date' | 'datetime' | 'url' | 'choice' | 'multi_choice'

export const eventNames = ['received', 'opened', 'clicked', 'bounced'] as const
export type EventName = (typeof eventNames)[number]

export const consentStatuses = ['granted', 'none', 'pending', 'withdrawn', 'expired'] as const
export type ConsentStatus = (typeof consentStatuses)[number]

export const proofStrengths = ['strong', 'fair', 'weak'] as const
export type ProofStrength = (typeof proofStrengths)[number]

export interface FieldLeaf {
  field: string
  op: string
  value?: unknown
}
export interface EventLeaf {
  event: EventName
  campaign_id?: string
  within_days?: number
  at_least?: number
}
export interface ConsentLeaf {
  consent: { channel: string; topic_id: string; status: ConsentStatus; proof?: ProofStrength }
}
export type Leaf = FieldLeaf | { tag: string } | EventLeaf | ConsentLeaf | { segment_id: string }
export type Rule = Leaf | { all: Rule[] } | { any: Rule[] } | { not: Rule }

export type Match = 'all' | 'any' | 'none'

export interface Group {
  key: string
  kind: 'group'
  match: Match
  children: Draft[]
}
/** `leaf` is null until somebody chose what to look at. */
export interface Condition {
  key: string
  kind: 'condition'
  leaf: Leaf | null
  isFresh?: boolean
}
export type Draft = Group | Condition

let made = 0
const newKey = () => `part-${++made}`

export const emptyGroup = (match: Match = 'all', children: Draft[] = []): Group => ({
  key: newKey(),
  kind: 'group',
  match,
  children,
})
export const newCondition = (leaf: Leaf | null = null): Condition => ({
  key: newKey(),
  kind: 'condition',
  leaf,
  isFresh: true,
})

/** A stored rule, ready to be edited: the outermost part is always a group. */
export function draftOf(rule: Rule): Group {
  const draft = read(rule)
  return draft.kind === 'group' ? draft : emptyGroup('all', [draft])
}

function read(rule: Rule): Draft {
  if ('all' in rule) return emptyGroup('all', rule.all.map(read))
  if ('any' in rule) return emptyGroup('any', rule.any.map(read))
  if ('not' in rule) return emptyGroup('none', 'any' in rule.not ? rule.not.any.map(read) : [read(rule.not)])
  return { key: newKey(), kind: 'condition', leaf: rule }
}

/** The draft as a rule, and which part of it each path of the rule is: the API names a wrong leaf by its path. */
export function ruleOf(root: Group): { rule: Rule; keyAt: (path: string) => string | undefined } {
  const keys = new Map<string, string>()
  const rule = root.children.length === 0 ? { all: [] } : write(root, 'rule', keys)
  const keyAt = (path: string) => {
    const longest = [...keys.keys()].filter((known) => path.startsWith(known)).sort((a, b) => b.length - a.length)[0]
    return longest === undefined ? undefined : keys.get(longest)
  }
  return { rule, keyAt }
}

function write(draft: Draft, path: string, keys: Map<string, string>): Rule {
  keys.set(path, draft.key)
  if (draft.kind === 'condition') return draft.leaf ?? ({} as Leaf)
  const word = draft.match === 'all' ? 'all' : 'any'
  const at = draft.match === 'none' ? `${path}.not.any` : `${path}.${word}`
  const children = draft.children.map((child, i) => write(child, `${at}[${i}]`, keys))
  if (draft.match === 'none') return { not: { any: children } }
  return word === 'all' ? { all: children } : { any: children }
}

/** Is there everything that the API needs? What is half written is not asked about. */
export function isComplete(draft: Draft, isOutermost = true): boolean {
  if (draft.kind === 'condition') return draft.leaf !== null && isLeafComplete(draft.leaf)
  return (isOutermost || draft.children.length > 0) && draft.children.every((child) => isComplete(child, false))
}

const isThere = (value: unknown) => value !== undefined && value !== null && value !== ''

function isLeafComplete(leaf: Leaf): boolean {
  if ('tag' in leaf) return leaf.tag.trim() !== ''
  if ('segment_id' in leaf) return leaf.segment_id !== ''
  if ('consent' in leaf) return leaf.consent.topic_id !== ''
  if ('event' in leaf) return true
  if (leaf.op === 'is_set' || leaf.op === 'is_not_set') return true
  if (leaf.op === 'between') return Array.isArray(leaf.value) && leaf.value.length === 2 && leaf.value.every(isThere)
  return Array.isArray(leaf.value) ? leaf.value.length > 0 : isThere(leaf.value)
}

export const firstIncomplete = (draft: Draft): Condition | undefined =>
  draft.kind === 'condition'
    ? isComplete(draft)
      ? undefined
      : draft
    : draft.children.map(firstIncomplete).find((found) => found !== undefined)

/** The same tree with one part changed; null takes it out. */
export function changed<Part extends Draft>(root: Part, key: string, next: Draft | null): Part {
  if (root.kind === 'condition') return root
  const children = root.children.flatMap((child) => {
    if (child.key === key) return next ? [next] : []
    return [changed(child, key, next)]
  })
  return { ...root, children }
}
