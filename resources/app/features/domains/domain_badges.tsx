import { useTranslations } from 'use-intl'
import { StatusBadge } from '~/ui'
import { toneOf, type Domain } from './domain'

/** How a domain stands, in a word. */
export function DomainBadge({ domain: { level, checking } }: { domain: Pick<Domain, 'level' | 'checking'> }) {
  const t = useTranslations('domains')
  if (checking) return <StatusBadge tone="busy">{t('looking')}</StatusBadge>
  return <StatusBadge tone={level ? toneOf[level] : 'neutral'}>{t(`levels.${level ?? 'none'}`)}</StatusBadge>
}

const known = ['verified', 'pending', 'not_started', 'failed'] as const

/** How it stands at the provider, in ours or in the provider's word. */
export function ProviderBadge({ status }: { status: string }) {
  const t = useTranslations('domains.provider')
  const word = known.find((one) => one === status)
  return (
    <StatusBadge tone={status === 'verified' ? 'good' : status === 'pending' ? 'busy' : 'warning'}>
      {word ? t(word) : t('other', { status: status.replaceAll('_', ' ') })}
    </StatusBadge>
  )
}
