import { Code, Group, SimpleGrid, Stack, Text } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { Copyable, Section, StatusBadge, type Tone } from '~/ui'
import type { DnsRecord } from './domain'
import classes from './domains.module.css'

const tones: Record<DnsRecord['state'], Tone> = {
  right: 'good',
  missing: 'bad',
  different: 'warning',
  unknown: 'neutral',
}

/** Each record to set, beside what is there. */
export function RecordsSection({ records }: { records: DnsRecord[] }) {
  const t = useTranslations('domains.records')
  return (
    <Section title={t('title')} lead={records.length > 0 ? t('lead') : t('none')}>
      <ul className={classes.list}>
        {records.map((record) => (
          <RecordLine key={`${record.type} ${record.host} ${record.expected}`} record={record} />
        ))}
      </ul>
    </Section>
  )
}

function RecordLine({ record }: { record: DnsRecord }) {
  const t = useTranslations('domains.records')
  const { purpose, type, host, expected, priority, found, state } = record
  const name = `${purpose} ${type}`
  return (
    <li>
      <Group gap="sm" mb="xs">
        <Text fw={650}>
          {purpose} · {type}
        </Text>
        {priority !== null && (
          <Text size="sm" c="dimmed">
            {t('priority', { n: priority })}
          </Text>
        )}
        <StatusBadge tone={tones[state]}>{t(`states.${state}`)}</StatusBadge>
      </Group>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="sm" verticalSpacing="xs">
        <Part label={t('host')}>
          <Copyable value={host} label={`${t('host')}: ${name}`} />
        </Part>
        <Part label={t('value')}>
          <Copyable value={expected} label={`${t('value')}: ${name}`} />
        </Part>
      </SimpleGrid>
      {state !== 'right' && (
        <Stack gap={4} mt="xs">
          <Text size="xs" c="dimmed">
            {t('there')}
          </Text>
          {found.length === 0 ? (
            <Text size="sm">{t('nothing')}</Text>
          ) : (
            found.map((text) => (
              <Code key={text} block className={classes.value}>
                {text}
              </Code>
            ))
          )}
        </Stack>
      )}
    </li>
  )
}

function Part({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div style={{ minWidth: 0 }}>
      <Text size="xs" c="dimmed" mb={4}>
        {label}
      </Text>
      {children}
    </div>
  )
}
