import { Table } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { Counter, Percent, Section } from '~/ui'

interface MailDomain {
  domain: string
  accepted: number
  delivered: number
  bounced: number
  complained: number
}

/** Where the mail went, largest first. */
export function MailDomains({ domains }: { domains: MailDomain[] }) {
  const t = useTranslations('reports.domains')
  if (domains.length === 0) return null
  return (
    <Section title={t('title')} lead={t('lead')}>
      <Table verticalSpacing="xs" horizontalSpacing={6} fz="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('domain')}</Table.Th>
            <Table.Th scope="col" ta="right">
              {t('accepted')}
            </Table.Th>
            <Table.Th scope="col" ta="right">
              {t('delivered')}
            </Table.Th>
            <Table.Th scope="col" ta="right" visibleFrom="xs">
              {t('bounced')}
            </Table.Th>
            <Table.Th scope="col" ta="right" visibleFrom="sm">
              {t('complained')}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {domains.map(({ domain, accepted, delivered, bounced, complained }) => (
            <Table.Tr key={domain}>
              <Table.Th scope="row" fw={400} className="break">
                {domain}
              </Table.Th>
              <Table.Td ta="right">
                <Counter value={accepted} />
              </Table.Td>
              <Table.Td ta="right">
                <Percent part={delivered} of={accepted} />
              </Table.Td>
              <Table.Td ta="right" visibleFrom="xs">
                <Percent part={bounced} of={accepted} />
              </Table.Td>
              <Table.Td ta="right" visibleFrom="sm">
                <Counter value={complained} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  )
}
