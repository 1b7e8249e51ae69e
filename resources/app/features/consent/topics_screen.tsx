import { Button, Group, Menu, Text } from '@mantine/core'
import { IconArchive, IconChecklist, IconMessageQuestion, IconPencil, IconPlus, IconQuote } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, keepPage, refresh } from '~/api'
import { useMay } from '~/shell/me'
import {
  actionsColumn,
  DataGrid,
  Day,
  EmptyState,
  LinkButton,
  MoreMenu,
  onDemand,
  Page,
  pageQuery,
  StatusBadge,
  undoable,
  useSearchState,
  type GridColumn,
} from '~/ui'
import type { Topic } from './topic_modal'

const TopicModal = onDemand(() => import('./topic_modal'), 'TopicModal')

/** What people can agree to. */
export function TopicsScreen() {
  const t = useTranslations('topics')
  const { workspaceId } = useParams({ from: '/w/$workspaceId/topics' })
  const [search, setSearch] = useSearchState('/w/$workspaceId/topics')
  const mayWrite = useMay()('topics:write')
  const topics = useQuery(api.topics.index.queryOptions({ query: pageQuery(search) }, keepPage))
  const [edited, edit] = useState<Topic | null>(null)
  const isOpen = edited !== null || search.new === '1'
  const close = () => {
    edit(null)
    setSearch({ new: undefined }, { replace: true })
  }
  const create = mayWrite && (
    <Button leftSection={<IconPlus size={18} />} onClick={() => setSearch({ new: '1' })}>
      {t('new')}
    </Button>
  )
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <>
          <LinkButton
            variant="default"
            leftSection={<IconQuote size={18} />}
            to="/w/$workspaceId/topics/wordings"
            params={{ workspaceId }}
          >
            {t('wordings')}
          </LinkButton>
          <LinkButton
            variant="default"
            leftSection={<IconMessageQuestion size={18} />}
            to="/w/$workspaceId/topics/asking"
            params={{ workspaceId }}
          >
            {t('asking')}
          </LinkButton>
          {create}
        </>
      }
    >
      <DataGrid
        label={t('title')}
        query={topics}
        columns={useColumns(mayWrite ? edit : undefined)}
        search={search}
        onSearch={setSearch}
        empty={
          <EmptyState icon={IconChecklist} title={t('empty.title')} action={create}>
            {t('empty.text')}
          </EmptyState>
        }
      />
      <TopicModal key={edited?.id ?? 'new'} opened={isOpen} topic={edited} onClose={close} />
    </Page>
  )
}

function useColumns(edit?: (topic: Topic) => void): GridColumn<Topic>[] {
  const t = useTranslations('topics')
  return [
    {
      key: 'name',
      title: t('name'),
      render: (topic) => (
        <>
          <Text size="sm" fw={600} className="break">
            {topic.name}
          </Text>
          {topic.description && (
            <Text size="xs" c="dimmed" lineClamp={2}>
              {topic.description}
            </Text>
          )}
        </>
      ),
    },
    {
      key: 'double_opt_in',
      title: t('agreement'),
      from: 36,
      width: 210,
      render: ({ double_opt_in: confirmed }) => (
        <StatusBadge tone={confirmed ? 'good' : 'neutral'}>{t(confirmed ? 'confirmed' : 'single')}</StatusBadge>
      ),
    },
    {
      key: 'public',
      title: t('shownTo'),
      from: 48,
      width: 170,
      render: (topic) => <Text size="sm">{t(topic.public ? 'everyone' : 'team')}</Text>,
    },
    { key: 'created_at', title: t('since'), from: 60, width: 140, render: (topic) => <Day value={topic.created_at} /> },
    ...(edit ? [actionsColumn((topic: Topic) => <TopicMenu topic={topic} edit={edit} />)] : []),
  ]
}

function TopicMenu({ topic, edit }: { topic: Topic; edit: (topic: Topic) => void }) {
  const t = useTranslations('topics')
  const common = useTranslations('common')
  const restore = useMutation(api.topics.update.mutationOptions({ onSuccess: () => refresh('topics') }))
  const archive = useMutation(
    api.topics.destroy.mutationOptions({
      onSuccess: () => {
        undoable({
          message: t('archived', { name: topic.name }),
          label: common('undo'),
          undo: () => restore.mutateAsync({ params: { id: topic.id }, body: { archived: false } }),
        })
        return refresh('topics')
      },
    })
  )
  return (
    <Group justify="flex-end">
      <MoreMenu name={topic.name} busy={archive.isPending}>
        <Menu.Item leftSection={<IconPencil size={18} />} onClick={() => edit(topic)}>
          {common('edit')}
        </Menu.Item>
        <Menu.Item leftSection={<IconArchive size={18} />} onClick={() => archive.mutate({ params: { id: topic.id } })}>
          {common('archive')}
        </Menu.Item>
      </MoreMenu>
    </Group>
  )
}
