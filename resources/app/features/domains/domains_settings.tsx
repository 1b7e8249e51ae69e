import { Button, Text } from '@mantine/core'
import { IconPlus, IconWorldCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { api, keepPage } from '~/api'
import { useMay } from '~/shell/me'
import { DataGrid, EmptyState, onDemand, Page, RowLink, TimeAgo, useSearchState, type GridColumn } from '~/ui'
import { whileChecking, type Domain } from './domain'
import { DomainBadge, ProviderBadge } from './domain_badges'

const AddDomainModal = onDemand(() => import('./add_domain_modal'), 'AddDomainModal')

/** The domains that mail is sent from, and whether receivers will believe it. */
export function DomainsSettings() {
  const t = useTranslations('domains')
  const [search, setSearch] = useSearchState('/w/$workspaceId/settings/domains')
  const mayWrite = useMay()('settings:write')
  const domains = useQuery({
    ...api.domains.index.queryOptions({}, keepPage),
    ...whileChecking<{ data: Domain[] }>(({ data }) => data.some(({ checking }) => checking)),
  })
  const add = mayWrite && (
    <Button leftSection={<IconPlus size={18} />} onClick={() => setSearch({ new: '1' })}>
      {t('add')}
    </Button>
  )
  return (
    <Page title={t('title')} lead={t('lead')} actions={add}>
      <DataGrid<Domain>
        label={t('title')}
        query={domains}
        columns={useColumns()}
        search={search}
        onSearch={setSearch}
        empty={
          <EmptyState icon={IconWorldCheck} title={t('empty.title')} action={add}>
            {t('empty.text')}
          </EmptyState>
        }
      />
      <AddDomainModal opened={search.new === '1'} onClose={() => setSearch({ new: undefined }, { replace: true })} />
    </Page>
  )
}

function useColumns(): GridColumn<Domain>[] {
  const t = useTranslations('domains')
  const { workspaceId } = useParams({ from: '/w/$workspaceId/settings/domains' })
  return [
    {
      key: 'domain',
      title: t('domain'),
      render: ({ id, name }) => (
        <RowLink to="/w/$workspaceId/settings/domains/$id" params={{ workspaceId, id }}>
          {name}
        </RowLink>
      ),
    },
    { key: 'state', title: t('state'), render: (domain) => <DomainBadge domain={domain} /> },
    {
      key: 'provider',
      title: t('atProvider'),
      from: 36,
      render: ({ provider }) =>
        provider ? (
          <ProviderBadge status={provider.status} />
        ) : (
          <Text size="sm" c="dimmed">
            {t('onlyWatched')}
          </Text>
        ),
    },
    {
      key: 'look',
      title: t('lastLook'),
      from: 48,
      render: ({ checked_at: at }) => (
        <Text size="sm" c="dimmed">
          {at ? <TimeAgo value={at} /> : t('never')}
        </Text>
      ),
    },
  ]
}
