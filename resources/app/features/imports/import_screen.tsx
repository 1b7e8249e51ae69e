import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { api } from '~/api'
import { addressOf } from '~/shell/navigation'
import { ErrorPanel, later, Page, StatusBadge, Waiting } from '~/ui'
import { ImportProgress } from './import_progress'
import { statusTones, type ImportRecord } from './import_record'

const ImportResult = later(() => import('./import_result'), 'ImportResult', 5)
const ImportSetup = later(() => import('./import_setup'), 'ImportSetup', 10)

const LOOK_AGAIN_MS = 1000

/** One file: to be decided about, on its way in, or what became of it. */
export function ImportScreen() {
  const t = useTranslations('imports')
  const { workspaceId, id } = useParams({ from: '/w/$workspaceId/contacts/import/$id' })
  const query = useQuery(
    api.imports.show.queryOptions(
      { params: { id } },
      {
        refetchInterval: ({ state }) =>
          (state.data as ImportRecord | undefined)?.status === 'running' ? LOOK_AGAIN_MS : false,
      }
    )
  )
  const record = query.data as ImportRecord | undefined
  const crumbs = [
    { label: t('contacts'), to: addressOf(workspaceId, 'contacts') },
    { label: t('title'), to: addressOf(workspaceId, 'contacts/import') },
  ]
  return (
    <Page
      title={record?.file_name ?? t('one')}
      crumbs={crumbs}
      badge={record && <StatusBadge tone={statusTones[record.status]}>{t(`status.${record.status}`)}</StatusBadge>}
    >
      {!record && (query.isError ? <ErrorPanel error={query.error} retry={query.refetch} /> : <Waiting />)}
      {record?.status === 'analysed' && <ImportSetup key={id} record={record} />}
      {record?.status === 'running' && <ImportProgress record={record} />}
      {record && ['done', 'failed', 'undone'].includes(record.status) && <ImportResult record={record} />}
    </Page>
  )
}
