import { useTranslations } from 'use-intl'
import { StatusBadge } from '~/ui'

/** Whether strangers can sign up by it. */
export function FormBadge({ form }: { form: { is_open: boolean; deleted_at?: string | null } }) {
  const t = useTranslations('forms.state')
  if (form.deleted_at) return <StatusBadge tone="bad">{t('deleted')}</StatusBadge>
  return <StatusBadge tone={form.is_open ? 'good' : 'neutral'}>{t(form.is_open ? 'open' : 'closed')}</StatusBadge>
}
