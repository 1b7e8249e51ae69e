import type { FieldType } from './fields.ts'

export type Operator =
  | 'eq' | 'neq' | 'in' | 'not_in' | 'contains' | 'starts_with' | 'ends_with' | 'is_set' | 'is_not_set' // prettier-ignore
  | 'gt' | 'gte' | 'lt' | 'lte' | 'between' | 'before' | 'after' // prettier-ignore
  | 'in_last_days' | 'in_next_days' | 'anniversary_in_days' // prettier-ignore

const presence: Operator[] = ['is_set', 'is_not_set']
const words: Operator[] = ['eq', 'neq', 'in', 'not_in', 'contains', 'starts_with', 'ends_with', ...presence]
const order: Operator[] = ['gt', 'gte', 'lt', 'lte', 'between']
const moments: Operator[] = [
  ...(['eq', 'neq', 'before', 'after'] as Operator[]),
  ...order,
  ...(['in_last_days', 'in_next_days', 'anniversary_in_days'] as Operator[]),
  ...presence,
]

/** What may be asked of a field, by its type. */
export const operatorsOf: Record<FieldType, Operator[]> = {
  text: words,
  url: words,
  number: ['eq', 'neq', 'in', 'not_in', ...order, ...presence],
  boolean: ['eq', 'neq', ...presence],
  date: moments,
  datetime: moments,
  choice: ['eq', 'neq', 'in', 'not_in', ...presence],
  multi_choice: ['contains', 'in', 'not_in', ...presence],
}
