import { Select, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, refresh } from '~/api'
import { showErrors, type ProblemSeen } from '~/problem'
import { FormModal } from '~/ui'
import { WatchedFields } from './watched_fields'

const regions = ['eu-west-1', 'us-east-1', 'sa-east-1', 'ap-northeast-1'] as const
type Region = (typeof regions)[number]

const nothing = {
  domain: '',
  region: 'eu-west-1' as Region,
  return_path: '',
  dkim_selectors: [] as string[],
  reply_to_domain: '',
}

/** Adds a domain, at Resend where that is connected, and goes to its records. */
export function AddDomainModal({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useTranslations('domains')
  const { workspaceId = '' } = useParams({ strict: false })
  const navigate = useNavigate()
  const provider = useQuery(api.providers.resend.show.queryOptions())
  const isResend = provider.data?.connected === true
  const [problem, setProblem] = useState<ProblemSeen | null>(null)
  const form = useForm({ initialValues: nothing })
  const add = useMutation(
    api.domains.store.mutationOptions({
      onSuccess: async ({ id }) => {
        await refresh('domains')
        form.reset()
        void navigate({ to: '/w/$workspaceId/settings/domains/$id', params: { workspaceId, id } })
      },
      onError: (error) => setProblem(showErrors(form, error)),
    })
  )
  const close = () => {
    form.reset()
    setProblem(null)
    onClose()
  }
  const submit = form.onSubmit(({ domain, region, return_path, dkim_selectors, reply_to_domain }) =>
    add.mutate({
      body: {
        domain,
        ...(isResend ? { region } : { dkim_selectors, ...(return_path ? { return_path } : {}) }),
        ...(reply_to_domain ? { reply_to_domain } : {}),
      },
    })
  )
  return (
    <FormModal
      opened={opened}
      title={t('add')}
      problem={problem}
      submitLabel={t('add')}
      busy={add.isPending}
      onSubmit={submit}
      onClose={close}
    >
      <TextInput
        label={t('form.domainLabel')}
        description={t('form.domainHint')}
        placeholder={t('form.placeholder')}
        required
        data-autofocus
        autoComplete="off"
        {...form.getInputProps('domain')}
      />
      {isResend ? (
        <Select
          label={t('form.region')}
          description={t('form.regionHint')}
          data={regions.map((region) => ({ value: region, label: `${t(`form.regions.${region}`)} (${region})` }))}
          allowDeselect={false}
          {...form.getInputProps('region')}
        />
      ) : (
        provider.data && (
          <Text size="sm" c="dimmed">
            {t('form.watchOnly')}
          </Text>
        )
      )}
      <WatchedFields form={form} isProviders={isResend} />
    </FormModal>
  )
}
