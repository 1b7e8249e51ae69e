import { NativeSelect, NumberInput, SimpleGrid, Switch, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, refresh } from '~/api'
import { showErrors, type ProblemSeen } from '~/problem'
import { useMay } from '~/shell/me'
import { FormModal, said } from '~/ui'

export interface Topic {
  id: string
  name: string
  description: string
  public: boolean
  double_opt_in: boolean
  frequency_cap: { mails: number; days: number } | null
  sunset_days: number | null
  created_at: string
}

/** Writes a topic down, or changes one. */
export function TopicModal({ opened, topic, onClose }: { opened: boolean; topic: Topic | null; onClose: () => void }) {
  const t = useTranslations('topics')
  const route = useRoute(topic)
  const { form, submit, problem, isBusy } = useSaveTopic({ topic, onClose, saveRoute: route.save })
  return (
    <FormModal
      opened={opened}
      title={t(topic ? 'editTitle' : 'new')}
      problem={problem}
      busy={isBusy}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        label={t('name')}
        placeholder={t('namePlaceholder')}
        required
        maxLength={120}
        data-autofocus
        {...form.getInputProps('name')}
      />
      <Textarea
        label={t('description')}
        description={t('descriptionHint')}
        autosize
        minRows={2}
        maxLength={1000}
        {...form.getInputProps('description')}
      />
      <Switch
        label={t('doubleOptIn')}
        description={t('doubleOptInHint')}
        {...form.getInputProps('double_opt_in', { type: 'checkbox' })}
      />
      <Switch
        label={t('public')}
        description={t('publicHint')}
        {...form.getInputProps('public', { type: 'checkbox' })}
      />
      <FrequencyCap form={form} />
      <Sunset form={form} />
      {route.providers.length > 1 && <SendsBy route={route} />}
    </FormModal>
  )
}

type TopicForm = ReturnType<typeof useSaveTopic>['form']

/** At most so many mails in so many days. */
function FrequencyCap({ form }: { form: TopicForm }) {
  const t = useTranslations('topics')
  return (
    <>
      <Switch
        label={t('cap')}
        description={t('capHint')}
        checked={form.values.frequency_cap !== null}
        onChange={({ currentTarget }) =>
          form.setFieldValue('frequency_cap', currentTarget.checked ? { mails: 1, days: 7 } : null)
        }
      />
      {form.values.frequency_cap && (
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <NumberInput
            label={t('capMails')}
            required
            min={1}
            max={100}
            allowDecimal={false}
            {...form.getInputProps('frequency_cap.mails')}
          />
          <NumberInput
            label={t('capDays')}
            required
            min={1}
            max={90}
            allowDecimal={false}
            {...form.getInputProps('frequency_cap.days')}
          />
        </SimpleGrid>
      )}
    </>
  )
}

/** After how many days of silence somebody is asked: like the workspace says (null), never (0), or by days of its own. */
function Sunset({ form }: { form: TopicForm }) {
  const t = useTranslations('topics')
  const days = form.values.sunset_days
  return (
    <>
      <NativeSelect
        label={t('sunset')}
        description={t('sunsetHint')}
        data={[
          { value: 'like', label: t('sunsetLike') },
          { value: 'never', label: t('sunsetNever') },
          { value: 'own', label: t('sunsetOwn') },
        ]}
        value={days === null ? 'like' : days === 0 ? 'never' : 'own'}
        onChange={({ currentTarget: { value } }) =>
          form.setFieldValue('sunset_days', value === 'like' ? null : value === 'never' ? 0 : 180)
        }
      />
      {days !== null && days !== 0 && (
        <NumberInput
          label={t('sunsetDays')}
          required
          min={30}
          max={1095}
          allowDecimal={false}
          {...form.getInputProps('sunset_days')}
        />
      )}
    </>
  )
}

function SendsBy({ route }: { route: ReturnType<typeof useRoute> }) {
  const t = useTranslations('topics')
  return (
    <NativeSelect
      label={t('sendsBy')}
      description={t('sendsByHint')}
      data={[
        { value: '', label: t('firstProvider') },
        ...route.providers.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      value={route.chosen}
      onChange={({ currentTarget }) => route.choose(currentTarget.value)}
    />
  )
}

/** Which provider sends a topic; asked of those who may say so, where there are several. Empty: the first in the order. */
function useRoute(topic: Topic | null) {
  const isAsked = useMay()('settings:write')
  const query = useQuery({ ...api.providers.index.queryOptions(), enabled: isAsked })
  const [chosen, choose] = useState<string | null>(null)
  const providers = query.data?.data ?? []
  const now = (topic && providers.find(({ topics }) => topics.includes(topic.id))?.id) ?? ''
  const set = useMutation(api.sendingRoutes.update.mutationOptions({}))
  const end = useMutation(api.sendingRoutes.destroy.mutationOptions({}))
  const save = async (id: string) => {
    if (chosen === null || chosen === now) return
    const params = { topic: id }
    await (chosen === ''
      ? end.mutateAsync({ params })
      : set.mutateAsync({ params, body: { provider_id: Number(chosen) } }))
    await refresh('providers')
  }
  return { providers, chosen: chosen ?? now, choose, save }
}

function useSaveTopic({
  topic,
  onClose,
  saveRoute,
}: {
  topic: Topic | null
  onClose: () => void
  saveRoute: (id: string) => Promise<void>
}) {
  const t = useTranslations('topics')
  const [problem, setProblem] = useState<ProblemSeen | null>(null)
  const form = useForm({
    initialValues: {
      name: topic?.name ?? '',
      description: topic?.description ?? '',
      public: topic?.public ?? true,
      double_opt_in: topic?.double_opt_in ?? true,
      frequency_cap: topic?.frequency_cap ?? null,
      sunset_days: topic?.sunset_days ?? null,
    },
  })
  const done = {
    onError: (error: unknown) => setProblem(showErrors(form, error)),
    onSuccess: async ({ id }: { id: string }) => {
      await saveRoute(id)
      await refresh('topics', 'overview')
      said(t('saved', { name: form.values.name }))
      form.reset()
      setProblem(null)
      onClose()
    },
  }
  const create = useMutation(api.topics.store.mutationOptions(done))
  const update = useMutation(api.topics.update.mutationOptions(done))
  const submit = form.onSubmit((body) =>
    topic ? update.mutate({ params: { id: topic.id }, body }) : create.mutate({ body })
  )
  return { form, submit, problem, isBusy: create.isPending || update.isPending }
}
