import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { IconMailForward, IconX } from '@tabler/icons-react'
import { Fragment, type ReactNode } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { useMay, useWorkspace } from '~/shell/me'
import { addressOf } from '~/shell/navigation'
import { DateTime, Facts, LinkAnchor, StatusBadge } from '~/ui'
import { toneOf, type Quarantined } from './quarantine'
import { SignalList } from './signal_list'

/** One doubtful sign-up: what was typed, from where, what speaks against it, and what was decided. */
export function JudgeModal({
  opened,
  row,
  isBusy,
  onApprove,
  onReject,
  onClose,
}: {
  opened: boolean
  row: Quarantined
  isBusy: boolean
  onApprove: () => void
  onReject: () => void
  onClose: () => void
}) {
  const t = useTranslations('quarantine')
  const mayJudge = useMay()('sign_ups:judge')
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="lg"
      title={
        <Text fw={650} className="break">
          {row.email ?? t('forgottenAddress')}
        </Text>
      }
    >
      <Stack gap="md">
        <WhatCame row={row} />
        <div>
          <Group gap="xs" mb="xs">
            <Text size="sm" fw={600}>
              {t('against')}
            </Text>
            <StatusBadge tone={toneOf(row)}>{t('scoreOf', { score: row.score })}</StatusBadge>
          </Group>
          <SignalList signals={row.signals} />
        </div>
        {row.decision === 'none' ? (
          mayJudge && (
            <>
              <Text size="sm" c="dimmed">
                {t('approveMeans')}
              </Text>
              <Group justify="flex-end" gap="sm">
                <Button variant="default" leftSection={<IconX size={18} aria-hidden />} onClick={onReject}>
                  {t('reject.open')}
                </Button>
                <Button leftSection={<IconMailForward size={18} aria-hidden />} loading={isBusy} onClick={onApprove}>
                  {t('approve')}
                </Button>
              </Group>
            </>
          )
        ) : (
          <Decided row={row} />
        )}
      </Stack>
    </Modal>
  )
}

function WhatCame({ row }: { row: Quarantined }) {
  const t = useTranslations('quarantine')
  const facts: [string, ReactNode][] = [
    [t('form'), row.form.name ?? '–'],
    [t('topics'), row.topics.map(({ name }) => name ?? t('goneTopic')).join(', ')],
    ...Object.entries(row.answers).map(([name, value]): [string, ReactNode] => [
      name.replace(/^attributes\./, ''),
      [value].flat().map(String).join(', '),
    ]),
    [t('when'), <DateTime key="when" value={row.created_at} />],
    ...(row.times > 1 ? [[t('times'), t('timesValue', { times: row.times })] as [string, ReactNode]] : []),
    [t('from'), row.ip ?? '–'],
    [t('page'), row.origin ?? '–'],
    [t('agent'), row.user_agent ?? '–'],
  ]
  return (
    <Facts>
      {facts.map(([name, value]) => (
        <Fragment key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </Fragment>
      ))}
    </Facts>
  )
}

function Decided({ row }: { row: Quarantined }) {
  const t = useTranslations('quarantine')
  const format = useFormatter()
  const { id: workspaceId } = useWorkspace()
  const at = format.dateTime(new Date(row.judged_at!), { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <div>
      <Text size="sm">{t(`decided.${row.decision as 'approved'}`, { name: row.judged_by ?? '', at })}</Text>
      {row.reason && <Text size="sm">{t('becauseOf', { reason: row.reason })}</Text>}
      {row.decision === 'approved' && (
        <Text size="sm" c="dimmed">
          {t(`since.${row.state as 'pending'}`)}
        </Text>
      )}
      {row.contact_id && (
        <LinkAnchor to={addressOf(workspaceId, `contacts/${row.contact_id}`)} size="sm">
          {t('contact')}
        </LinkAnchor>
      )}
    </div>
  )
}
