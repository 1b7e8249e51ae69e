import { SimpleGrid, TextInput } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { Section } from '~/ui'
import type { DraftDesk } from './use_draft'

/** In whose name, and where answers go. */
export function SenderSection({ desk: { values, set, errors } }: { desk: DraftDesk }) {
  const t = useTranslations('campaigns.sender')
  const { from } = values
  return (
    <Section title={t('title')}>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          id="field-from.name"
          label={t('fromName')}
          value={from.name}
          onChange={(event) => set({ from: { ...from, name: event.currentTarget.value } })}
          maxLength={120}
          error={errors['from.name']}
        />
        <TextInput
          id="field-from.email"
          type="email"
          label={t('fromEmail')}
          value={from.email}
          onChange={(event) => set({ from: { ...from, email: event.currentTarget.value } })}
          maxLength={254}
          error={errors['from.email']}
          required
        />
        <TextInput
          id="field-reply_to"
          type="email"
          label={t('replyTo')}
          placeholder={from.email || t('replyToPlaceholder')}
          value={values.reply_to ?? ''}
          onChange={(event) => set({ reply_to: event.currentTarget.value || null })}
          maxLength={254}
          error={errors.reply_to}
        />
      </SimpleGrid>
    </Section>
  )
}
