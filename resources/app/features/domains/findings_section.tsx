import { Code, Group, Stack, Text } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { Section, StatusBadge, Waiting } from '~/ui'
import { toneOf, type Finding } from './domain'
import classes from './domains.module.css'

/** What each check saw, and what to do next. */
export function FindingsSection({ findings }: { findings: Finding[] }) {
  const t = useTranslations('domains.findings')
  if (findings.length === 0) return <Waiting rows={5} />
  return (
    <Section title={t('title')}>
      <ul className={classes.list}>
        {findings.map((finding) => (
          <FindingLine key={finding.id} finding={finding} />
        ))}
      </ul>
    </Section>
  )
}

function FindingLine({ finding }: { finding: Finding }) {
  const t = useTranslations('domains.findings')
  const { id, level, message, fix, host, found, is_open: isOpen } = finding
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
