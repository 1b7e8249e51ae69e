import type { PresentField } from './answers.ts'

const inputs: Partial<Record<PresentField['type'], string>> = {
  number: 'number',
  date: 'date',
  datetime: 'datetime-local',
  url: 'url',
}
const purposes: Record<string, string> = { first_name: 'given-name', last_name: 'family-name', phone: 'tel' }

/** A field as a browser knows it; with its purpose it offers what it has saved (WCAG 2.2, 1.3.5). */
export const inputTypeOf = ({ name, type }: Pick<PresentField, 'name' | 'type'>) => ({
  input: inputs[type] ?? (name === 'phone' ? 'tel' : 'text'),
  autocomplete: purposes[name] ?? null,
})
