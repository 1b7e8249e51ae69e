import { Button, Group, SimpleGrid, Stack, Switch, Table, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, refresh } from '~/api'
import { showErrors, type ProblemSeen } from '~/problem'
import { useMay } from '~/shell/me'
import { Counter, Defined, ErrorPanel, FormProblem, NumberField, said, Section, Waiting } from '~/ui'

interface Rules {
  days: number | null
  mails: number
  answer_days: number
  reminds: boolean
  needs_approval: boolean
}

const SUGGESTED_DAYS = 180

/** Who is silent for long is asked by the clock: the rule, and what it would do before it is switched on. */
export function SunsetSection() {
  const t = useTranslations('reconfirming.sunset')
  const workspace = useQuery(api.workspace.show.queryOptions())
  return (
    <Section title={t('title')} lead={t('lead')}>
      {workspace.isError && <ErrorPanel error={workspace.error} retry={workspace.refetch} />}
      {workspace.isPending && <Waiting rows={4} />}
      {workspace.data && <RuleForm key={JSON.stringify(workspace.data.sunset)} rules={workspace.data.sunset} />}
    </Section>
  )
}

function RuleForm({ rules }: { rules: Rules }) {
  const t = useTranslations('reconfirming.sunset')
  const mayWrite = useMay()('settings:write')
  const [problem, setProblem] = useState<ProblemSeen | null>(null)
  const form = useForm({ initialValues: { ...rules } })
  const { days, mails } = form.values
  const isOn = days !== null
  const save = useMutation(
    api.workspace.update.mutationOptions({
      onError: (error: unknown) => setProblem(showErrors(form, error)),
      onSuccess: async () => {
        setProblem(null)
        await refresh('workspace', 'reconfirmations')
        said(t('saved'))
      },
    })
  )
  const number = { required: true, whole: true, disabled: !mayWrite } as const
  return (
    <form onSubmit={form.onSubmit((sunset) => save.mutate({ body: { sunset } }))} noValidate>
      <Stack gap="lg">
        <FormProblem problem={problem} />
        <Switch
          label={t('on')}
          description={mayWrite ? t('onHint') : t('readOnly')}
          disabled={!mayWrite}
          checked={isOn}
          onChange={({ currentTarget }) => form.setFieldValue('days', currentTarget.checked ? SUGGESTED_DAYS : null)}
        />
        {isOn && (
          <SimpleGrid cols={{ base: 1, xs: 3 }}>
            <NumberField
              label={t('days')}
              description={t('daysHint')}
              min={30}
              max={1095}
              {...number}
              value={days}
              onChange={(typed) => form.setFieldValue('days', typed ?? SUGGESTED_DAYS)}
            />
            <NumberField
              label={t('mails')}
              description={t('mailsHint')}
              min={1}
              max={50}
              {...number}
              value={mails}
              onChange={(typed) => form.setFieldValue('mails', typed ?? 1)}
            />
            <NumberField
              label={t('answerDays')}
              description={t('answerDaysHint')}
              min={7}
              max={90}
              {...number}
              value={form.values.answer_days}
              onChange={(typed) => form.setFieldValue('answer_days', typed ?? 21)}
            />
          </SimpleGrid>
        )}
        {isOn && (
          <Stack gap="sm">
            <Switch
              label={t('reminds')}
              disabled={!mayWrite}
              {...form.getInputProps('reminds', { type: 'checkbox' })}
            />
            <Switch
              label={t('needsApproval')}
              description={t('needsApprovalHint')}
              disabled={!mayWrite}
              {...form.getInputProps('needs_approval', { type: 'checkbox' })}
            />
          </Stack>
        )}
        <Preview days={days} mails={mails} />
        {mayWrite && (
          <Group>
            <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
              {t('save')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  )
}

/** What the rule would do as it is typed; switched off, what the suggestion would. */
function Preview({ days, mails }: { days: number | null; mails: number }) {
  const t = useTranslations('reconfirming.sunset')
  const [asked] = useDebouncedValue({ days: days ?? SUGGESTED_DAYS, mails }, 400)
  const isValid = asked.days >= 30 && asked.days <= 1095 && asked.mails >= 1 && asked.mails <= 50
  const preview = useQuery({
    ...api.reconfirmations.sunset.queryOptions({ query: asked }),
    enabled: isValid,
    placeholderData: keepPreviousData,
  })
  if (preview.isError) return <ErrorPanel error={preview.error} retry={preview.refetch} />
  if (!preview.data) return <Waiting rows={2} />
  if (preview.data.data.length === 0) return <Text size="sm">{t('none')}</Text>
  return (
    <Table aria-label={t('preview')} captionSide="bottom" verticalSpacing="sm">
      <Table.Caption ta="left">{t('most')}</Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('topic')}</Table.Th>
          <Table.Th scope="col" ta="right" visibleFrom="md">
            {t('mailable')}
          </Table.Th>
          <Table.Th scope="col" ta="right">
            {t('due')}
          </Table.Th>
          <Table.Th scope="col" visibleFrom="md">
            {t('weeks')}
          </Table.Th>
          <Table.Th scope="col" ta="right" visibleFrom="md">
            <Defined definition={t('unheardMeans')}>{t('unheard')}</Defined>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {preview.data.data.map((topic) => (
          <Table.Tr key={topic.topic_id}>
            <Table.Th scope="row" className="break" fw={600}>
              {topic.topic_name}
              <Text size="xs" c="dimmed">
                {t('after', { days: topic.days })}
              </Text>
              <Text size="xs" c="dimmed" hiddenFrom="md">
                {t('narrow', { mailable: topic.mailable, unheard: topic.unheard, weeks: inWords(topic.weeks, t) })}
              </Text>
            </Table.Th>
            <Table.Td ta="right" visibleFrom="md">
              <Counter value={topic.mailable} />
            </Table.Td>
            <Table.Td ta="right">
              <Counter value={topic.due} />
            </Table.Td>
            <Table.Td visibleFrom="md">
              <Text size="sm">{inWords(topic.weeks, t)}</Text>
            </Table.Td>
            <Table.Td ta="right" visibleFrom="md">
              <Counter value={topic.unheard} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

/** "week 2: 14, week 5: 3" */
function inWords(weeks: number[], t: ReturnType<typeof useTranslations<'reconfirming.sunset'>>) {
  const some = weeks.flatMap((people, at) => (people > 0 ? [t('week', { no: at + 1, people })] : []))
  return some.length > 0 ? some.join(', ') : t('nobody')
}
