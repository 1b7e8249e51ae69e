import { Radio, Stack, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, refresh } from '~/api'
import { useMay } from '~/shell/me'
import { ConfirmModal, ErrorPanel, said, Section, Waiting } from '~/ui'

const policies = ['unless_objected', 'only_who_agreed'] as const
type Policy = (typeof policies)[number]

/** Whose opens and clicks are noted. A change says whom it concerns before it is made. */
export function MeasuringPolicy() {
  const t = useTranslations('measuring.policy')
  const mayWrite = useMay()('settings:write')
  const tracking = useQuery(api.tracking.show.queryOptions())
  const [wanted, want] = useState<Policy | null>(null)
  const change = useMutation(
    api.workspace.update.mutationOptions({
      onSuccess: async () => {
        want(null)
        await refresh('tracking', 'workspace', 'consents', 'segments')
        said(t('saved'))
      },
    })
  )
  if (tracking.isError) return <ErrorPanel error={tracking.error} retry={tracking.refetch} />
  if (!tracking.data) return <Waiting rows={4} />
  const { policy, people, granted, withdrawn } = tracking.data
  return (
    <Section title={t('title')} lead={t('lead')}>
      <Radio.Group label={t('label')} value={policy} onChange={(value) => want(value as Policy)}>
        <Stack mt="sm" gap="sm">
          {policies.map((one) => (
            <Radio key={one} value={one} disabled={!mayWrite} label={t(one)} description={t(`${one}Hint`)} />
          ))}
        </Stack>
      </Radio.Group>
      <Text size="sm" c="dimmed" mt="md">
        {t('said', { granted, withdrawn, people })}
      </Text>
      <ConfirmModal
        opened={wanted !== null}
        onClose={() => want(null)}
        onConfirm={() => wanted && change.mutate({ body: { tracking_policy: wanted } })}
        title={t('ask')}
        confirmLabel={t('change')}
        busy={change.isPending}
      >
        {t(wanted === 'only_who_agreed' ? 'stop' : 'start', { count: people - granted - withdrawn })}
      </ConfirmModal>
    </Section>
  )
}
