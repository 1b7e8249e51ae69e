import { Box, Text } from '@mantine/core'
import { IconEye, IconScale } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, keepPage } from '~/api'
import { addressOf } from '~/shell/navigation'
import {
  actionsColumn,
  Choice,
  DataGrid,
  Day,
  EmptyState,
  Narrow,
  onDemand,
  Page,
  pageQuery,
  RowButton,
  StatusBadge,
  useSearchState,
  type GridColumn,
} from '~/ui'
import { isOverdue, states, type PrivacyRequest } from './privacy_request'

const SettleModal = onDemand(() => import('./settle_modal'), 'SettleModal')

/** What people asked for by right, when it is due, and what became of it. */
export function PrivacyScreen() {
  const t = useTranslations('privacy')
  const { workspaceId } = useParams({ from: '/w/$workspaceId/contacts/requests' })
  const [search, setSearch] = useSearchState('/w/$workspaceId/contacts/requests')
  const [looked, look] = useState<PrivacyRequest | null>(null)
  const requests = useQuery(
    api.privacyRequests.index.queryOptions(
      {
        query: {
          ...pageQuery(search),
          ...(search.state ? { state: search.state as PrivacyRequest['state'] } : {}),
          count: 1,
        },
      },
      keepPage
    )
  )
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      crumbs={[{ label: t('contacts'), to: addressOf(workspaceId, 'contacts') }]}
    >
      {(search.state || requests.data?.data.length !== 0) && (
        <Box maw={280} mb="md">
          <Choice
            label={t('filterState')}
            any={t('anyState')}
            options={states.map((state) => ({ value: state, label: t(`states.${state}`) }))}
            value={search.state}
            onChange={(state) => setSearch({ state, pages: undefined })}
          />
        </Box>
      )}
      <DataGrid
        label={t('title')}
        query={requests}
        columns={useColumns(look)}
        search={search}
        onSearch={setSearch}
        isFiltered={Boolean(search.state)}
        onClearFilter={() => setSearch({ state: undefined, pages: undefined })}
        empty={
          <EmptyState icon={IconScale} title={t('empty.title')}>
            {t('empty.text')}
          </EmptyState>
        }
      />
      {looked && <SettleModal opened request={looked} onClose={() => look(null)} />}
    </Page>
  )
}

function useColumns(look: (request: PrivacyRequest) => void): GridColumn<PrivacyRequest>[] {
  const t = useTranslations('privacy')
  return [
    {
      key: 'person',
      title: t('person'),
      render: (request) => (
        <>
          <Text size="sm" fw={600} className="break" c={request.person ? undefined : 'dimmed'}>
            {request.person ?? t('gone')}
          </Text>
          <Narrow below={48}>
            <Text size="xs" c="dimmed">
              {t(`kinds.${request.kind}`)}
            </Text>
          </Narrow>
        </>
      ),
    },
    {
      key: 'kind',
      title: t('kind'),
      from: 48,
      width: 190,
      render: ({ kind }) => <Text size="sm">{t(`kinds.${kind}`)}</Text>,
    },
    { key: 'due_on', title: t('due'), from: 36, width: 140, render: ({ due_on: due }) => <Day value={due} /> },
    { key: 'state', title: t('state'), width: 150, render: (request) => <State request={request} /> },
    actionsColumn((request) => (
      <RowButton
        icon={IconEye}
        label={t('open')}
        name={t('openThis', { name: request.person ?? t('gone') })}
        onClick={() => look(request)}
      />
    )),
  ]
}

function State({ request }: { request: PrivacyRequest }) {
  const t = useTranslations('privacy')
  if (isOverdue(request)) return <StatusBadge tone="bad">{t('states.overdue')}</StatusBadge>
  const tones = { unconfirmed: 'busy', open: 'warning', done: 'good', refused: 'neutral' } as const
  return <StatusBadge tone={tones[request.state]}>{t(`states.${request.state}`)}</StatusBadge>
}
