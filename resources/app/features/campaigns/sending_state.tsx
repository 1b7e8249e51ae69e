import { Alert, Group, Text } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconClock, IconPlayerPause } from '@tabler/icons-react'
import { useTranslations } from 'use-intl'
import { useWorkspace } from '~/shell/me'
import { addressOf } from '~/shell/navigation'
import { DateTime, LinkAnchor, LinkButton } from '~/ui'
import type { Campaign } from './campaign'

const fixes = ['credentials', 'domain', 'request', 'everyone_refused'] as const

/** Why it stands still or waits, and what to do about it; or that it is out. */
export function SendingState({ campaign }: { campaign: Campaign }) {
  const t = useTranslations('campaigns.live')
  const { id: workspaceId } = useWorkspace()
  const { progress, status } = campaign
  if (status === 'paused' && progress?.state === 'stopped')
    return <Stopped reason={progress.stop_reason ?? campaign.notice ?? ''} />
  if (status === 'paused') {
    return (
      <Alert color="yellow" icon={<IconPlayerPause aria-hidden />} title={t('paused')} mb="lg" role="status">
        {t('pausedText')}
      </Alert>
    )
  }
  if (status === 'sending' && progress?.waiting_for) return <Waits {...progress.waiting_for} />
  if (status === 'sending') return null
  return (
    <Alert
      color={status === 'sent' ? 'green' : 'yellow'}
      icon={status === 'sent' ? <IconCircleCheck aria-hidden /> : <IconAlertTriangle aria-hidden />}
      title={status === 'cancelled' ? undefined : t('sentTitle')}
      mb="lg"
      role="status"
    >
      {t.rich(status === 'sent' ? 'sentText' : status === 'cancelled' ? 'cancelledText' : 'problemsText', {
        receipt: (words) => (
          <LinkAnchor
            to={addressOf(workspaceId, `campaigns/${campaign.id}/report`)}
            search={{ tab: 'receipt' } as never}
            inherit
          >
            {words}
          </LinkAnchor>
        ),
      })}
    </Alert>
  )
}

/** `credentials: The API key is invalid`: a word of ours, then the provider's. */
function Stopped({ reason }: { reason: string }) {
  const t = useTranslations('campaigns.live')
  const { id: workspaceId } = useWorkspace()
  const [word, ...note] = reason.split(': ')
  const known = fixes.find((fix) => fix === word)
  return (
    <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={t('stopped')} mb="lg" role="alert">
      {known && <Text size="sm">{t(`fixes.${known}`)}</Text>}
      <Text size="sm" mt={4} className="break">
        {known ? t('what', { note: note.join(': ') }) : reason}
      </Text>
      <Group mt="sm">
        <LinkButton size="xs" variant="outline" color="red" to={addressOf(workspaceId, 'settings/sending')}>
          {t('settings')}
        </LinkButton>
      </Group>
    </Alert>
  )
}

function Waits({ reason, until }: { reason: string; until: string }) {
  const t = useTranslations('campaigns.live')
  const { id: workspaceId } = useWorkspace()
  const isQuota = reason.startsWith('quota')
  return (
    <Alert color="yellow" icon={<IconClock aria-hidden />} title={t('waiting')} mb="lg" role="status">
      {t.rich('waitingText', { why: t(isQuota ? 'quota' : 'patience'), until: () => <DateTime value={until} zone /> })}
      {isQuota && (
        <Text size="sm" mt={4}>
          <LinkAnchor to={addressOf(workspaceId, 'settings/sending')}>{t('settings')}</LinkAnchor>
        </Text>
      )}
    </Alert>
  )
}
