import { ActionIcon, Group, Text, Tooltip } from '@mantine/core'
import { IconHandStop, IconMessageQuestion, IconSend } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { api, keepPage, refresh } from '~/api'
import { useMay, useWorkspace } from '~/shell/me'
import { addressOf } from '~/shell/navigation'
import {
  actionsColumn,
  ConfirmModal,
  DataGrid,
  EmptyState,
  Narrow,
  pageQuery,
  RowButton,
  said,
  Section,
  StatusBadge,
  type GridColumn,
  type GridSearch,
} from '~/ui'
import { useReason } from '../reports/reason'

interface Round {
  id: string
  kind: 'weak_proof' | 'sunset'
  state: 'draft' | 'asking' | 'closed' | 'cancelled'
  topic_name: string
  silence: 'keep' | 'rest' | 'withdraw'
  campaign_id: string | null
  campaign_status: string | null
  opened_at: string | null
  answers_until: string | null
  answers: {
    asked: number
    waiting: number
    confirmed: number
    declined: number
    reacted: number
    silent: number
    not_asked: Record<string, number>
    late: { confirmed: number; declined: number }
  }
}

const tones = { draft: 'neutral', asking: 'busy', closed: 'good', cancelled: 'neutral' } as const

/** What was asked, and the honest account of it. */
export function RoundsSection({ search, onSearch }: { search: GridSearch; onSearch: (change: GridSearch) => void }) {
  const t = useTranslations('reconfirming.rounds')
  const rounds = useQuery(api.reconfirmations.index.queryOptions({ query: pageQuery(search, 20) }, keepPage))
  const [stopping, stop] = useState<Round | null>(null)
  const mayStop = useMay()('campaigns:send')
  return (
    <Section title={t('title')} lead={t('lead')}>
      <DataGrid
        label={t('title')}
        query={rounds}
        columns={useColumns(mayStop ? stop : undefined)}
        search={search}
        onSearch={onSearch}
        empty={
          <EmptyState icon={IconMessageQuestion} title={t('empty.title')}>
            {t('empty.text')}
          </EmptyState>
        }
      />
      {stopping && <StopModal round={stopping} onClose={() => stop(null)} />}
    </Section>
  )
}

function useColumns(stop?: (round: Round) => void): GridColumn<Round>[] {
  const t = useTranslations('reconfirming.rounds')
  return [
    {
      key: 'what',
      title: t('what'),
      render: (round) => (
        <>
          <Text size="sm" fw={600} className="break">
            {round.topic_name}
          </Text>
          <Text size="xs" c="dimmed">
            {t(`kinds.${round.kind}`)} · {t(round.silence)}
          </Text>
          <Narrow below={48}>
            <Answers round={round} />
          </Narrow>
          <Narrow>
            <State round={round} />
          </Narrow>
        </>
      ),
    },
    {
      key: 'answers',
      title: t('answers'),
      from: 48,
      width: 300,
      render: (round) => <Answers round={round} />,
    },
    {
      key: 'state',
      title: t('state'),
      from: 36,
      width: 170,
      render: (round) => <State round={round} />,
    },
    actionsColumn((round) => <Actions round={round} stop={stop} />, 96),
  ]
}

function State({ round: { state, answers_until: until } }: { round: Round }) {
  const t = useTranslations('reconfirming.rounds')
  const format = useFormatter()
  return (
    <>
      <StatusBadge tone={tones[state]}>{t(`states.${state}`)}</StatusBadge>
      {until && (
        <Text size="xs" c="dimmed" mt={4}>
          {t('until', { date: format.dateTime(new Date(until), { dateStyle: 'medium' }) })}
        </Text>
      )}
    </>
  )
}

function Answers({ round: { state, answers } }: { round: Round }) {
  const t = useTranslations('reconfirming.rounds')
  const own = useTranslations('reconfirming.reasons')
  const say = useReason()
  const { waiting, reacted, late } = answers
  if (state === 'draft') return waiting > 0 ? <Text size="sm">{t('toAsk', { waiting })}</Text> : null
  const lines = [
    t('counts', {
      asked: answers.asked,
      confirmed: answers.confirmed,
      declined: answers.declined,
      silent: answers.silent,
    }),
    ...(waiting > 0 && state === 'asking' ? [t('waiting', { waiting })] : []),
    ...(reacted > 0 ? [t('reacted', { reacted })] : []),
    ...Object.entries(answers.not_asked).map(([reason, people]) =>
      t('notAsked', { people, reason: own.has(reason as 'deleted') ? own(reason as 'deleted') : say(reason) })
    ),
    ...(late.confirmed + late.declined > 0 ? [t('late', late)] : []),
  ]
  return lines.map((line) => (
    <Text key={line} size="sm">
      {line}
    </Text>
  ))
}

function Actions({ round, stop }: { round: Round; stop?: (round: Round) => void }) {
  const t = useTranslations('reconfirming.rounds')
  const { id: workspaceId } = useWorkspace()
  const topic = round.topic_name
  const isOpen = round.state === 'draft' || round.state === 'asking'
  return (
    <Group gap={4} justify="flex-end" wrap="nowrap">
      {round.campaign_status && (
        <Tooltip label={t('open')}>
          <ActionIcon
            component={Link}
            to={addressOf(workspaceId, `campaigns/${round.campaign_id}`)}
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t('openThis', { topic })}
          >
            <IconSend size={18} />
          </ActionIcon>
        </Tooltip>
      )}
      {stop && isOpen && (
        <RowButton
          icon={IconHandStop}
          label={t('cancel')}
          name={t('cancelThis', { topic })}
          onClick={() => stop(round)}
        />
      )}
    </Group>
  )
}

function StopModal({ round, onClose }: { round: Round; onClose: () => void }) {
  const t = useTranslations('reconfirming.rounds')
  const cancel = useMutation(
    api.reconfirmations.cancel.mutationOptions({
      onSuccess: async () => {
        said(t('cancelled'))
        onClose()
        await refresh('reconfirmations', 'campaigns')
      },
    })
  )
  return (
    <ConfirmModal
      opened
      title={t('cancelTitle')}
      confirmLabel={t('cancel')}
      busy={cancel.isPending}
      onConfirm={() => cancel.mutate({ params: { id: round.id } })}
      onClose={onClose}
    >
      {t(round.state === 'draft' ? 'cancelDraft' : 'cancelAsking')}
    </ConfirmModal>
  )
}
