import { Text } from '@mantine/core'
import { IconForms, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { api, keepPage } from '~/api'
import { useMay, useWorkspace } from '~/shell/me'
import { addressOf } from '~/shell/navigation'
import {
  actionsColumn,
  Choice,
  Counter,
  DataGrid,
  EmptyState,
  Filters,
  LinkButton,
  Narrow,
  Page,
  pageQuery,
  RowLink,
  TimeAgo,
  useSearchState,
  type GridColumn,
} from '~/ui'
import type { StoredForm } from './form'
import { FormBadge } from './form_badge'
import { FormMenu } from './form_menu'
import { QuarantineLink } from './quarantine_link'
import { Share } from './share'

const states = ['open', 'closed', 'deleted'] as const

/** The pages where strangers say that they want mail, newest first. */
export function FormsScreen() {
  const t = useTranslations('forms')
  const { id: workspaceId } = useWorkspace()
  const [search, setSearch] = useSearchState('/w/$workspaceId/forms')
  const mayWrite = useMay()('forms:write')
  const state = states.find((known) => known === search.state)
  const forms = useQuery(
    api.forms.index.queryOptions({ query: { ...pageQuery(search, 30), ...(state ? { state } : {}) } }, keepPage)
  )
  const isFiltered = Boolean(search.q || state)
  const isEmpty = !isFiltered && forms.data?.data.length === 0
  const create = mayWrite && (
    <LinkButton leftSection={<IconPlus size={18} aria-hidden />} to={addressOf(workspaceId, 'forms/new')}>
      {t('new')}
    </LinkButton>
  )
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <>
          <QuarantineLink />
          {create}
        </>
      }
    >
      {!isEmpty && (
        <Filters label={t('search')} search={search} onSearch={setSearch}>
          <Choice
            label={t('list.state')}
            any={t('list.anyState')}
            options={states.map((value) => ({ value, label: t(`state.${value}`) }))}
            value={state}
            onChange={(value) => setSearch({ state: value, pages: undefined })}
          />
        </Filters>
      )}
      <DataGrid
        label={t('title')}
        query={forms as never}
        columns={useColumns()}
        search={search}
        onSearch={setSearch}
        isFiltered={isFiltered}
        onClearFilter={() => setSearch({ q: undefined, state: undefined, pages: undefined })}
        empty={
          <EmptyState icon={IconForms} title={t('empty.title')} action={create} more={t('empty.more')}>
            {t('empty.text')}
          </EmptyState>
        }
      />
    </Page>
  )
}

function useColumns(): GridColumn<StoredForm>[] {
  const t = useTranslations('forms.list')
  const languages = useTranslations('forms.languages')
  const { id: workspaceId } = useWorkspace()
  return [
    {
      key: 'name',
      title: t('name'),
      render: (form) => (
        <>
          {form.deleted_at ? (
            <Text size="sm" fw={600} className="break">
              {form.name}
            </Text>
          ) : (
            <RowLink to={addressOf(workspaceId, `forms/${form.id}`)}>{form.name}</RowLink>
          )}
          <Text size="xs" c="dimmed" className="break">
            {[languages(form.language), form.title === form.name ? [] : form.title].flat().join(' · ')}
          </Text>
          <Narrow below={48}>
            <FormBadge form={form} />
          </Narrow>
          <Narrow>
            <Text size="xs" c="dimmed">
              {t('narrow', { asked: form.sign_ups.asked, confirmed: form.sign_ups.confirmed })}
            </Text>
          </Narrow>
        </>
      ),
    },
    { key: 'state', title: t('state'), width: 180, from: 48, render: (form) => <FormBadge form={form} /> },
    {
      key: 'asked',
      title: t('asked'),
      definition: t('askedMeans'),
      width: 110,
      from: 60,
      align: 'right',
      render: ({ sign_ups: { asked } }) => <Counter value={asked} />,
    },
    {
      key: 'confirmed',
      title: t('confirmed'),
      definition: t('confirmedMeans'),
      width: 190,
      from: 36,
      align: 'right',
      render: ({ sign_ups: signUps }) => <Share signUps={signUps} />,
    },
    {
      key: 'last',
      title: t('last'),
      width: 140,
      from: 68,
      render: ({ sign_ups: { last_at: at } }) => (at ? <TimeAgo value={at} /> : '–'),
    },
    actionsColumn((form) => <FormMenu form={form} />),
  ]
}
