import { Table, Text } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { useWorkspace } from '~/shell/me'
import { addressOf } from '~/shell/navigation'
import { Counter, Day, Defined, Percent, RowLink, Section } from '~/ui'

interface Recent {
  id: string
  name: string
  subject: string
  sent_at: string
  accepted: number
  rates: { clicked: { count: number; of: number } }
}

/** The latest campaigns by what people did, clicks by humans first. */
export function RecentCampaigns({ campaigns }: { campaigns: Recent[] }) {
  const t = useTranslations('overview')
  const { id } = useWorkspace()
  if (campaigns.length === 0) return null
  return (
    <Section title={t('recent.title')}>
      <Table.ScrollContainer minWidth={300} type="native">
        <Table verticalSpacing="sm" highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('recent.campaign')}</Table.Th>
              <Table.Th scope="col" ta="right">
                {t('recent.accepted')}
              </Table.Th>
              <Table.Th scope="col" ta="right">
                <Defined definition={t('recent.clicksMean')}>{t('recent.clicks')}</Defined>
              </Table.Th>
              <Table.Th scope="col" visibleFrom="sm">
                {t('recent.sent')}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {campaigns.map((campaign) => (
              <Table.Tr key={campaign.id}>
                <Table.Td>
                  <RowLink to={addressOf(id, `campaigns/${campaign.id}/report`)}>{campaign.name}</RowLink>
                  <Text size="xs" c="dimmed" className="break">
                    {campaign.subject}
                  </Text>
                </Table.Td>
                <Table.Td ta="right">
                  <Counter value={campaign.accepted} />
                </Table.Td>
                <Table.Td ta="right">
                  <Percent part={campaign.rates.clicked.count} of={campaign.rates.clicked.of} />
                </Table.Td>
                <Table.Td visibleFrom="sm">
                  <Day value={campaign.sent_at} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Section>
  )
}
