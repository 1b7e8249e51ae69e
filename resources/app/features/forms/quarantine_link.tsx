import { IconShieldQuestion } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { api } from '~/api'
import { useWorkspace } from '~/shell/me'
import { addressOf } from '~/shell/navigation'
import { LinkButton } from '~/ui'

/** The way to those who wait for a decision, and how many they are. */
export function QuarantineLink() {
  const t = useTranslations('forms')
  const { id: workspaceId } = useWorkspace()
  const waiting = useQuery(api.quarantine.summary.queryOptions({})).data?.waiting ?? 0
  return (
    <LinkButton
      variant="default"
      leftSection={<IconShieldQuestion size={18} aria-hidden />}
      to={addressOf(workspaceId, 'forms/quarantine')}
    >
      {t('quarantine', { waiting })}
    </LinkButton>
  )
}
