import { Group, Text, VisuallyHidden } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconCloudOff, IconLoader2, IconPencil } from '@tabler/icons-react'
import { useFormatter, useNow, useTranslations } from 'use-intl'
import type { DraftDesk } from './use_draft'

const signs = {
  saved: IconCheck,
  dirty: IconPencil,
  saving: IconLoader2,
  offline: IconCloudOff,
  invalid: IconAlertTriangle,
  conflict: IconAlertTriangle,
}

/** "Saved 2 seconds ago": where the words are. */
export function SaveStateLine({ desk: { state, savedAt } }: { desk: DraftDesk }) {
  const t = useTranslations('campaigns.editor.save')
  const format = useFormatter()
  const now = useNow({ updateInterval: 5_000 })
  const Sign = signs[state]
  const since = savedAt && now > savedAt ? now : savedAt
  const text = state === 'saved' && savedAt ? t('savedAgo', { when: format.relativeTime(savedAt, since!) }) : t(state)
  const isTrouble = state === 'offline' || state === 'invalid' || state === 'conflict'
  return (
    <Group component="span" gap={6} wrap="nowrap" c={isTrouble ? 'var(--mantine-color-error)' : 'dimmed'}>
      <Sign size={16} aria-hidden style={{ flex: 'none' }} />
      <Text span size="sm" className="tabular">
        {text}
      </Text>
      <VisuallyHidden role="status">{isTrouble ? t(state) : ''}</VisuallyHidden>
    </Group>
  )
}
