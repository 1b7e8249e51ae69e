import { Alert, Box, Button, Group, Table, Text } from '@mantine/core'
import { IconFileTypePdf, IconPrinter, IconShieldCheck, IconShieldX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { api, current, download } from '~/api'
import { DateTime, ErrorPanel, failed, Waiting } from '~/ui'
import classes from './contacts.module.css'

/** Every declaration, as it was written down, and whether the chain of its seals still holds. */
export function LedgerTable({ contactId, name }: { contactId: string; name: string }) {
  const t = useTranslations('contacts')
  const proof = useQuery(api.consents.proof.queryOptions({ params: { id: contactId } }))
  if (proof.isError) return <ErrorPanel error={proof.error} retry={proof.refetch} />
  if (!proof.data || typeof proof.data === 'string') return <Waiting rows={3} />
  const { ledger, chain } = proof.data
  if (ledger.length === 0) return <Text size="sm">{t('ledger.empty', { name })}</Text>
  return (
    <>
      <Group justify="space-between" mb="sm" gap="sm">
        <Alert
          color={chain.verified ? 'green' : 'red'}
          icon={chain.verified ? <IconShieldCheck aria-hidden /> : <IconShieldX aria-hidden />}
          py={6}
        >
          <Text size="sm">{t(chain.verified ? 'ledger.verified' : 'ledger.broken', { entries: ledger.length })}</Text>
        </Alert>
        <Group gap="xs">
          <Button
            variant="default"
            size="sm"
            leftSection={<IconPrinter size={16} />}
            onClick={() => void openProof(contactId, t('ledger.noProof'))}
          >
            {t('ledger.print')}
          </Button>
          <Button
            variant="default"
            size="sm"
            leftSection={<IconFileTypePdf size={16} />}
            onClick={() => void saveProof(contactId)}
          >
            {t('ledger.pdf')}
          </Button>
        </Group>
      </Group>
      <Table.ScrollContainer type="native" minWidth={560} tabIndex={0} role="region" aria-label={t('history.ledger')}>
        <Table verticalSpacing="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('ledger.when')}</Table.Th>
              <Table.Th>{t('ledger.what')}</Table.Th>
              <Table.Th>{t('consent.howWeKnow')}</Table.Th>
              <Table.Th>{t('ledger.by')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {ledger.map((entry) => (
              <EntryRow key={entry.id} entry={entry} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </>
  )
}

interface Entry {
  action: 'grant' | 'withdraw' | 'request' | 'confirm'
  basis: string
  /** Null: opens and clicks, which are one question for all topics. */
  topic_name: string | null
  occurred_at: string
  statement: string | null
  wording: { version: number; shown: string | null } | null
  source: string | null
  reason: string | null
  actor: string
  hash: string
}

function EntryRow({ entry }: { entry: Entry }) {
  const t = useTranslations('contacts')
  return (
    <Table.Tr>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>
        <DateTime value={entry.occurred_at} />
      </Table.Td>
      <Table.Td>
        <Text size="sm" fw={600}>
          {t(`ledger.action.${entry.action}`)}
        </Text>
        <Text size="sm">{entry.topic_name ?? t('ledger.opensAndClicks')}</Text>
        {entry.action !== 'withdraw' && (
          <Text size="xs" c="dimmed">
            {t(`basis.${entry.basis as 'unknown'}.name`)}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <Box className={classes.quote} fz="sm">
          {entry.statement}
        </Box>
        {entry.wording && (
          <Text size="xs" c="dimmed" className="break">
            {t('ledger.wording', { version: entry.wording.version, shown: entry.wording.shown ?? '' })}
          </Text>
        )}
        <Text size="xs" c="dimmed" className="break">
          {[entry.source, entry.reason].filter(Boolean).join(' · ')}
        </Text>
      </Table.Td>
      <Table.Td>
        <Text size="sm">{entry.actor}</Text>
        <Text size="xs" c="dimmed" ff="monospace" title={entry.hash}>
          {entry.hash.slice(0, 10)}
        </Text>
      </Table.Td>
    </Table.Tr>
  )
}

const saveProof = (contactId: string) =>
  download(
    `/api/v1/contacts/${contactId}/consents/proof`,
    `proof-of-consent-${contactId}.pdf`,
    'application/pdf'
  ).catch(failed)

/** The page for an authority, in a tab of its own. The tab is opened first: later, browsers take it for a pop-up. */
async function openProof(contactId: string, otherwise: string) {
  const tab = window.open('', '_blank')
  try {
    const answer = await fetch(`/api/v1/contacts/${contactId}/consents/proof`, {
      credentials: 'include',
      headers: { 'accept': 'text/html', 'x-workspace': current.workspaceId ?? '' },
    })
    if (!answer.ok) throw new Error(otherwise)
    const address = URL.createObjectURL(await answer.blob())
    if (tab) tab.location.href = address
  } catch (error) {
    tab?.close()
    failed(error)
  }
}
