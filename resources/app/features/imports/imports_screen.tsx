import { Anchor, Code, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { api, keepPage } from '~/api'
import { useMay } from '~/shell/me'
import { addressOf } from '~/shell/navigation'
import {
  Counter,
  DataGrid,
  Page,
  pageQuery,
  RowLink,
  Section,
  StatusBadge,
  TimeAgo,
  useSearchState,
  type GridColumn,
} from '~/ui'
import { FileDrop } from './file_drop'
import { statusTones, type ImportRecord } from './import_record'

/** Where a list comes in, and the lists that came before. */
export function ImportsScreen() {
  const t = useTranslations('imports')
  const { workspaceId } = useParams({ from: '/w/$workspaceId/contacts/import' })
  const [search, setSearch] = useSearchState('/w/$workspaceId/contacts/import')
  const mayWrite = useMay()('imports:write')
  const imports = useQuery(api.imports.index.queryOptions({ query: pageQuery(search, 20) }, keepPage))
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      crumbs={[{ label: t('contacts'), to: addressOf(workspaceId, 'contacts') }]}
    >
      {mayWrite && (
        <Section title={t('file.title')} lead={t('file.lead')}>
          <FileDrop />
          <Text size="sm" c="dimmed" mt="md" component="div">
            {t('file.example')}
            <Code block mt={6}>
              {'email,first_name,last_name,city\nada@example.com,Ada,Baker,Bristol'}
            </Code>
            <Anchor
              size="sm"
              href={`data:text/csv;charset=utf-8,${encodeURIComponent('email,first_name,last_name,city,tags\nada@example.com,Ada,Baker,Bristol,vip\n')}`}
              download="example.csv"
            >
              {t('file.download')}
            </Anchor>
          </Text>
        </Section>
      )}
      <Section title={t('past.title')}>
        <DataGrid
          label={t('past.title')}
          query={imports}
          columns={useColumns(workspaceId)}
          search={search}
          onSearch={setSearch}
          empty={<Text size="sm">{t('past.none')}</Text>}
        />
      </Section>
    </Page>
  )
}

function useColumns(workspaceId: string): GridColumn<ImportRecord>[] {
  const t = useTranslations('imports')
  return [
    {
      key: 'file_name',
      title: t('past.file'),
      render: ({ id, file_name: name, created_by: by }) => (
        <>
          <RowLink to="/w/$workspaceId/contacts/import/$id" params={{ workspaceId, id }}>
            {name}
          </RowLink>
          <Text size="xs" c="dimmed">
            {by}
          </Text>
        </>
      ),
    },
    {
      key: 'status',
      title: t('past.status'),
      width: 170,
      render: ({ status }) => <StatusBadge tone={statusTones[status]}>{t(`status.${status}`)}</StatusBadge>,
    },
    {
      key: 'new',
      title: t('counts.new.short'),
      from: 60,
      width: 90,
      align: 'right',
      render: ({ counts }) => <Counter value={counts.new ?? 0} />,
    },
    {
      key: 'changed',
      title: t('counts.changed.short'),
      from: 60,
      width: 100,
      align: 'right',
      render: ({ counts }) => <Counter value={counts.changed ?? 0} />,
    },
    {
      key: 'created_at',
      title: t('past.when'),
      from: 48,
      width: 160,
      render: ({ created_at: at }) => <TimeAgo value={at} />,
    },
  ]
}
