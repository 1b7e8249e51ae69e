import { Alert, Box, Button, Group, Text } from '@mantine/core'
import { IconInbox, IconInfoCircle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { api, keepPage } from '~/api'
import { EmptyState, ErrorPanel, Page, Pager, pageQuery, SearchBox, TimeAgo, useSearchState, Waiting } from '~/ui'
import { Mail } from './mail'
import classes from './outbox.module.css'

/** The mails that stayed here because no provider is connected: a list, and one to read. */
export function OutboxScreen() {
  const t = useTranslations('outbox')
  const common = useTranslations('common')
  const [search, setSearch] = useSearchState('/w/$workspaceId/outbox')
  const { campaign_id: campaignId } = search
  const mails = useQuery(
    api.outbox.index.queryOptions(
      { query: { ...pageQuery(search, 30), ...(campaignId ? { campaign_id: campaignId } : {}) } },
      keepPage
    )
  )
  const isFiltered = Boolean(search.q || campaignId)
  const rows = mails.data?.data ?? []
  return (
    <Page title={t('title')} lead={t('lead')} width="84rem">
      {mails.isPending && <Waiting />}
      {mails.isError && <ErrorPanel error={mails.error} retry={mails.refetch} />}
      {mails.data && rows.length === 0 && !isFiltered && !search.pages && (
        <EmptyState icon={IconInbox} title={t('empty.title')}>
          {t('empty.text')}
        </EmptyState>
      )}
      {mails.data && (rows.length > 0 || isFiltered) && (
        <>
          <Group mb="md" gap="sm">
            <SearchBox
              label={t('search')}
              value={search.q}
              onChange={(q) => setSearch({ q, pages: undefined, mail: undefined }, { replace: true })}
            />
            {isFiltered && (
              <Button
                variant="subtle"
                onClick={() => setSearch({ q: undefined, campaign_id: undefined, pages: undefined })}
              >
                {common('clearFilter')}
              </Button>
            )}
          </Group>
          <Box className={classes.desk} data-reading={search.mail ? '' : undefined}>
            <Box className={classes.list}>
              <MailList mails={rows} shown={search.mail} onShow={(mail) => setSearch({ mail })} />
              <Pager
                page={mails.data}
                search={search}
                onSearch={(change) => setSearch({ ...change, mail: undefined })}
              />
            </Box>
            <Box className={classes.pane}>
              {search.mail ? (
                <Mail id={search.mail} onBack={() => setSearch({ mail: undefined })} />
              ) : (
                <Alert icon={<IconInfoCircle aria-hidden />} variant="light">
                  {t('choose')}
                </Alert>
              )}
            </Box>
          </Box>
        </>
      )}
    </Page>
  )
}

interface MailLine {
  id: string
  subject: string
  to: string
  created_at: string
}

function MailList({
  mails,
  shown,
  onShow,
}: {
  mails: MailLine[]
  shown: string | undefined
  onShow: (id: string) => void
}) {
  const t = useTranslations('outbox')
  const common = useTranslations('common')
  if (mails.length === 0) {
    return (
      <Text p="md" c="dimmed">
        {common('nothingMatches')}
      </Text>
    )
  }
  return (
    <ul aria-label={t('title')} className={classes.mails}>
      {mails.map((mail) => (
        <li key={mail.id}>
          <button
            type="button"
            className={classes.mail}
            aria-current={mail.id === shown ? 'true' : undefined}
            data-row-link
            onClick={() => onShow(mail.id)}
          >
            <span className={classes.subject}>{mail.subject}</span>
            <Text span size="xs" c="dimmed" className={classes.to}>
              {mail.to}
            </Text>
            <Text span size="xs" c="dimmed">
              <TimeAgo value={mail.created_at} />
            </Text>
          </button>
        </li>
      ))}
    </ul>
  )
}
