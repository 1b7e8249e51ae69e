import { Button, Group, Radio, SimpleGrid, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, refresh } from '~/api'
import { showErrors, type ProblemSeen } from '~/problem'
import { useMay } from '~/shell/me'
import { ErrorPanel, FormProblem, NumberField, said, Section, UnsavedGuard, Waiting } from '~/ui'

interface Rules {
  hard: 'suppress' | 'count'
  soft_times: number
  soft_days: number
  unknown: 'count' | 'ignore'
}

/** What a mail that came back means for its address. */
export function BounceRules() {
  const t = useTranslations('bounces')
  const workspace = useQuery(api.workspace.show.queryOptions())
  return (
    <Section title={t('title')} lead={t('lead')}>
      {workspace.isPending && <Waiting rows={4} />}
      {workspace.isError && <ErrorPanel error={workspace.error} retry={workspace.refetch} />}
      {workspace.data && <RulesForm rules={workspace.data.bounces} />}
    </Section>
  )
}

function RulesForm({ rules }: { rules: Rules }) {
  const t = useTranslations('bounces')
  const common = useTranslations('common')
  const mayWrite = useMay()('settings:write')
  const [problem, setProblem] = useState<ProblemSeen | null>(null)
  const form = useForm({ initialValues: { bounces: { ...rules } } })
  const save = useMutation(
    api.workspace.update.mutationOptions({
      onSuccess: async (saved) => {
        form.setInitialValues({ bounces: { ...saved.bounces } })
        form.reset()
        setProblem(null)
        await refresh('workspace')
        said(t('saved'))
      },
      onError: (error) => setProblem(showErrors(form, error)),
    })
  )
  return (
    <form onSubmit={form.onSubmit((body) => save.mutate({ body }))}>
      <fieldset disabled={!mayWrite} style={{ border: 0, padding: 0, margin: 0, minWidth: 0 }}>
        <Stack gap="lg">
          <Radio.Group label={t('hard')} description={t('hardHint')} {...form.getInputProps('bounces.hard')}>
            <Stack gap="xs" mt="sm">
              <Radio value="suppress" label={t('hardSuppress')} />
              <Radio value="count" label={t('hardCount')} />
            </Stack>
          </Radio.Group>
          <SimpleGrid cols={{ base: 1, xs: 2 }} style={{ alignItems: 'end' }}>
            <NumberField
              label={t('times')}
              description={t('timesHint')}
              required
              min={2}
              max={20}
              whole
              {...form.getInputProps('bounces.soft_times')}
            />
            <NumberField
              label={t('days')}
              description={t('daysHint')}
              required
              min={1}
              max={365}
              whole
              {...form.getInputProps('bounces.soft_days')}
            />
          </SimpleGrid>
          <Radio.Group label={t('unknown')} description={t('unknownHint')} {...form.getInputProps('bounces.unknown')}>
            <Stack gap="xs" mt="sm">
              <Radio value="count" label={t('unknownCount')} />
              <Radio value="ignore" label={t('unknownIgnore')} />
            </Stack>
          </Radio.Group>
          <FormProblem problem={problem} />
          {mayWrite && (
            <Group justify="flex-end">
              <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
                {common('save')}
              </Button>
            </Group>
          )}
        </Stack>
      </fieldset>
      <UnsavedGuard when={form.isDirty() && !save.isPending} />
    </form>
  )
}
