import { Alert, Button, Group, List, Text, Tooltip } from '@mantine/core'
import { IconCertificate, IconCircleCheck, IconDownload, IconLoader2 } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Fragment } from 'react'
import { useTranslations } from 'use-intl'
import { api, download } from '~/api'
import { Counter, DateTime, ErrorPanel, Section, Waiting } from '~/ui'
import { useLanguageName } from '../campaigns/language_name'
import { PeopleSection } from './people_section'
import { Account, linesOf, type ReceiptSeen } from './receipt_account'
import { isRunning } from './report'
import { UnconfirmedSection } from './unconfirmed_section'
import { WhySection } from './why_section'

const REFRESH_MS = 4_000

/** Everyone who was in the audience, in exactly one line each. */
export function ReceiptTab({ id, status, topicId }: { id: string; status: string; topicId: string | null }) {
  const t = useTranslations('reports.receipt')
  const receipt = useQuery(
    api.campaigns.receipt.queryOptions({ params: { id } }, { refetchInterval: isRunning(status) ? REFRESH_MS : false })
  )
  const save = useMutation({
    mutationFn: (kind: 'csv' | 'zip') =>
      download(`/api/v1/campaigns/${id}/receipt.${kind}`, `${t('downloadName')}-${id}.${kind}`),
  })
  if (receipt.isError && !receipt.data) return <ErrorPanel error={receipt.error} retry={receipt.refetch} />
  if (!receipt.data) return <Waiting />
  const { open, closes, candidates, frozen_at: frozenAt } = receipt.data
  return (
    <>
      <Section
        title={open === 0 ? t('title') : t('open')}
        lead={t.rich('words', { candidates, when: () => <DateTime value={frozenAt} zone /> })}
        actions={
          <Group gap="xs">
            <Button
              variant="default"
              leftSection={<IconDownload size={18} aria-hidden />}
              onClick={() => save.mutate('csv')}
              loading={save.isPending && save.variables === 'csv'}
            >
              {t('download')}
            </Button>
            <Tooltip label={t('signedMeans')} multiline maw={280} withArrow>
              <Button
                variant="default"
                leftSection={<IconCertificate size={18} aria-hidden />}
                onClick={() => save.mutate('zip')}
                loading={save.isPending && save.variables === 'zip'}
              >
                {t('downloadSigned')}
              </Button>
            </Tooltip>
          </Group>
        }
      >
        <Account receipt={receipt.data} />
        <Letters letters={receipt.data.letters} />
        <UnconfirmedSection id={id} status={status} receipt={receipt.data} />
        <Alert
          mt="md"
          color={!closes ? 'red' : open > 0 ? 'door' : 'green'}
          icon={open > 0 ? <IconLoader2 aria-hidden /> : <IconCircleCheck aria-hidden />}
          title={!closes ? t('closesNot') : open > 0 ? t('stillOpen', { count: open }) : t('closes')}
        >
          <Equation receipt={receipt.data} />
        </Alert>
      </Section>
      <WhySection id={id} topicId={topicId} />
      <PeopleSection id={id} isLive={isRunning(status)} />
    </>
  )
}

/** It goes out in several languages, or was changed on its way: which letters there are, and how many got each. */
function Letters({ letters }: { letters: { no: number; subject: string; language: string; people: number }[] }) {
  const t = useTranslations('reports.receipt')
  const nameOf = useLanguageName()
  if (letters.length < 2) return null
  const isInSeveral = new Set(letters.map(({ language }) => language)).size > 1
  return (
    <>
      <Text fw={650} mt="md" size="sm">
        {t(isInSeveral ? 'languages' : 'letters')}
      </Text>
      <List listStyleType="none" size="sm" mt={4}>
        {letters.map(({ no, subject, language, people }) => (
          <List.Item key={no} className="break">
            {t('letter', { no, subject, people })}
            {isInSeveral && ` · ${nameOf(language)}`}
          </List.Item>
        ))}
      </List>
    </>
  )
}

/** The same in numbers: what was frozen is what came out. */
function Equation({ receipt }: { receipt: ReceiptSeen }) {
  const t = useTranslations('reports.receipt')
  return (
    <span className="tabular" style={{ textTransform: 'lowercase' }}>
      <Counter value={receipt.candidates} /> {t('candidates')}
      {linesOf(receipt).map(({ name, total }, at) => (
        <Fragment key={name}>
          {at === 0 ? ' = ' : ' + '}
          <Counter value={total} /> {t(`lines.${name}`)}
        </Fragment>
      ))}
    </span>
  )
}
