import { Alert, Text } from '@mantine/core'
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconClock,
  IconInbox,
  IconPlayerPause,
  IconUsers,
} from '@tabler/icons-react'
import { useTranslations } from 'use-intl'
import { useWorkspace } from '~/shell/me'
import { addressOf } from '~/shell/navigation'
import { DateTime, LinkAnchor } from '~/ui'
import { isStopped, type Campaign, type Progress } from './campaign'
import { QuotaEnds, SlowedDomains } from './slower'
import { Stopped } from './stopped'
import { UndoSend } from './undo_send'

/** Why it stands still or waits, and what to do about it; or that it is out. */
export function SendingState({ campaign }: { campaign: Campaign }) {
  const t = useTranslations('campaigns.live')
  const { id: workspaceId } = useWorkspace()
  const { progress, status } = campaign
  if (progress && isStopped(campaign)) return <Stopped campaign={campaign} progress={progress} />
  if (status === 'paused') {
    return (
      <Alert color="yellow" icon={<IconPlayerPause aria-hidden />} title={t('paused')} mb="lg" role="status">
        {t('pausedText')}
      </Alert>
    )
  }
  if (status === 'sending') return progress && <OnItsWay id={campaign.id} progress={progress} />
  if (status === 'sent' && progress?.in_outbox) return <StayedHere id={campaign.id} />
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

/** Without a provider “sent” would be a lie: where the mails are instead. */
function StayedHere({ id }: { id: string }) {
  const t = useTranslations('campaigns.live')
  const { id: workspaceId } = useWorkspace()
  return (
    <Alert icon={<IconInbox aria-hidden />} title={t('stayedTitle')} mb="lg" role="status">
      {t('stayedText')}{' '}
      <LinkAnchor to={addressOf(workspaceId, 'outbox')} search={{ campaign_id: id } as never} inherit>
        {t('outbox')}
      </LinkAnchor>
    </Alert>
  )
}

/** Nothing has left, the provider makes it wait, or only a part has gone yet; otherwise the figures say it all. */
function OnItsWay({ id, progress }: { id: string; progress: Progress }) {
  if (progress.starts_at) return <UndoSend id={id} startsAt={progress.starts_at} />
  if (progress.waiting_for && progress.waiting_for.reason !== 'slow_domain') return <Waits {...progress.waiting_for} />
  return (
    <>
      {progress.first_wave && <FirstWave {...progress.first_wave} />}
      {progress.quota && <QuotaEnds {...progress.quota} />}
      {progress.slowed.length > 0 && <SlowedDomains slowed={progress.slowed} />}
    </>
  )
}

function FirstWave({ mails, judged_at: judgedAt }: { mails: number; judged_at: string | null }) {
  const t = useTranslations('campaigns.live')
  return (
    <Alert icon={<IconUsers aria-hidden />} title={t('firstWave', { mails })} mb="lg" role="status">
      {t.rich(judgedAt ? 'judgedAt' : 'judgedLater', { at: () => <DateTime value={judgedAt} zone /> })}
    </Alert>
  )
}

function Waits({ reason, until }: { reason: string; until: string }) {
  const t = useTranslations('campaigns.live')
  const { id: workspaceId } = useWorkspace()
  const isQuota = reason.startsWith('quota')
  return (
    <Alert color="yellow" icon={<IconClock aria-hidden />} title={t('waiting')} mb="lg" role="status">
      {t.rich('waitingText', {
        why: t(isQuota ? 'quota' : reason === 'warm_up' ? 'warmUp' : 'patience'),
        until: () => <DateTime value={until} zone />,
      })}
      {isQuota && (
        <Text size="sm" mt={4}>
          <LinkAnchor to={addressOf(workspaceId, 'settings/sending')}>{t('settings')}</LinkAnchor>
        </Text>
      )}
    </Alert>
  )
}
