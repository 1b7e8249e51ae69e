import { ActionIcon, Alert, Code, CopyButton, Group, Text, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useTranslations } from 'use-intl'

/** Text to take along, with a button that says when it did. `once`: a secret that cannot be shown again. */
export function Copyable({ value, label, once = false }: { value: string; label: string; once?: boolean }) {
  const t = useTranslations('common')
  const row = (
    <Group wrap="nowrap" gap="xs">
      <Code block className="break" style={{ whiteSpace: 'pre-wrap', flex: 1 }} aria-label={label}>
        {value}
      </Code>
      <CopyButton value={value} timeout={2500}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? t('copied') : t('copy')}>
            <ActionIcon
              variant={copied ? 'filled' : 'light'}
              size="lg"
              onClick={copy}
              aria-label={copied ? t('copied') : t('copyThing', { label })}
            >
              {copied ? <IconCheck size={18} /> : <IconCopy size={18} />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </Group>
  )
  if (!once) return row
  return (
    <Alert color="yellow" title={label} role="status">
      <Text size="sm" mb="xs">
        {t('shownOnce')}
      </Text>
      {row}
    </Alert>
  )
}
