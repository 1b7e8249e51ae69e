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
  return (
    <Section title={t('title')}>
      {occurrences.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('none')}
        </Text>
      ) : (
        <Table horizontalSpacing="xs" aria-label={t('title')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('campaign')}</Table.Th>
              <Table.Th>{t('outcome')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {occurrences.map((occurrence) => (
              <Table.Tr key={occurrence.at}>
                <Table.Td className="break">
                  <Which occurrence={occurrence} />
                </Table.Td>
                <Table.Td className="break">
                  <Outcome occurrence={occurrence} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Section>
  )
}

/** The campaign that was made, if one was, and the moment that it was for. */
function Which({ occurrence: { at, campaign } }: { occurrence: Occurrence }) {
  const t = useTranslations('recurring.made')
  const { id: workspaceId } = useWorkspace()
  return (
    <>
      {campaign && (
        <LinkAnchor to={addressOf(workspaceId, `campaigns/${campaign.id}`)} fz="sm">
          {campaign.name}
        </LinkAnchor>
      )}
      <Text size={campaign ? 'xs' : 'sm'} c="dimmed">
        {t('when')} <DateTime value={at} />
      </Text>
    </>
  )
}

function Outcome({ occurrence: { outcome, note, campaign } }: { occurrence: Occurrence }) {
  const t = useTranslations('recurring.made')
  return (
    <>
      {outcome === 'made' && campaign ? (
        <CampaignBadge status={campaign.status} />
      ) : (
        <Text size="sm">{t(`outcomes.${outcome as 'made'}`)}</Text>
      )}
      {note && (
        <Text size="xs" c="dimmed">
          {note}
        </Text>
      )}
    </>
  )
}
