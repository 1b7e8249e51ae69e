import { Box, Code, Group, Stack, Text } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { Copyable, Section, StatusBadge, Waiting } from '~/ui'
import { toneOf, type DnsRecord, type Finding } from './domain'
import classes from './domains.module.css'

/** What each check saw, and what to do next. */
export function FindingsSection({ findings, records }: { findings: Finding[]; records: DnsRecord[] }) {
  const t = useTranslations('domains.findings')
  if (findings.length === 0) {
    return (
      <Box mb="lg">
        <Waiting rows={5} />
      </Box>
    )
  }
  return (
    <Section title={t('title')}>
      <ul className={classes.list}>
        {findings.map((finding) => (
          <FindingLine
            key={finding.id}
            finding={finding}
            isAbove={records.some(({ expected }) => expected === finding.expected)}
          />
        ))}
      </ul>
    </Section>
  )
}

/** A record to copy stands with the records above, or here. */
function FindingLine({ finding, isAbove }: { finding: Finding; isAbove: boolean }) {
  const t = useTranslations('domains.findings')
  const { id, level, message, fix, host, found, expected, is_open: isOpen } = finding
  return (
    <li>
      <Group gap="sm" mb={4}>
        <Text fw={650}>{t(`names.${id}`)}</Text>
        {isOpen ? (
          <StatusBadge tone="busy">{t('open')}</StatusBadge>
        ) : (
          <StatusBadge tone={toneOf[level]}>{t(`levels.${level}`)}</StatusBadge>
        )}
      </Group>
      <Text size="sm" className="break">
        {message}
      </Text>
      {fix && (
        <Text size="sm" c="dimmed" className="break">
          {fix}
        </Text>
      )}
      {level === 'block' && expected && !isAbove && (
        <div className={classes.expected}>
          <Copyable value={expected} label={t('expected', { name: t(`names.${id}`) })} />
        </div>
      )}
      {found.length > 0 && id !== 'provider' && (
        <Stack gap={4} mt="xs">
          <Text size="xs" c="dimmed" className="break">
            {t('found')} {host && t('at', { host })}
          </Text>
          {found.map((text) => (
            <Code key={text} block className={classes.value}>
              {text}
            </Code>
          ))}
        </Stack>
      )}
    </li>
  )
}
