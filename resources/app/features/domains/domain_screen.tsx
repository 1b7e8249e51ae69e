import { Box, Button, Group, Progress, Text } from '@mantine/core'
import { IconRefresh, IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, queryClient, refresh } from '~/api'
import { useMay } from '~/shell/me'
import { addressOf } from '~/shell/navigation'
import { ErrorPanel, later, onDemand, Page, said, TimeAgo, Waiting } from '~/ui'
import { whileChecking, type WholeDomain } from './domain'
import { DomainBadge } from './domain_badges'
import { FindingsSection } from './findings_section'
import { RecordsSection } from './records_section'

const WarmUpSection = later(() => import('./warm_up_section'), 'WarmUpSection', 3)
const WatchedSection = later(() => import('./watched_section'), 'WatchedSection', 3)
const RemoveModal = onDemand(() => import('./remove_modal'), 'RemoveModal')

/** One domain: what its DNS should say and says, what receivers make of it, and its warm-up. */
export function DomainScreen() {
  const t = useTranslations('domains')
  const { workspaceId, id } = useParams({ from: '/w/$workspaceId/settings/domains/$id' })
  const domain = useQuery({
    ...api.domains.show.queryOptions({ params: { id } }),
    ...whileChecking<WholeDomain>(({ checking }) => checking),
  })
  const crumbs = [{ label: t('title'), to: addressOf(workspaceId, 'settings/domains') }]
  if (!domain.data) {
    return (
      <Page title={t('domain')} crumbs={crumbs}>
        {domain.isError ? <ErrorPanel error={domain.error} retry={domain.refetch} /> : <Waiting rows={8} />}
      </Page>
    )
  }
  return (
    <Page
      title={domain.data.name}
      crumbs={crumbs}
      badge={<DomainBadge domain={domain.data} />}
      actions={<Actions domain={domain.data} />}
    >
      <LookProgress domain={domain.data} />
      <RecordsSection records={domain.data.records} />
      <FindingsSection findings={domain.data.findings} records={domain.data.records} />
      <WarmUpSection domain={domain.data.domain} />
      <WatchedSection key={domain.data.return_path} domain={domain.data} />
    </Page>
  )
}

function Actions({ domain }: { domain: WholeDomain }) {
  const t = useTranslations('domains')
  const mayWrite = useMay()('settings:write')
  const [isRemoving, setRemoving] = useState(false)
  const params = { id: domain.id }
  const keep = (answer: unknown) =>
    queryClient.setQueryData(api.domains.show.queryOptions({ params }).queryKey, answer as never)
  const check = useMutation(api.domains.check.mutationOptions({ onSuccess: keep }))
  const verify = useMutation(
    api.domains.verify.mutationOptions({
      onSuccess: (answer) => {
        keep(answer)
        said(t('asked'))
        return refresh('domains')
      },
    })
  )
  if (!mayWrite) return null
  const { provider, provider_note: note } = domain
  return (
    <>
      {((provider && provider.status !== 'verified') || (!provider && note)) && (
        <Button variant="default" loading={verify.isPending} onClick={() => verify.mutate({ params })}>
          {t(provider ? 'verify' : 'addThere')}
        </Button>
      )}
      <Button
        leftSection={<IconRefresh size={18} />}
        loading={check.isPending || domain.checking}
        onClick={() => check.mutate({ params })}
      >
        {t('checkNow')}
      </Button>
      <Button variant="default" leftSection={<IconTrash size={18} />} onClick={() => setRemoving(true)}>
        {t('remove.button')}
      </Button>
      <RemoveModal opened={isRemoving} domain={domain} onClose={() => setRemoving(false)} />
    </>
  )
}

/** How far a look has come, as each answer arrives. */
function LookProgress({ domain: { checking, findings, checked_at: at } }: { domain: WholeDomain }) {
  const t = useTranslations('domains')
  const all = Math.max(findings.length, 6)
  const done = findings.filter(({ is_open: isOpen }) => !isOpen).length
  return (
    <Box mb="md" role="status">
      {checking ? (
        <>
          <Text size="sm" mb={6}>
            {t('progress', { done, all })}
          </Text>
          <Progress value={(done / all) * 100} aria-label={t('progress', { done, all })} />
        </>
      ) : (
        <Group gap={6}>
          <Text size="sm" c="dimmed">
            {t('seen')} {at ? <TimeAgo value={at} /> : t('never')}
          </Text>
        </Group>
      )}
    </Box>
  )
}
