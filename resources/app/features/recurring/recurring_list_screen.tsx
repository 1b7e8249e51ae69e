import { Button, Text } from '@mantine/core'
import { IconPlus, IconRepeat } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { api, keepPage } from '~/api'
import { useMay, useWorkspace } from '~/shell/me'
import { addressOf } from '~/shell/navigation'
import {
  DataGrid,
  DateTime,
  EmptyState,
  Filters,
  Narrow,
  onDemand,
  Page,
  pageQuery,
  RowLink,
  useSearchState,
  type GridColumn,
} from '~/ui'
import { CampaignTabs } from '../campaigns/campaign_tabs'
import type { Recurring } from './recurring'
import { RecurringBadge } from './recurring_badge'
import { useRuleWords } from './rule_words'

const CalendarModal = onDemand(() => import('./calendar_modal'), 'CalendarModal')

type Row = Omit<Recurring, 'occurrences'>

/** Campaigns that come by the calendar. */
export function RecurringListScreen() {
  const t = useTranslations('recurring')
  const [search, setSearch] = useSearchState('/w/$workspaceId/campaigns/recurring')
  const mayWrite = useMay()('campaigns:write')
  const recurring = useQuery(api.recurringCampaigns.index.queryOptions({ query: pageQuery(search, 30) }, keepPage))
  const isEmpty = !search.q && recurring.data?.data.length === 0
  const create = mayWrite && (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setSearch({ new: '1' })}>
      {t('new')}
    </Button>
  )
  return (
    <Page title={t('title')} lead={t('lead')} actions={create}>
      <CampaignTabs />
      {!isEmpty && <Filters label={t('search')} search={search} onSearch={setSearch} />}
      <DataGrid
        label={t('title')}
        query={recurring}
        columns={useColumns()}
        search={search}
        onSearch={setSearch}
        isFiltered={Boolean(search.q)}
        onClearFilter={() => setSearch({ q: undefined, pages: undefined })}
        empty={
          <EmptyState icon={IconRepeat} title={t('empty.title')} action={create}>
            {t('empty.text')}
          </EmptyState>
        }
      />
      <CalendarModal
        from={search.from}
        opened={search.new === '1' && mayWrite}
        onClose={() => setSearch({ new: undefined, from: undefined }, { replace: true })}
      />
    </Page>
  )
}

function useColumns(): GridColumn<Row>[] {
  const t = useTranslations('recurring.list')
  const { id: workspaceId } = useWorkspace()
  const inWords = useRuleWords()
  return [
    {
      key: 'name',
      title: t('name'),
      render: (row) => (
        <>
          <RowLink to={addressOf(workspaceId, `campaigns/recurring/${row.id}`)}>{row.name}</RowLink>
          <Text size="xs" c="dimmed">
            {inWords(row)}
          </Text>
          <Narrow>
            <RecurringBadge state={row.state} />
          </Narrow>
        </>
      ),
    },
    { key: 'state', title: t('state'), width: 150, from: 36, render: ({ state }) => <RecurringBadge state={state} /> },
    {
      key: 'next',
      title: t('next'),
      width: 220,
      from: 48,
      render: ({ state, next }) => (
        <DateTime value={state === 'active' ? (next.find((one) => !one.is_skipped)?.at ?? null) : null} />
      ),
    },
  ]
}
