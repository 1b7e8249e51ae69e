import { Alert, Button, Group, List, Menu, Text } from '@mantine/core'
import { IconFlag, IconPencil, IconPlayerPause, IconPlayerPlay, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api } from '~/api'
import type { ProblemSeen } from '~/problem'
import { useMay, useWorkspace } from '~/shell/me'
import { addressOf } from '~/shell/navigation'
import { DateTime, ErrorPanel, LinkButton, MoreMenu, onDemand, Page, Section, Waiting } from '~/ui'
import { FeedSection } from './feed_section'
import { recurringQuery, recurringRoute, type Recurring } from './recurring'
import { RecurringBadge } from './recurring_badge'
import { Made } from './made'
import { useRuleWords } from './rule_words'
import { useSteps } from './use_steps'

const CalendarModal = onDemand(() => import('./calendar_modal'), 'CalendarModal')

/** One recurring campaign: when it comes, what it says, what it made. */
export function RecurringScreen() {
  const t = useTranslations('recurring')
  const { id: workspaceId } = useWorkspace()
  const { id } = useParams({ from: recurringRoute })
  const recurring = useQuery(recurringQuery(id))
  const crumbs = [{ label: t('title'), to: addressOf(workspaceId, 'campaigns/recurring') }]
  if (!recurring.data) {
    return (
      <Page title={t('title')} crumbs={crumbs}>
        {recurring.isError ? <ErrorPanel error={recurring.error} retry={recurring.refetch} /> : <Waiting />}
      </Page>
    )
  }
  return <Seen key={id} recurring={recurring.data as Recurring} crumbs={crumbs} />
}

function Seen({ recurring, crumbs }: { recurring: Recurring; crumbs: { label: string; to: string }[] }) {
  const t = useTranslations('recurring')
  const inWords = useRuleWords()
  const [isChanging, setChanging] = useState(false)
  const maySend = useMay()('campaigns:send')
  const steps = useSteps(recurring)
  return (
    <Page
      title={recurring.name}
      badge={<RecurringBadge state={recurring.state} />}
      crumbs={crumbs}
      lead={inWords(recurring)}
      actions={maySend && <Steps recurring={recurring} steps={steps} />}
    >
      <Blocked problem={steps.problem} />
      <Section
        title={t('when.title')}
        lead={t(recurring.at_readers_time ? 'when.local' : 'when.zone', { zone: recurring.timezone })}
        actions={
          maySend &&
          recurring.state !== 'ended' && (
            <Button
              variant="default"
              leftSection={<IconPencil size={18} aria-hidden />}
              onClick={() => setChanging(true)}
            >
              {t('when.change')}
            </Button>
          )
        }
      >
        <Next recurring={recurring} steps={steps} maySend={maySend} />
        {recurring.notice_hours > 0 && (
          <Text size="sm" mt="md">
            {t(recurring.needs_approval ? 'when.approval' : 'when.notice', { hours: recurring.notice_hours })}
          </Text>
        )}
      </Section>
      <Letter recurring={recurring} />
      {recurring.feed && <FeedSection recurring={{ ...recurring, feed: recurring.feed }} />}
      <Made occurrences={recurring.occurrences} />
      <CalendarModal recurring={recurring} opened={isChanging} onClose={() => setChanging(false)} />
    </Page>
  )
}

/** What stands against beginning: the letter's review, in its own words. */
function Blocked({ problem }: { problem: ProblemSeen | null }) {
  const t = useTranslations('recurring')
  if (!problem) return null
  return (
    <Alert color="red" title={t('cannotBegin')} mb="lg" role="alert">
      {problem.message}
    </Alert>
  )
}

function Steps({ recurring, steps }: { recurring: Recurring; steps: ReturnType<typeof useSteps> }) {
  const t = useTranslations('recurring')
  const navigate = useNavigate()
  const { id: workspaceId } = useWorkspace()
  const input = { params: { id: recurring.id } }
  return (
    <>
      {recurring.state === 'paused' && (
        <Button
          leftSection={<IconPlayerPlay size={18} aria-hidden />}
          onClick={() => steps.resume.mutate(input)}
          loading={steps.resume.isPending}
        >
          {t(recurring.occurrences.length === 0 ? 'begin' : 'resume')}
        </Button>
      )}
      {recurring.state === 'active' && (
        <Button
          variant="default"
          leftSection={<IconPlayerPause size={18} aria-hidden />}
          onClick={() => steps.pause.mutate(input)}
          loading={steps.pause.isPending}
        >
          {t('pause')}
        </Button>
      )}
      <MoreMenu name={recurring.name}>
        {recurring.state !== 'ended' && (
          <Menu.Item leftSection={<IconFlag size={18} aria-hidden />} onClick={() => steps.end.mutate(input)}>
            {t('end')}
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<IconTrash size={18} aria-hidden />}
          onClick={() =>
            steps.remove.mutate(input, {
              onSuccess: () => void navigate({ to: addressOf(workspaceId, 'campaigns/recurring') }),
            })
          }
        >
          {t('delete')}
        </Menu.Item>
      </MoreMenu>
    </>
  )
}

/** The next five; one can be left out and taken in again. */
function Next({
  recurring: { id, state, next },
  steps,
  maySend,
}: {
  recurring: Recurring
  steps: ReturnType<typeof useSteps>
  maySend: boolean
}) {
  const t = useTranslations('recurring.when')
  if (next.length === 0) return <Text size="sm">{t('none')}</Text>
  return (
    <>
      <Text size="sm" mb="xs">
        {t(state === 'active' ? 'next' : 'would')}
      </Text>
      <List listStyleType="none" spacing={4}>
        {next.map(({ at, is_skipped: isSkipped }) => (
          <List.Item key={at}>
            <Group gap="sm" wrap="nowrap" justify="space-between" w="28rem" maw="100%">
              <Text span size="sm" td={isSkipped ? 'line-through' : undefined} c={isSkipped ? 'dimmed' : undefined}>
                <DateTime value={at} style="full" />
              </Text>
              {maySend && (
                <Button
                  variant="subtle"
                  size="compact-sm"
                  style={{ flex: 'none' }}
                  onClick={() =>
                    isSkipped
                      ? steps.unskip.mutate({ params: { id, at } })
                      : steps.skip.mutate({ params: { id }, body: { at } })
                  }
                >
                  {t(isSkipped ? 'takeIn' : 'skip')}
                </Button>
              )}
            </Group>
          </List.Item>
        ))}
      </List>
    </>
  )
}

/** What each occurrence is a copy of: written at the desk like any campaign. */
function Letter({ recurring }: { recurring: Recurring }) {
  const t = useTranslations('recurring.letter')
  const { id: workspaceId } = useWorkspace()
  const letter = useQuery(api.campaigns.show.queryOptions({ params: { id: recurring.campaign_id } }))
  return (
    <Section
      title={t('title')}
      lead={t('lead')}
      actions={
        <LinkButton variant="default" to={addressOf(workspaceId, `campaigns/${recurring.campaign_id}`)}>
          {t('write')}
        </LinkButton>
      }
    >
      <Text fw={600} className="break">
        {letter.data?.subject || t('none')}
      </Text>
      <Text size="sm" c="dimmed" className="break">
        {letter.data?.preheader}
      </Text>
    </Section>
  )
}
