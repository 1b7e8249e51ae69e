import { Button, Group, Text } from '@mantine/core'
import { IconBan, IconPlus, IconTrash, IconUpload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, keepPage } from '~/api'
import { useMay } from '~/shell/me'
import { addressOf } from '~/shell/navigation'
import {
  actionsColumn,
  Choice,
  DataGrid,
  Day,
  EmptyState,
  Filters,
  Narrow,
  onDemand,
  Page,
  pageQuery,
  RowButton,
  useSearchState,
  type GridColumn,
} from '~/ui'
import { LiftModal } from './lift_modal'

const FileModal = onDemand(() => import('./file_modal'), 'FileModal')
const SuppressModal = onDemand(() => import('./suppress_modal'), 'SuppressModal')

export const reasons = [
  'manual',
  'unsubscribed_all',
  'objection',
  'hard_bounce',
  'soft_bounce',
  'complaint',
  'imported',
  'provider',
  'erased',
] as const

export interface Suppression {
  id: string
  address: string | null
  reason: (typeof reasons)[number]
  note: string | null
  source: string | null
  needs_new_consent: boolean
  created_at: string
}

/** Addresses that nothing is sent to, whoever they belong to. */
export function SuppressionsScreen() {
  const t = useTranslations('suppressions')
  const { workspaceId } = useParams({ from: '/w/$workspaceId/contacts/suppressions' })
  const [search, setSearch] = useSearchState('/w/$workspaceId/contacts/suppressions')
  const mayWrite = useMay()('suppressions:write')
  const [lifted, lift] = useState<Suppression | null>(null)
  const suppressions = useQuery(
    api.suppressions.index.queryOptions(
      { query: { ...pageQuery(search), ...(search.reason ? { reason: search.reason } : {}), count: 1 } },
      keepPage
    )
  )
  const isFiltered = Boolean(search.q || search.reason)
  const isEmpty = !isFiltered && suppressions.data?.data.length === 0
  const add = mayWrite && (
    <Group gap="sm">
      <Button variant="default" leftSection={<IconUpload size={18} />} onClick={() => setSearch({ new: 'file' })}>
        {t('file.open')}
      </Button>
      <Button leftSection={<IconPlus size={18} />} onClick={() => setSearch({ new: '1' })}>
        {t('add')}
      </Button>
    </Group>
  )
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      crumbs={[{ label: t('contacts'), to: addressOf(workspaceId, 'contacts') }]}
      actions={add}
    >
      {!isEmpty && (
        <Filters label={t('search')} search={search} onSearch={setSearch}>
          <Choice
            label={t('filterReason')}
            any={t('anyReason')}
            options={reasons.map((reason) => ({ value: reason, label: t(`reasons.${reason}`) }))}
            value={search.reason}
            onChange={(reason) => setSearch({ reason, pages: undefined })}
          />
        </Filters>
      )}
      <DataGrid
        label={t('title')}
        query={suppressions}
        columns={useColumns(mayWrite ? lift : undefined)}
        search={search}
        onSearch={setSearch}
        isFiltered={isFiltered}
        onClearFilter={() => setSearch({ q: undefined, reason: undefined, pages: undefined })}
        empty={
          <EmptyState icon={IconBan} title={t('empty.title')} action={add}>
            {t('empty.text')}
          </EmptyState>
        }
      />
      <SuppressModal opened={search.new === '1'} onClose={() => setSearch({ new: undefined }, { replace: true })} />
      <FileModal opened={search.new === 'file'} onClose={() => setSearch({ new: undefined }, { replace: true })} />
      {lifted && <LiftModal suppression={lifted} onClose={() => lift(null)} />}
    </Page>
  )
}

function useColumns(lift?: (suppression: Suppression) => void): GridColumn<Suppression>[] {
  const t = useTranslations('suppressions')
  return [
    {
      key: 'address',
      title: t('address'),
      render: (suppression) => <Address suppression={suppression} />,
    },
    {
      key: 'reason',
      title: t('reason'),
      from: 48,
      width: 240,
      render: ({ reason }) => <Text size="sm">{t(`reasons.${reason}`)}</Text>,
    },
    {
      key: 'source',
      title: t('source'),
      from: 68,
      width: 170,
      render: ({ source }) => <Text size="sm">{source ?? '–'}</Text>,
    },
    { key: 'created_at', title: t('since'), from: 60, width: 140, render: ({ created_at: at }) => <Day value={at} /> },
    ...(lift
      ? [actionsColumn((suppression: Suppression) => <LiftButton suppression={suppression} lift={lift} />)]
      : []),
  ]
}

function Address({ suppression: { address, note, reason } }: { suppression: Suppression }) {
  const t = useTranslations('suppressions')
  return (
    <>
      <Text size="sm" fw={600} className="break" c={address ? undefined : 'dimmed'}>
        {address ?? t('erasedAddress')}
      </Text>
      <Narrow below={48}>
        <Text size="xs" c="dimmed" className="break">
          {t(`reasons.${reason}`)}
        </Text>
      </Narrow>
      {note && note !== t(`reasons.${reason}`) && (
        <Text size="xs" c="dimmed" className="break">
          {note}
        </Text>
      )}
    </>
  )
}

function LiftButton({ suppression, lift }: { suppression: Suppression; lift: (suppression: Suppression) => void }) {
  const t = useTranslations('suppressions')
  return (
    <RowButton
      icon={IconTrash}
      label={t('lift')}
      name={t('liftThis', { address: suppression.address ?? t('erasedAddress') })}
      onClick={() => lift(suppression)}
    />
  )
}
