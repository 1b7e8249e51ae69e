import { Alert, Box } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, refresh } from '~/api'
import { ConfirmModal, said, Section } from '~/ui'
import { ProviderRow, type Provider, type ProviderActions } from './provider_row'

/** The accounts of a workspace in its order: the first sends what no topic sends otherwise, others step in. */
export function ProvidersSection({
  providers,
  mayWrite,
  onEdit,
}: {
  providers: Provider[]
  mayWrite: boolean
  onEdit: (provider: Provider) => void
}) {
  const t = useTranslations('providers')
  const [leaving, setLeaving] = useState<Provider | null>(null)
  const topics = useQuery(api.topics.index.queryOptions({ query: { limit: 100 } }))
  const { change, remove, test, tested } = useProviders(() => setLeaving(null))
  const nameOf = (id: string) =>
    id === 'service' ? t('service') : (topics.data?.data.find((topic) => topic.id === id)?.name ?? id)
  const actionsFor = (provider: Provider): ProviderActions => {
    const params = { id: provider.id }
    return {
      onMove: (position) => change.mutate({ params, body: { position } }),
      onEdit: () => onEdit(provider),
      onTest: (send) => test.mutate({ params, body: { send } }),
      onSwitch: () => change.mutate({ params, body: { status: provider.status === 'off' ? 'ok' : 'off' } }),
      onRemove: () => setLeaving(provider),
    }
  }
  return (
    <Section title={t('providers')} lead={t('providersLead')}>
      <div role="status">
        {tested && (
          <Alert color={tested.ok ? 'green' : 'red'} mb="sm">
            {tested.text}
          </Alert>
        )}
      </div>
      <Box component="ol" m={0} p={0}>
        {providers.map((provider) => (
          <ProviderRow
            key={provider.id}
            provider={provider}
            last={providers.length}
            topicNames={provider.topics.map(nameOf)}
            actions={mayWrite ? actionsFor(provider) : null}
          />
        ))}
      </Box>
      <ConfirmModal
        opened={leaving !== null}
        onClose={() => setLeaving(null)}
        onConfirm={() => leaving && remove.mutate({ params: { id: leaving.id } })}
        busy={remove.isPending}
        title={t('removeTitle', { name: leaving?.name ?? '' })}
        confirmLabel={t('remove')}
        danger
      >
        {t('removeText')}
      </ConfirmModal>
    </Section>
  )
}

/** What can be done with an account; the answer of the last test stays to be read. */
function useProviders(onRemoved: () => void) {
  const t = useTranslations('providers')
  const [tested, setTested] = useState<{ ok: boolean; text: string } | null>(null)
  const change = useMutation(api.providers.update.mutationOptions({ onSuccess: () => refresh('providers') }))
  const remove = useMutation(
    api.providers.destroy.mutationOptions({
      onSuccess: async () => {
        onRemoved()
        await refresh('providers')
        said(t('removed'))
      },
    })
  )
  const test = useMutation(
    api.providers.test.mutationOptions({
      onMutate: () => setTested(null),
      onSuccess: async ({ ok, note, sent_to: to }) => {
        const good = to ? t('sentTo', { to }) : t('works')
        setTested({ ok, text: [ok ? good : null, note].filter(Boolean).join(' ') })
        await refresh('providers')
      },
    })
  )
  return { change, remove, test, tested }
}
