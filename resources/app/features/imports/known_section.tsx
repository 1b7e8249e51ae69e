import { Radio, Stack } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { TagsField } from '~/features/contacts/tags_field'
import { Section } from '~/ui'
import type { Setup } from './setup'

/** What happens to people who are here already, and what all of the file are tagged with. */
export function KnownSection({
  setup,
  onChange,
  error,
}: {
  setup: Setup
  onChange: (part: Partial<Setup>) => void
  error?: string
}) {
  const t = useTranslations('imports')
  return (
    <Section title={t('known.title')}>
      <Stack gap="md">
        <ConflictChoice value={setup.on_conflict} onChange={(onConflict) => onChange({ on_conflict: onConflict })} />
        <TagsField
          label={t('known.tags')}
          description={t('known.tagsHint')}
          value={setup.tags}
          onChange={(tags) => onChange({ tags })}
          maw={480}
          error={error}
        />
      </Stack>
    </Section>
  )
}

function ConflictChoice({
  value,
  onChange,
}: {
  value: Setup['on_conflict']
  onChange: (value: Setup['on_conflict']) => void
}) {
  const t = useTranslations('imports')
  return (
    <Radio.Group label={t('known.label')} value={value} onChange={(next) => onChange(next as Setup['on_conflict'])}>
      <Stack gap="xs" mt="xs">
        <Radio value="update" label={t('known.update')} description={t('known.updateHint')} />
        <Radio value="skip" label={t('known.skip')} description={t('known.skipHint')} />
      </Stack>
    </Radio.Group>
  )
}
