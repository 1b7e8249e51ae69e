import { MultiSelect, TagsInput } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { choicesOf } from './catalogue'
import type { ValueProps } from './field_condition'

/** Several values: of those that the field offers, or any. */
export function ListValue({ field, leaf, onChange }: ValueProps) {
  const t = useTranslations('segments')
  const values = (Array.isArray(leaf.value) ? leaf.value : []).map(String)
  if (field.choices) {
    return (
      <MultiSelect
        aria-label={t('values')}
        placeholder={values.length ? '' : t('choose')}
        data={choicesOf(field, t)}
        value={values}
        onChange={onChange}
        searchable
        w={260}
      />
    )
  }
  const isNumber = field.type === 'number'
  return (
    <TagsInput
      aria-label={t('values')}
      placeholder={values.length ? '' : t('listPlaceholder')}
      value={values}
      onChange={(list) => onChange(isNumber ? list.map(Number).filter(Number.isFinite) : list)}
      splitChars={[',', ';']}
      acceptValueOnBlur
      w={260}
    />
  )
}
