import { Table, Text } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { useWorkspace } from '~/shell/me'
import { addressOf } from '~/shell/navigation'
import { DateTime, LinkAnchor, Section } from '~/ui'
import { CampaignBadge } from '../campaigns/campaign_badge'
import type { Occurrence } from './recurring'

/** What it made, newest first, and what it left out and why. */
export function Made({ occurrences }: { occurrences: Occurrence[] }) {
  const t = useTranslations('recurring.made')
  const { id: workspaceId } = useWorkspace()
  return (
    <Section title={t('title')}>
      {occurrences.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('none')}
        </Text>
      ) : (
        <Table.ScrollContainer minWidth={420} scrollAreaProps={{ type: 'auto' }}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('when')}</Table.Th>
                <Table.Th>{t('campaign')}</Table.Th>
                <Table.Th>{t('outcome')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {occurrences.map(({ at, outcome, note, campaign }) => (
                <Table.Tr key={at}>
                  <Table.Td>
                    <DateTime value={at} />
                  </Table.Td>
                  <Table.Td>
                    {campaign ? (
                      <LinkAnchor to={addressOf(workspaceId, `campaigns/${campaign.id}`)} fz="sm">
                        {campaign.name}
                      </LinkAnchor>
                    ) : (
                      '–'
                    )}
                  </Table.Td>
                  <Table.Td>
                    {outcome === 'made' && campaign ? (
                      <CampaignBadge status={campaign.status} />
                    ) : (
                      <Text size="sm">{t(`outcomes.${outcome as 'made'}`)}</Text>
                    )}
                    {note && (
                      <Text size="xs" c="dimmed" className="break">
                        {note}
                      </Text>
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Section>
  )
}
