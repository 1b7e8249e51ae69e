import { Button } from '@mantine/core'
import { IconPlus, IconSend } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { api, keepPage } from '~/api'
import { useMay } from '~/shell/me'
import { Choice, DataGrid, EmptyState, Filters, Page, pageQuery, useSearchState } from '~/ui'
import { campaignStatuses, type CampaignStatus } from './campaign_badge'
import { CampaignTabs } from './campaign_tabs'
import { useCampaignColumns } from './campaign_columns'
import { useNewCampaign } from './use_new_campaign'
import { useResults } from './use_results'

const REFRESH_MS = 2_500

/** Everything that was written, is leaving or has left, newest first. */
export function CampaignsScreen() {
  const t = useTranslations('campaigns')
  const [search, setSearch] = useSearchState('/w/$workspaceId/campaigns')
  const { status } = search
  const campaigns = useQuery(
    api.campaigns.index.queryOptions(
      { query: { ...pageQuery(search, 30), ...(status ? { status: [status as CampaignStatus] } : {}) } },
      {
        ...keepPage,
        refetchInterval: ({ state }) => (state.data?.data.some((row) => row.status === 'sending') ? REFRESH_MS : false),
      }
    )
  )
  const results = useResults(campaigns.data?.data)
  const create = <NewCampaignButton />
  const isFiltered = Boolean(search.q || status)
  const isEmpty = !isFiltered && campaigns.data?.data.length === 0
  return (
    <Page title={t('title')} lead={t('lead')} actions={create}>
      <CampaignTabs />
      {!isEmpty && (
        <Filters label={t('search')} search={search} onSearch={setSearch}>
          <Choice
            label={t('list.status')}
            any={t('list.allStatuses')}
            options={campaignStatuses.map((value) => ({ value, label: t(`status.${value}`) }))}
            value={status}
            onChange={(value) => setSearch({ status: value, pages: undefined })}
          />
        </Filters>
      )}
      <DataGrid
        label={t('title')}
        query={campaigns}
        columns={useCampaignColumns(results)}
        search={search}
        onSearch={setSearch}
        isFiltered={isFiltered}
        onClearFilter={() => setSearch({ q: undefined, status: undefined, pages: undefined })}
        empty={
          <EmptyState icon={IconSend} title={t('empty.title')} action={create} more={t('empty.more')}>
            {t('empty.text')}
          </EmptyState>
        }
      />
    </Page>
  )
}

/** A draft at once, without a form before it; also what `?new=1` asks for. */
function NewCampaignButton() {
  const t = useTranslations('campaigns')
  const [search, setSearch] = useSearchState('/w/$workspaceId/campaigns')
  const mayWrite = useMay()('campaigns:write')
  const { create, isPending } = useNewCampaign()
  const isAsked = useRef(false)
  useEffect(() => {
    if (search.new !== '1' || !mayWrite || isAsked.current) return
    isAsked.current = true
    setSearch({ new: undefined }, { replace: true })
    create()
  }, [search.new, mayWrite, create, setSearch])
  if (!mayWrite) return null
  return (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={create} loading={isPending}>
      {t('new')}
    </Button>
  )
}
