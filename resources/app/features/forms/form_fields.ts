import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { api } from '~/api'

export interface KnownField {
  name: string
  label: string
  type: string
  choices: string[] | null
}

const plain = ['first_name', 'last_name', 'phone'] as const

/** What a form may ask beside the address: three columns of a contact and the workspace's own fields. */
export function useFormFields(): KnownField[] {
  const t = useTranslations('forms.fields')
  const own = useQuery(api.fields.index.queryOptions({ query: { limit: 100 } })).data?.data ?? []
  return [
    ...plain.map((name) => ({ name, label: t(`plain.${name}`), type: t('types.text'), choices: null })),
    ...own.map(({ key, label, type, choices }) => ({
      name: `attributes.${key}`,
      label,
      type: t(`types.${type}`),
      choices,
    })),
  ]
}
