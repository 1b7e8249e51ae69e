import { Stack, Text, TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Section } from '~/ui'
import { MergeTagPicker } from './merge_tag_picker'
import { unknownTags, useMergeTags } from './merge_tags'
import type { DraftDesk } from './use_draft'
import { useRefusal } from './use_preview'
import { asksForTag, writeAtCursor } from './write_at_cursor'

const LONG = 70

/** What an inbox shows: subject and the line after it. */
export function SubjectSection({
  desk: { values, set, errors, version },
  campaignId,
}: {
  desk: DraftDesk
  campaignId: string
}) {
  const t = useTranslations('campaigns.subject')
  const refusal = useRefusal(campaignId, version)
  return (
    <Section title={t('title')}>
      <Stack gap="md">
        <TaggedInput
          id="field-subject"
          label={t('subject')}
          value={values.subject}
          onChange={(subject) => set({ subject })}
          error={errors.subject ?? refusal('subject')}
          hint={
            values.subject.length > LONG
              ? t('long', { count: values.subject.length })
              : t('counter', { count: values.subject.length })
          }
          required
        />
        <TaggedInput
          id="field-preheader"
          label={t('preheader')}
          description={t('preheaderHint')}
          value={values.preheader}
          onChange={(preheader) => set({ preheader })}
          error={errors.preheader ?? refusal('preheader')}
          hint={t('counter', { count: values.preheader.length })}
        />
      </Stack>
    </Section>
  )
}

/** One line that may name merge tags: `{{` opens the picker, an unknown one is told while typing. */
function TaggedInput({
  value,
  onChange,
  error,
  hint,
  ...props
}: {
  id: string
  label: string
  description?: string
  value: string
  onChange: (value: string) => void
  error?: string
  hint: string
  required?: boolean
}) {
  const t = useTranslations('campaigns.mergeTag')
  const tags = useMergeTags()
  const field = useRef<HTMLInputElement>(null)
  const [isPicking, setPicking] = useState(false)
  const unknown = unknownTags(value, tags)
  return (
    <div>
      <TextInput
        ref={field}
        value={value}
        onChange={(event) => {
          onChange(event.currentTarget.value)
          if (asksForTag(event.currentTarget)) setPicking(true)
        }}
        error={error ?? (unknown.length > 0 ? t('unknown', { tags: unknown.join(', ') }) : undefined)}
        maxLength={500}
        rightSectionWidth={40}
        rightSection={
          <MergeTagPicker
            opened={isPicking}
            onChange={setPicking}
            onInsert={(tag) =>
              field.current && writeAtCursor(field.current, tag, { before: asksForTag(field.current) ? 2 : 0 })
            }
          />
        }
        {...props}
      />
      <Text size="xs" c="dimmed" ta="right" mt={2} className="tabular">
        {hint}
      </Text>
    </div>
  )
}
