import { Group, Text } from '@mantine/core'
import { IconUsers } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { api, keepPage } from '~/api'
import { useWorkspace } from '~/shell/me'
import { addressOf } from '~/shell/navigation'
import {
  Choice,
  DataGrid,
  DateTime,
  EmptyState,
  ErrorPanel,
  Page,
  pageQuery,
  Percent,
  Stat,
  Stats,
  TimeAgo,
  useSearchState,
  Waiting,
} from '~/ui'
import { formQuery, type SignUps, type StoredForm } from './form'
import { FormBadge } from './form_badge'
import { FormMenu } from './form_menu'
import { FormTabs } from './form_tabs'
import { useSignUpColumns } from './sign_up_columns'
import { filteredStates } from './submission'

const HERE = '/w/$workspaceId/forms/$id/sign-ups'

/** Who signed up by a form, newest first, and what became of it. */
export function SignUpsScreen() {
  const t = useTranslations('forms')
  const { id: workspaceId } = useWorkspace()
  const { id } = useParams({ from: HERE })
  const [search, setSearch] = useSearchState(HERE)
  const form = useQuery(formQuery(id))
  const state = filteredStates.find((known) => known === search.state)
  const signUps = useQuery(
    api.forms.submissions.queryOptions(
      { params: { id }, query: { ...pageQuery(search), ...(state ? { state } : {}) } },
      keepPage
    )
  )
  const columns = useSignUpColumns()
  const stored = form.data as StoredForm | undefined
  const crumbs = [{ label: t('title'), to: addressOf(workspaceId, 'forms') }]
  if (!stored) {
    return (
      <Page title={t('tabs.signUps')} crumbs={crumbs}>
        {form.isError ? <ErrorPanel error={form.error} retry={form.refetch} /> : <Waiting rows={10} />}
      </Page>
    )
  }
  return (
    <Page
      title={stored.name}
      badge={<FormBadge form={stored} />}
      crumbs={crumbs}
      actions={<FormMenu form={stored} />}
      width="96rem"
    >
      <FormTabs id={id} />
      <Figures signUps={stored.sign_ups} />
      <Group mb="md">
        <Choice
          label={t('signUps.state')}
          any={t('signUps.anyState')}
          options={filteredStates.map((value) => ({ value, label: t(`signUps.states.${value}`) }))}
          value={state}
          onChange={(value) => setSearch({ state: value, pages: undefined })}
        />
      </Group>
      <DataGrid
        label={t('tabs.signUps')}
        query={signUps as never}
        columns={columns}
        search={search}
        onSearch={setSearch}
        isFiltered={Boolean(state)}
        onClearFilter={() => setSearch({ state: undefined, pages: undefined })}
        empty={
          <EmptyState icon={IconUsers} title={t('signUps.empty.title')}>
            {t('signUps.empty.text')}
          </EmptyState>
        }
      />
      <Text size="xs" c="dimmed" mt="sm">
        {t('signUps.forgotten')}
      </Text>
    </Page>
  )
}

/** Each number with what it means; no rate where nobody was asked. */
function Figures({ signUps: { asked, confirmed, waiting, agreed, last_at: at } }: { signUps: SignUps }) {
  const t = useTranslations('forms.signUps')
  return (
    <Stats>
      <Stat label={t('asked')} definition={t('askedMeans')} value={asked} />
      <Stat
        label={t('confirmed')}
        definition={t('confirmedMeans')}
        value={confirmed}
        hint={
          asked > 0 && (
            <>
              <Percent part={confirmed} of={asked} /> {t('ofAsked')}
            </>
          )
        }
      />
      <Stat label={t('waiting')} definition={t('waitingMeans')} value={waiting} />
      {agreed > 0 && <Stat label={t('agreed')} definition={t('agreedMeans')} value={agreed} />}
      <Stat label={t('last')} value={at ? <TimeAgo value={at} /> : '–'} hint={at && <DateTime value={at} />} />
    </Stats>
  )
}
