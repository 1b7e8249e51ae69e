import { SimpleGrid, Stack, Switch, TextInput } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { Section } from '~/ui'
import type { DraftDesk } from './use_draft'

const utmFields = ['source', 'medium', 'campaign', 'term', 'content'] as const

/** What is counted, and what links carry along. */
export function TrackingSection({ desk: { values, set, errors } }: { desk: DraftDesk }) {
  const t = useTranslations('campaigns.tracking')
  const { tracking, utm } = values
  return (
    <Section title={t('title')}>
      <Stack gap="md">
        <Switch
          label={t('clicks')}
          description={t('clicksHint')}
          checked={tracking.clicks}
          onChange={(event) => set({ tracking: { ...tracking, clicks: event.currentTarget.checked } })}
        />
        <Switch
          label={t('opens')}
          description={t('opensHint')}
          checked={tracking.opens}
          onChange={(event) => set({ tracking: { ...tracking, opens: event.currentTarget.checked } })}
        />
        <Switch
          label={t('utm')}
          description={t('utmHint')}
          checked={utm !== null}
          onChange={(event) =>
            set({
              utm: event.currentTarget.checked
                ? { source: 'newsletter', medium: 'email', campaign: slug(values.name) }
                : null,
            })
          }
        />
        {utm && (
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            {utmFields.map((field) => (
              <TextInput
                key={field}
                label={t(`utmFields.${field}`)}
                value={utm[field] ?? ''}
                onChange={(event) => set({ utm: { ...utm, [field]: event.currentTarget.value || null } })}
                maxLength={120}
                error={errors[`utm.${field}`]}
              />
            ))}
          </SimpleGrid>
        )}
      </Stack>
    </Section>
  )
}

const slug = (name: string) =>
  name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
