import { Button, Text } from '@mantine/core'
import { IconPlus, IconQuote } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, keepPage } from '~/api'
import { useMay } from '~/shell/me'
import { addressOf } from '~/shell/navigation'
import {
  actionsColumn,
  DataGrid,
  Day,
  EmptyState,
  onDemand,
  Page,
  pageQuery,
  useSearchState,
  type GridColumn,
} from '~/ui'
import type { Wording } from './wording_modal'

const WordingModal = onDemand(() => import('./wording_modal'), 'WordingModal')
const WordingVersions = onDemand(() => import('./wording_versions'), 'WordingVersions')

/** What people were told when they were asked, word for word. Nothing here is ever changed or deleted. */
export function WordingsScreen() {
  const t = useTranslations('wordings')
  const { workspaceId } = useParams({ from: '/w/$workspaceId/topics/wordings' })
  const [search, setSearch] = useSearchState('/w/$workspaceId/topics/wordings')
  const mayWrite = useMay()('topics:write')
  const wordings = useQuery(api.wordings.index.queryOptions({ query: pageQuery(search) }, keepPage))
  const [revised, revise] = useState<Wording | null>(null)
  const [shown, show] = useState<Wording | null>(null)
  const close = () => {
    revise(null)
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
      crumbs={[{ label: t('topics'), to: addressOf(workspaceId, 'topics') }]}
      actions={create}
    >
      <DataGrid
        label={t('title')}
        query={wordings}
        columns={useColumns({ revise: mayWrite ? revise : undefined, show })}
        search={search}
        onSearch={setSearch}
        empty={
          <EmptyState icon={IconQuote} title={t('empty.title')} action={create}>
            {t('empty.text')}
          </EmptyState>
        }
      />
      <WordingModal
        key={revised ? `${revised.id}-${revised.version}` : 'new'}
        opened={revised !== null || search.new === '1'}
        wording={revised}
        onClose={close}
      />
      {shown && <WordingVersions id={shown.id} opened onClose={() => show(null)} />}
    </Page>
  )
}

function useColumns({
  revise,
  show,
}: {
  revise?: (wording: Wording) => void
  show: (wording: Wording) => void
}): GridColumn<Wording>[] {
  const t = useTranslations('wordings')
  return [
    {
      key: 'text',
      title: t('text'),
      render: (wording) => <Words wording={wording} show={show} />,
    },
    {
      key: 'language',
      title: t('language'),
      from: 36,
      width: 130,
      render: ({ language }) => <Text size="sm">{language ?? t('noLanguage')}</Text>,
    },
    {
      key: 'origin',
      title: t('origin'),
      from: 60,
      width: 190,
      render: ({ origin }) => <Text size="sm">{t(origin)}</Text>,
    },
    {
      key: 'created_at',
      title: t('since'),
      from: 60,
      width: 140,
      render: (wording) => <Day value={wording.created_at} />,
    },
    ...(revise
      ? [
          actionsColumn(
            (wording: Wording) => (
              <Button
                size="compact-sm"
                variant="subtle"
                onClick={() => revise(wording)}
                aria-label={t('reviseOne', { text: wording.text.slice(0, 60) })}
              >
                {t('revise')}
              </Button>
            ),
            110
          ),
        ]
      : []),
  ]
}

function Words({ wording, show }: { wording: Wording; show: (wording: Wording) => void }) {
  const t = useTranslations('wordings')
  return (
    <>
      <Text size="sm" fw={600} className="break" lineClamp={3}>
        {wording.text}
      </Text>
      <Text size="xs" c="dimmed" className="break" lineClamp={2}>
        {wording.shown}
      </Text>
      <Button
        size="compact-xs"
        variant="subtle"
        ml={-6}
        onClick={() => show(wording)}
        aria-label={t('showVersions', { version: wording.version, text: wording.text.slice(0, 60) })}
      >
        {t('versionNumber', { version: wording.version })}
      </Button>
    </>
  )
}
