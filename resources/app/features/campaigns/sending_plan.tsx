import { Table } from '@mantine/core'
import { useFormatter, useTranslations } from 'use-intl'
import { DateTime, Section } from '~/ui'
import type { Progress } from './campaign'

/** Who gets it later: by their own clock, or because it is spread over hours, or because they sleep. */
export function SendingPlan({ plan, keeps_quiet_hours: isQuiet }: Pick<Progress, 'plan' | 'keeps_quiet_hours'>) {
  const t = useTranslations('campaigns.live')
  const format = useFormatter()
  if (plan.length === 0) return null
  return (
    <Section title={t('plan')} lead={isQuiet ? t('planQuiet') : undefined}>
      <Table maw={420}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('planAt')}</Table.Th>
            <Table.Th ta="right">{t('planPeople')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {plan.map(({ at, people }) => (
            <Table.Tr key={at}>
              <Table.Td>
                <DateTime value={at} zone />
              </Table.Td>
              <Table.Td ta="right" className="tabular">
                {format.number(people)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  )
}
