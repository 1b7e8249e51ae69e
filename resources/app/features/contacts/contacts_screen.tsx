import { Badge, Button, Group, Menu, Text } from '@mantine/core'
import {
  IconAddressBook,
  IconBan,
  IconChevronDown,
  IconFileImport,
  IconForms,
  IconPlus,
  IconScale,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, keepPage } from '~/api'
import { useMay } from '~/shell/me'
import {
  DataGrid,
  Day,
  EmptyState,
  LinkButton,
  Narrow,
  onDemand,
  Page,
  pageQuery,
  RowLink,
  useSearchState,
  type GridColumn,
} from '~/ui'
import { ContactFilters } from './contact_filters'
import { DemoButton } from './demo_button'
import { nameOf, type ContactRecord } from './person'
import type { Chosen } from './use_bulk'

/** Neither is seen before somebody asks for it, and both bring much along. */
const BulkBar = lazy(() => import('./bulk_bar').then((file) => ({ default: file.BulkBar })))
const ContactModal = onDemand(() => import('./contact_modal'), 'ContactModal')

/** Everybody we know. */
export function ContactsScreen() {
  const t = useTranslations('contacts')
  const { workspaceId } = useParams({ from: '/w/$workspaceId/contacts' })
  const [search, setSearch] = useSearchState('/w/$workspaceId/contacts')
  const mayWrite = useMay()('contacts:write')
  const filter = {
    ...(search.q ? { q: search.q } : {}),
    ...(search.tag ? { tag: search.tag } : {}),
    ...(search.segment ? { segment_id: search.segment } : {}),
  }
  const contacts = useQuery(
    api.contacts.index.queryOptions({ query: { ...pageQuery(search), ...filter, count: 1 } }, keepPage)
  )
  const [chosen, choose] = useState<Chosen>({ people: [], isAll: false })
  const isFiltered = Object.keys(filter).length > 0
  const total = contacts.data?.total
  return (
    <Page title={t('title')} lead={t('lead')} actions={<Actions />}>
      {(isFiltered || total?.value !== 0) && <ContactFilters search={search} onSearch={setSearch} />}
      <DataGrid
        label={t('title')}
        query={contacts}
        columns={useColumns(workspaceId)}
        search={search}
        onSearch={setSearch}
        isFiltered={isFiltered}
        onClearFilter={() => setSearch({ q: undefined, tag: undefined, segment: undefined, pages: undefined })}
        empty={<Nobody />}
        nameOf={nameOf}
        {...(mayWrite
          ? { selected: chosen.people, onSelect: (people: ContactRecord[]) => choose({ people, isAll: false }) }
          : {})}
      />
      <Suspense fallback={null}>
        <BulkBar
          chosen={chosen}
          onChoose={choose}
          filter={filter}
          total={total}
          isMoreThanPage={(total?.value ?? 0) > (contacts.data?.data.length ?? 0)}
        />
      </Suspense>
      <ContactModal opened={search.new === '1'} onClose={() => setSearch({ new: undefined }, { replace: true })} />
    </Page>
  )
}

function useColumns(workspaceId: string): GridColumn<ContactRecord>[] {
  const t = useTranslations('contacts')
  return [
    {
      key: 'name',
      title: t('name'),
      sortable: true,
      render: (contact) => (
        <>
          <RowLink to="/w/$workspaceId/contacts/$id" params={{ workspaceId, id: contact.id }}>
            {nameOf(contact)}
          </RowLink>
          {contact.email && nameOf(contact) !== contact.email && (
            <Narrow below={48}>
              <Text size="sm" c="dimmed" className="break">
                {contact.email}
              </Text>
            </Narrow>
          )}
        </>
      ),
    },
    {
      key: 'email',
      title: t('email'),
      sortable: true,
      from: 48,
      render: ({ email }) => (
        <Text size="sm" className="break">
          {email ?? '–'}
        </Text>
      ),
    },
    { key: 'tags', title: t('tags'), from: 60, render: ({ tags }) => <TagList tags={tags} /> },
    {
      key: 'created_at',
      title: t('since'),
      sortable: true,
      from: 60,
      width: 150,
      render: ({ created_at: at }) => <Day value={at} />,
    },
  ]
}

const SHOWN = 3

export function TagList({ tags, shown = SHOWN }: { tags: string[]; shown?: number }) {
  const t = useTranslations('contacts')
  return (
    <Group gap={4}>
      {tags.slice(0, shown).map((tag) => (
        <Badge key={tag} color="gray">
          {tag}
        </Badge>
      ))}
      {tags.length > shown && (
        <Text size="xs" c="dimmed" title={tags.slice(shown).join(', ')}>
          {t('moreTags', { count: tags.length - shown })}
        </Text>
      )}
    </Group>
  )
}

function Actions() {
  const t = useTranslations('contacts')
  const { workspaceId = '' } = useParams({ strict: false })
  const navigate = useNavigate()
  const may = useMay()
  return (
    <>
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={16} />}>
            {t('more')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconFileImport size={18} />}
            onClick={() => void navigate({ to: '/w/$workspaceId/contacts/import', params: { workspaceId } })}
          >
            {t('imports')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconBan size={18} />}
            onClick={() => void navigate({ to: '/w/$workspaceId/contacts/suppressions', params: { workspaceId } })}
          >
            {t('suppressions')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconScale size={18} />}
            onClick={() => void navigate({ to: '/w/$workspaceId/contacts/requests', params: { workspaceId } })}
          >
            {t('requests')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconForms size={18} />}
            onClick={() => void navigate({ to: '/w/$workspaceId/contacts/fields', params: { workspaceId } })}
          >
            {t('fields')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {may('contacts:write') && (
        <LinkButton
          to="/w/$workspaceId/contacts"
          params={{ workspaceId }}
          search={(now: object) => ({ ...now, new: '1' })}
          leftSection={<IconPlus size={18} />}
        >
          {t('add')}
        </LinkButton>
      )}
    </>
  )
}

function Nobody() {
  const t = useTranslations('contacts')
  const { workspaceId = '' } = useParams({ strict: false })
  const may = useMay()
  return (
    <EmptyState
      icon={IconAddressBook}
      title={t('empty.title')}
      action={
        may('imports:write') && (
          <LinkButton
            to="/w/$workspaceId/contacts/import"
            params={{ workspaceId }}
            leftSection={<IconFileImport size={18} />}
          >
            {t('empty.import')}
          </LinkButton>
        )
      }
      more={may('settings:write') && <DemoButton />}
    >
      {t('empty.text')}
    </EmptyState>
  )
}
