import type { FieldType } from './rule'

export const operators = [
  'eq', 'neq', 'in', 'not_in', 'contains', 'starts_with', 'ends_with', 'is_set', 'is_not_set',
  'gt', 'gte', 'lt', 'lte', 'between', 'before', 'after', 'in_last_days', 'in_next_days', 'anniversary_in_days',
] as const // prettier-ignore
export type Operator = (typeof operators)[number]

const words: Operator[] = ['eq', 'neq', 'contains', 'starts_with', 'ends_with', 'in', 'not_in', 'is_set', 'is_not_set']
const moments: Operator[] = ['in_last_days', 'before', 'after', 'between', 'eq', 'in_next_days', 'anniversary_in_days', 'is_set', 'is_not_set'] // prettier-ignore

/** What is offered for a field, the likeliest first. The API knows a few more names for the same things. */
const offered: Record<FieldType, Operator[]> = {
  text: words,
  url: words,
  number: ['eq', 'neq', 'gt', 'gte', 'lt', 'lte', 'between', 'in', 'not_in', 'is_set', 'is_not_set'],
  boolean: ['eq', 'is_set', 'is_not_set'],
  date: moments,
  datetime: moments,
  choice: ['eq', 'neq', 'in', 'not_in', 'is_set', 'is_not_set'],
  multi_choice: ['contains', 'in', 'not_in', 'is_set', 'is_not_set'],
}

/** With the one that a stored rule uses, whatever it is. */
export const operatorsFor = (type: FieldType, used?: string): Operator[] => {
  const usual = offered[type]
  return used && !usual.includes(used as Operator) ? [...usual, used as Operator] : usual
}

export const firstOperator = (type: FieldType): Operator => offered[type][0]

/** The kind of value an operator needs; a change of operator keeps the value only when the kind stays. */
export type ValueKind = 'none' | 'one' | 'list' | 'pair' | 'days'

export function valueKind(op: string): ValueKind {
  if (op === 'is_set' || op === 'is_not_set') return 'none'
  if (op === 'in' || op === 'not_in') return 'list'
  if (op === 'between') return 'pair'
  return op.endsWith('_days') ? 'days' : 'one'
}

export const isOfTime = (type: FieldType) => type === 'date' || type === 'datetime'
