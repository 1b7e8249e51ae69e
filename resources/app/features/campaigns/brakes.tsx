import { Button, Group } from '@mantine/core'
import { IconPencil, IconPlayerPause, IconPlayerPlay, IconRefresh, IconX } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, queryClient, refresh } from '~/api'
import { useMay } from '~/shell/me'
import { ConfirmModal, useSearchState } from '~/ui'
import { campaignQuery, campaignRoute, isOpen, type Campaign, type Progress } from './campaign'

/** Pause, go on, cancel, try again: what each does stands there before it is done. */
export function Brakes({ campaign, progress }: { campaign: Campaign; progress: Progress }) {
  const t = useTranslations('campaigns.live')
  const { id, status } = campaign
  const maySend = useMay()('campaigns:send')
  const { pause, resume, retry } = useBrakes(id)
  if (!maySend) return null
  const input = { params: { id } }
  return (
    <Group gap="sm">
      {status === 'sending' && (
        <Button
          variant="default"
          leftSection={<IconPlayerPause size={18} aria-hidden />}
          onClick={() => pause.mutate(input)}
          loading={pause.isPending}
        >
          {t('pause')}
        </Button>
      )}
      {status === 'paused' && (
        <Button
          leftSection={<IconPlayerPlay size={18} aria-hidden />}
          onClick={() => resume.mutate(input)}
          loading={resume.isPending}
        >
          {t('resume')}
        </Button>
      )}
      {(status === 'sent_with_problems' || status === 'paused') && progress.failed > 0 && (
        <Button
          variant="default"
          leftSection={<IconRefresh size={18} aria-hidden />}
          onClick={() => retry.mutate(input)}
          loading={retry.isPending}
        >
          {t(status === 'paused' ? 'retryLater' : 'retry')}
        </Button>
      )}
      {status === 'paused' && progress.queued > 0 && <ReviseButton />}
      {isOpen(campaign) && <CancelButton id={id} queued={progress.queued} />}
    </Group>
  )
}

/** Opens the desk where the letter is changed for those who still wait. */
export function ReviseButton() {
  const t = useTranslations('campaigns.revise')
  const [, setSearch] = useSearchState(campaignRoute)
  return (
    <Button
      variant="default"
      leftSection={<IconPencil size={18} aria-hidden />}
      onClick={() => setSearch({ step: 'revise' })}
    >
      {t('button')}
    </Button>
  )
}

/** The rest never leaves; asks first, for it cannot be taken back. */
export function CancelButton({ id, queued }: { id: string; queued: number }) {
  const t = useTranslations('campaigns.live')
  const [isAsking, ask] = useState(false)
  const { cancel } = useBrakes(id)
  return (
    <>
      <Button variant="default" leftSection={<IconX size={18} aria-hidden />} onClick={() => ask(true)}>
        {t('cancel')}
      </Button>
      <ConfirmModal
        opened={isAsking}
        onClose={() => ask(false)}
        onConfirm={() => cancel.mutate({ params: { id } }, { onSuccess: () => ask(false) })}
        busy={cancel.isPending}
        title={t('cancelTitle')}
        confirmLabel={t('cancel')}
        danger
      >
        {t('cancelText', { count: queued })}
      </ConfirmModal>
    </>
  )
}

export function useBrakes(id: string) {
  const changed = {
    onSuccess: (answer: unknown) => {
      queryClient.setQueryData(campaignQuery(id).queryKey, answer as never)
      return refresh('campaigns', 'overview')
    },
  }
  return {
    pause: useMutation(api.campaigns.pause.mutationOptions(changed)),
    resume: useMutation(api.campaigns.resume.mutationOptions(changed)),
    cancel: useMutation(api.campaigns.cancel.mutationOptions(changed)),
    retry: useMutation(api.campaigns.retry.mutationOptions(changed)),
  }
}
