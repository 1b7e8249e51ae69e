import { Select, type SelectProps } from '@mantine/core'
import { useTranslations } from 'use-intl'

export const bases = [
  'consent_express',
  'consent_double_opt_in',
  'soft_opt_in_customer',
  'soft_opt_in_charity_uk',
  'casl_implied_ebr',
  'casl_implied_inquiry',
  'legitimate_interest_b2b',
  'contract_transactional',
  'unknown',
] as const
export type Basis = (typeof bases)[number]

/** On what ground we write to somebody, each explained in a sentence below once it is chosen. */
export function BasisSelect({ value, ...props }: SelectProps) {
  const t = useTranslations('contacts')
  return (
    <Select
      label={t('consent.basis')}
      description={value ? t(`basis.${value as Basis}.help`) : t('basis.hint')}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      data={bases.map((basis) => ({ value: basis, label: t(`basis.${basis}.name`) }))}
      value={value}
      allowDeselect={false}
      required
      {...props}
    />
  )
}
