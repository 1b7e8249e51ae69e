import { Menu, Skeleton, Text } from '@mantine/core'
import { IconAlertTriangle, IconFilter, IconPlus, IconTrash, IconUsers } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { api, keepPage } from '~/api'
import { useMay } from '~/shell/me'
import {
  actionsColumn,
  Counter,
  DataGrid,
  EmptyState,
  LinkButton,
  MoreMenu,
  Page,
  pageQuery,
  RowLink,
  TimeAgo,
  type GridColumn,
} from '~/ui'
import { useDeleteSegment } from './use_delete_segment'

interface Segment {
  id: string
  name: string
  sentence: string | null
  problem: string | null
  updated_at: string
}

/** Ways to pick people, each told as a sentence. */
export function SegmentsScreen() {
  const t = useTranslations('segments')
  const { workspaceId } = useParams({ from: '/w/$workspaceId/segments' })
  const search = useSearch({ from: '/w/$workspaceId/segments' })
  const navigate = useNavigate({ from: '/w/$workspaceId/segments' })
  const mayWrite = useMay()('segments:write')
  const segments = useQuery(api.segments.index.queryOptions({ query: pageQuery(search) }, keepPage))
  const create = mayWrite && (
    <LinkButton to="/w/$workspaceId/segments/new" params={{ workspaceId }} leftSection={<IconPlus size={18} />}>
      {t('new')}
    </LinkButton>
  )
  return (
    <Page title={t('title')} lead={t('lead')} actions={create}>
      <DataGrid
        label={t('title')}
        query={segments}
        columns={useColumns(workspaceId, mayWrite)}
        search={search}
        onSearch={(change) => void navigate({ search: (now: object) => ({ ...now, ...change }) })}
        empty={
          <EmptyState icon={IconFilter} title={t('empty.title')} action={create}>
            {t('empty.text')}
          </EmptyState>
        }
      />
    </Page>
  )
}

function useColumns(workspaceId: string, mayWrite: boolean): GridColumn<Segment>[] {
  const t = useTranslations('segments')
  return [
    {
      key: 'name',
      title: t('name'),
      render: (segment) => (
        <>
          <RowLink to="/w/$workspaceId/segments/$id" params={{ workspaceId, id: segment.id }}>
            {segment.name}
          </RowLink>
          <Text size="sm" c="dimmed" lineClamp={3} className="break">
            {segment.sentence ?? (
              <>
                <IconAlertTriangle size={15} style={{ verticalAlign: '-2px' }} aria-hidden /> {t('broken')}{' '}
                {segment.problem}
              </>
            )}
          </Text>
        </>
      ),
    },
    { key: 'count', title: t('people'), width: 110, align: 'right', render: (segment) => <Count id={segment.id} /> },
    {
      key: 'updated_at',
      title: t('changed'),
      from: 60,
      width: 170,
      render: ({ updated_at: at }) => <TimeAgo value={at} />,
    },
    actionsColumn((segment) => <RowMenu segment={segment} workspaceId={workspaceId} mayWrite={mayWrite} />),
  ]
}

/** Counted for itself, so that a heavy rule keeps no other row waiting. */
function Count({ id }: { id: string }) {
  const segment = useQuery(api.segments.show.queryOptions({ params: { id } }, { staleTime: 60_000 }))
  if (segment.isPending) return <Skeleton height={18} width={48} ml="auto" />
  return segment.data?.count === null || !segment.data ? <span>–</span> : <Counter value={segment.data.count} />
}

function RowMenu({ segment, workspaceId, mayWrite }: { segment: Segment; workspaceId: string; mayWrite: boolean }) {
  const t = useTranslations('segments')
  const navigate = useNavigate()
  const remove = useDeleteSegment()
  return (
    <MoreMenu name={segment.name}>
      <Menu.Item
        leftSection={<IconUsers size={18} />}
        onClick={() =>
          void navigate({ to: '/w/$workspaceId/contacts', params: { workspaceId }, search: { segment: segment.id } })
        }
      >
        {t('showPeople')}
      </Menu.Item>
      {mayWrite && (
        <Menu.Item leftSection={<IconTrash size={18} />} onClick={() => remove(segment)}>
          {t('delete')}
        </Menu.Item>
      )}
    </MoreMenu>
  )
}
