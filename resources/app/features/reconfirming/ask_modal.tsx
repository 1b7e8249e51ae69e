import { Alert, NativeSelect, Radio, SimpleGrid, Stack, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconUsers } from '@tabler/icons-react'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { api, refresh } from '~/api'
import { showErrors, type ProblemSeen } from '~/problem'
import { useWorkspace } from '~/shell/me'
import { addressOf } from '~/shell/navigation'
import { Counter, ErrorPanel, FormModal, NumberField, said } from '~/ui'
import { useLanguageName } from '../campaigns/language_name'
import { useReason } from '../reports/reason'
import type { Proof } from './proofs_section'

const silences = ['keep', 'rest', 'withdraw'] as const

/** Whom to ask, how long to wait, and what silence means: all of it before anybody is asked. */
export function AskModal({ topic, onClose }: { topic: Proof; onClose: () => void }) {
  const t = useTranslations('reconfirming.ask')
  const { form, submit, problem, isBusy, preview } = useAsking(topic, onClose)
  const segments = useQuery(api.segments.index.queryOptions({ query: { limit: 100 } }))
  return (
    <FormModal
      title={t('title', { topic: topic.topic_name })}
      size="lg"
      problem={problem}
      submitLabel={t('prepare')}
      busy={isBusy}
      disabled={preview.data?.mailable === 0}
      onSubmit={submit}
      onClose={onClose}
    >
      <NativeSelect
        label={t('who')}
        data={[
          { value: '', label: t('everybody') },
          ...(segments.data?.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ]}
        {...form.getInputProps('segment_id')}
      />
      {preview.isError ? (
        <ErrorPanel error={preview.error} retry={preview.refetch} />
      ) : (
        <Reach audience={preview.data ?? null} />
      )}
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <NumberField
          label={t('answerDays')}
          description={t('answerDaysHint')}
          required
          min={7}
          max={90}
          whole
          {...form.getInputProps('answer_days')}
        />
        <NumberField
          label={t('remind')}
          description={t('remindHint')}
          min={3}
          max={60}
          whole
          {...form.getInputProps('remind_after_days')}
        />
      </SimpleGrid>
      <Radio.Group label={t('silence')} description={t('silenceHint')} required {...form.getInputProps('silence')}>
        <Stack gap="xs" mt="xs">
          {silences.map((silence) => (
            <Radio key={silence} value={silence} label={t(`silences.${silence}`)} />
          ))}
        </Stack>
      </Radio.Group>
    </FormModal>
  )
}

/** The numbers, and why the others are not asked. */
function Reach({
  audience,
}: {
  audience: {
    candidates: number
    mailable: number
    excluded: Record<string, number>
    languages?: Record<string, number>
  } | null
}) {
  const t = useTranslations('reconfirming.ask')
  const say = useReason()
  const nameOf = useLanguageName()
  const format = useFormatter()
  if (!audience) return <Text size="sm">{t('counting')}</Text>
  const { candidates, mailable, excluded, languages = {} } = audience
  const read = Object.entries(languages).sort(([, a], [, b]) => b - a)
  const reasons = Object.entries(excluded).sort(([, a], [, b]) => b - a)
  return (
    <Alert
      icon={<IconUsers aria-hidden />}
      color={mailable === 0 ? 'yellow' : undefined}
      title={t('mailable', { mailable })}
      variant="light"
      role="status"
    >
      {read.length > 0 && (
        <Text size="sm">
          {t('languages', {
            list: format.list(
              read.map(([language, people]) => t('inLanguage', { people, language: nameOf(language) }))
            ),
          })}
        </Text>
      )}
      {t('of', { candidates, excluded: candidates - mailable })}
      {reasons.length > 0 && (
        <>
          <ul>
            {reasons.map(([reason, people]) => (
              <li key={reason}>
                <Counter value={people} /> {say(reason)}
              </li>
            ))}
          </ul>
          <Text size="sm">{t('law')}</Text>
        </>
      )}
    </Alert>
  )
}

function useAsking({ topic_id: topicId }: Proof, onClose: () => void) {
  const t = useTranslations('reconfirming.ask')
  const { id: workspaceId } = useWorkspace()
  const navigate = useNavigate()
  const [problem, setProblem] = useState<ProblemSeen | null>(null)
  const form = useForm({
    initialValues: {
      segment_id: '',
      answer_days: 21 as number | null,
      remind_after_days: null as number | null,
      silence: 'keep' as (typeof silences)[number],
    },
  })
  const { segment_id: segmentId } = form.values
  const preview = useQuery({
    ...api.reconfirmations.preview.queryOptions({
      query: { topic_id: Number(topicId), ...(segmentId ? { segment_id: Number(segmentId) } : {}) },
    }),
    placeholderData: keepPreviousData,
  })
  const prepare = useMutation(
    api.reconfirmations.store.mutationOptions({
      onError: (error: unknown) => setProblem(showErrors(form, error)),
      onSuccess: async ({ campaign_id: campaignId }) => {
        said(t('prepared'))
        onClose()
        await refresh('reconfirmations', 'campaigns')
        await navigate({ to: addressOf(workspaceId, `campaigns/${campaignId}`) })
      },
    })
  )
  const submit = form.onSubmit(({ answer_days: days, ...values }) =>
    prepare.mutate({
      body: {
        ...values,
        answer_days: days ?? undefined,
        topic_id: Number(topicId),
        segment_id: segmentId ? Number(segmentId) : null,
      },
    })
  )
  return { form, submit, problem, isBusy: prepare.isPending, preview }
}
