import { Button, Modal, Text, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, keepPage } from '~/api'
import { useWorkspace } from '~/shell/me'
import { addressOf } from '~/shell/navigation'
import {
  Choice,
  DataGrid,
  Filters,
  Narrow,
  pageQuery,
  RowLink,
  Section,
  TimeAgo,
  useSearchState,
  Wide,
  type GridColumn,
} from '~/ui'
import { History, MessageState, nameOf, states, Why, type Message } from './message'
import { reportRoute, withQuery } from './report'

type MessageRow = Message & { id: string }

const REFRESH_MS = 5_000

/** One row a person, with the state it came to and the way there. */
export function PeopleSection({ id, isLive }: { id: string; isLive: boolean }) {
  const t = useTranslations('reports.people')
  const states_ = useTranslations('reports.states')
  const [search, setSearch] = useSearchState(reportRoute)
  const [shown, show] = useState<MessageRow | null>(null)
  const { state } = search
  const people = useQuery({
    ...api.campaigns.messages.queryOptions(withQuery(id, { ...pageQuery(search, 25), ...(state ? { state } : {}) }), {
      ...keepPage,
      refetchInterval: isLive ? REFRESH_MS : false,
    }),
    select: (page) => ({ ...page, data: page.data.map((row) => ({ ...row, id: row.contact_id })) }),
  })
  return (
    <Section title={t('title')} lead={t('lead')}>
      <Filters label={t('search')} search={search} onSearch={setSearch}>
        <Choice
          label={t('state')}
          any={t('all')}
          options={states.map((value) => ({ value, label: states_(value) }))}
          value={state}
          onChange={(value) => setSearch({ state: value, pages: undefined })}
        />
      </Filters>
      <DataGrid
        label={t('title')}
        query={people}
        columns={useColumns(show)}
        search={search}
        onSearch={setSearch}
        isFiltered={Boolean(search.q || state)}
        onClearFilter={() => setSearch({ q: undefined, state: undefined, pages: undefined })}
        empty={<Text size="sm">{t('empty')}</Text>}
      />
      <Modal
        opened={shown !== null}
        onClose={() => show(null)}
        title={<Text fw={650}>{shown && t('history', { name: nameOf(shown) || t('unnamed') })}</Text>}
      >
        {shown && <History message={shown} />}
      </Modal>
    </Section>
  )
}

function useColumns(show: (row: MessageRow) => void): GridColumn<MessageRow>[] {
  const t = useTranslations('reports.people')
  const { id: workspaceId } = useWorkspace()
  return [
    {
      key: 'person',
      title: t('person'),
      render: (row) => (
        <>
          <RowLink to={addressOf(workspaceId, `contacts/${row.contact_id}`)}>{nameOf(row) || t('unnamed')}</RowLink>
          {row.email && nameOf(row) !== row.email && (
            <Text size="xs" c="dimmed" className="break">
              {row.email}
            </Text>
          )}
        </>
      ),
    },
    { key: 'state', title: t('state'), width: 170, render: (row) => <StateButton message={row} show={show} /> },
    { key: 'note', title: t('note'), from: 60, render: (row) => <Why message={row} /> },
    {
      key: 'last',
      title: t('last'),
      from: 48,
      width: 150,
      render: (row) => <TimeAgo value={row.history.at(-1)?.at ?? null} />,
    },
    {
      key: 'history',
      title: '',
      from: 36,
      width: 110,
      align: 'right',
      render: (row) => (
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => show(row)}
          aria-label={t('history', { name: nameOf(row) || t('unnamed') })}
        >
          {t('show')}
        </Button>
      ),
    },
  ]
}

/** On a phone, where there is no room for more, the state itself leads to the history. */
function StateButton({ message, show }: { message: MessageRow; show: (row: MessageRow) => void }) {
  const t = useTranslations('reports.people')
  return (
    <>
      <Narrow>
        <UnstyledButton onClick={() => show(message)} mih={24}>
          <MessageState state={message.state} />
          <VisuallyHidden>{t('history', { name: nameOf(message) || t('unnamed') })}</VisuallyHidden>
        </UnstyledButton>
      </Narrow>
      <Wide>
        <MessageState state={message.state} />
      </Wide>
    </>
  )
}
