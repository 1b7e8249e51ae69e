import { Alert, Button, Group, Text } from '@mantine/core'
import { IconClock, IconSend } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, queryClient, refresh } from '~/api'
import { problemOf, type ProblemSeen } from '~/problem'
import { useMay } from '~/shell/me'
import { ConfirmModal, FormProblem, onDemand, said, useSearchState } from '~/ui'
import { campaignQuery, campaignRoute, type Campaign } from './campaign'
import { PlanPreview } from './plan_preview'
import type { Check } from './preflight'
import type { DraftDesk } from './use_draft'

/** Brings a calendar along. */
const ScheduleModal = onDemand(() => import('./schedule_modal'), 'ScheduleModal')

export interface Review {
  verdict: string
  checks: Check[]
  audience: { candidates: number; mailable: number; excluded: Record<string, number> }
}

/** Now, or at a time to come. Names how many people, and asks once. */
export function SendActions({ campaign, desk, review }: { campaign: Campaign; desk: DraftDesk; review: Review }) {
  const t = useTranslations('campaigns.review')
  const maySend = useMay()('campaigns:send')
  const [asked, ask] = useState<'send' | 'schedule' | null>(null)
  const { mailable } = review.audience
  const isReady = review.verdict === 'ready' && desk.state === 'saved' && mailable > 0
  const unschedule = useMutation(
    api.campaigns.unschedule.mutationOptions({
      onSuccess: (answer) => {
        queryClient.setQueryData(campaignQuery(campaign.id).queryKey, answer as never)
        said(t('unscheduled'))
        return refresh('campaigns')
      },
    })
  )
  if (!maySend) return <Alert>{t('mayNot')}</Alert>
  return (
    <>
      <Group gap="sm" mb="md">
        <Button leftSection={<IconSend size={18} aria-hidden />} disabled={!isReady} onClick={() => ask('send')}>
          {t('send', { count: mailable })}
        </Button>
        <Button
          variant="default"
          leftSection={<IconClock size={18} aria-hidden />}
          disabled={!isReady}
          onClick={() => ask('schedule')}
        >
          {t(campaign.status === 'scheduled' ? 'reschedule' : 'schedule')}
        </Button>
        {campaign.status === 'scheduled' && (
          <Button
            variant="subtle"
            loading={unschedule.isPending}
            onClick={() => unschedule.mutate({ params: { id: campaign.id } })}
          >
            {t('unschedule')}
          </Button>
        )}
      </Group>
      <SendModal campaign={campaign} desk={desk} review={review} opened={asked === 'send'} onClose={() => ask(null)} />
      <ScheduleModal
        campaign={campaign}
        version={desk.version}
        count={mailable}
        opened={asked === 'schedule'}
        onClose={() => ask(null)}
      />
    </>
  )
}

function SendModal({
  campaign,
  desk,
  review,
  opened,
  onClose,
}: {
  campaign: Campaign
  desk: DraftDesk
  review: Review
  opened: boolean
  onClose: () => void
}) {
  const t = useTranslations('campaigns.send')
  const topics = useQuery(api.topics.index.queryOptions({ query: { limit: 100 } }))
  const workspace = useQuery(api.workspace.show.queryOptions())
  const topic = topics.data?.data.find(({ id }) => id === desk.values.topic_id)?.name ?? ''
  const { mailable, candidates } = review.audience
  const stays = review.checks.some(({ id, level }) => id === 'provider' && level === 'warn')
  const [isLoud, setLoud] = useState(false)
  const { send, isSending, isSent, problem } = useSend(campaign.id, { version: desk.version, count: mailable, isLoud })
  return (
    <ConfirmModal
      opened={opened}
      onClose={onClose}
      onConfirm={send}
      busy={isSending}
      disabled={isSent}
      title={t('title')}
      confirmLabel={t('confirm', { count: mailable })}
    >
      <FormProblem problem={problem} />
      <Text size="md" mb="sm">
        {t('text', { subject: desk.values.subject, count: mailable, topic, excluded: candidates - mailable })}
      </Text>
      {workspace.data && (
        <Text size="sm" c="dimmed">
          {t('note', { seconds: workspace.data.sending.undo_seconds })}
        </Text>
      )}
      {opened && (
        <PlanPreview campaignId={campaign.id} wish={isLoud ? { ignore_quiet_hours: true } : {}} onIgnore={setLoud} />
      )}
      {stays && (
        <Alert mt="sm" color="yellow">
          {t('outbox')}
        </Alert>
      )}
    </ConfirmModal>
  )
}

function useSend(id: string, { version, count, isLoud }: { version: number; count: number; isLoud: boolean }) {
  const t = useTranslations('campaigns.send')
  const [, setSearch] = useSearchState(campaignRoute)
  const [problem, setProblem] = useState<ProblemSeen | null>(null)
  /** A double click comes faster than a drawing. */
  const isAsked = useRef(false)
  const sending = useMutation(
    api.campaigns.send.mutationOptions({
      onSuccess: (answer) => {
        queryClient.setQueryData(campaignQuery(id).queryKey, answer as never)
        // who takes it back finds the desk, not the review
        setSearch({ step: undefined }, { replace: true })
        // the countdown on the page says it better
        if (!(answer as unknown as Campaign).progress?.starts_at) said(t('started', { count }))
        return refresh('campaigns', 'overview')
      },
      onError: (error) => {
        isAsked.current = false
        setProblem(problemOf(error))
        void refresh('campaigns')
      },
    })
  )
  const send = () => {
    if (isAsked.current) return
    isAsked.current = true
    sending.mutate({ params: { id }, body: { version, ...(isLoud && { ignore_quiet_hours: true }) } })
  }
  return { send, isSending: sending.isPending, isSent: sending.isSuccess, problem }
}
