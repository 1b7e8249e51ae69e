import { Progress, Text } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { Counter, Section } from '~/ui'
import type { ImportRecord } from './import_record'

/** How far it is. The work is the server's: the tab may be closed, and comes back to the same number. */
export function ImportProgress({ record }: { record: ImportRecord }) {
  const t = useTranslations('imports')
  const total = record.rows_total ?? record.rows_estimate ?? 0
  const share = total > 0 ? Math.min(1, record.rows_done / total) : 0
  return (
    <Section title={t('running.title')} lead={t('running.lead')}>
      <Progress.Root size="lg">
        <Progress.Section value={share * 100} animated aria-label={t('running.title')} />
      </Progress.Root>
      <Text size="sm" mt="sm" role="status">
        <Counter value={record.rows_done} /> {t('running.of')} {record.rows_total === null && t('running.about')}{' '}
        <Counter value={total} />
      </Text>
    </Section>
  )
}
