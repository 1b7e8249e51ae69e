import { Code, Text } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { api, keepPage } from '~/api'
import { DataGrid, DateTime, EmptyState, Page, pageQuery, useSearchState, type GridColumn } from '~/ui'

interface Entry {
  id: string
  action: string
  actor: { kind: string; label: string }
  subject: { type: string; id: string | null }
  details: Record<string, unknown>
  ip: string | null
  created_at: string
}

/** Who did what, newest first. Nothing here can be changed, by anybody. */
export function AuditSettings() {
  const t = useTranslations('settings')
  const [search, setSearch] = useSearchState('/w/$workspaceId/settings/audit')
  const { limit, cursor } = pageQuery(search)
  const entries = useQuery(api.audit.index.queryOptions({ query: { limit, cursor } }, keepPage))
  return (
    <Page title={t('parts.audit')} lead={t('audit.lead')}>
      <DataGrid<Entry>
        label={t('parts.audit')}
        query={entries}
        columns={useColumns()}
        search={search}
        onSearch={setSearch}
        empty={
          <EmptyState icon={IconHistory} title={t('audit.empty')}>
            {t('audit.lead')}
          </EmptyState>
        }
      />
    </Page>
  )
}

function useColumns(): GridColumn<Entry>[] {
  const t = useTranslations('settings')
  return [
    {
      key: 'action',
      title: t('audit.what'),
      render: ({ action, subject, details }) => (
        <>
          <Text size="sm" fw={600}>
            {action.replace('.', ' ').replaceAll('_', ' ')}{' '}
            {subject.id && (
              <Text span c="dimmed" size="sm">
                #{subject.id}
              </Text>
            )}
          </Text>
          {Object.keys(details).length > 0 && (
            <Code className="break" fz="xs">
              {Object.entries(details)
                .map(
                  ([name, value]) =>
                    `${name}: ${Array.isArray(value) ? value.join(', ') : typeof value === 'object' ? JSON.stringify(value) : String(value)}`
                )
                .join(' · ')}
            </Code>
          )}
        </>
      ),
    },
    {
      key: 'actor',
      title: t('audit.who'),
      from: 36,
      width: 200,
      render: ({ actor }) => (
        <Text size="sm" className="break">
          {actor.label}{' '}
          {actor.kind === 'token' && (
            <Text span size="xs" c="dimmed">
              ({t('audit.token')})
            </Text>
          )}
        </Text>
      ),
    },
    { key: 'ip', title: t('audit.from'), from: 60, width: 140, render: ({ ip }) => <Text size="sm">{ip ?? '–'}</Text> },
    { key: 'created_at', title: t('audit.when'), width: 215, render: (entry) => <DateTime value={entry.created_at} /> },
  ]
}
