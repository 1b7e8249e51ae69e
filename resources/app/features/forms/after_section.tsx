import { Stack, Switch, Text, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { api } from '~/api'
import { NumberField, Section } from '~/ui'
import type { WrittenForm } from './use_form_desk'

/** What comes after the button: the mail that asks, and the page or address that thanks. */
export function AfterSection({ form }: { form: WrittenForm }) {
  const t = useTranslations('forms.after')
  const topics = useQuery(api.topics.index.queryOptions({ query: { limit: 100 } })).data?.data ?? []
  const { double_opt_in: asksFirst, topic_ids: chosen, success } = form.values
  const strict = topics.find(({ id, double_opt_in: isStrict }) => isStrict && chosen.includes(id))
  return (
    <Section title={t('title')} lead={t('lead')}>
      <Stack gap="md">
        <Switch
          label={t('doubleOptIn')}
          description={strict ? t('strict', { topic: strict.name }) : t('doubleOptInHint')}
          {...form.getInputProps('double_opt_in', { type: 'checkbox' })}
          disabled={Boolean(strict) && asksFirst}
        />
        {!asksFirst && (
          <Text size="sm" c="dimmed">
            {t('single')}
          </Text>
        )}
        <NumberField
          label={t('days')}
          description={t('daysHint')}
          min={1}
          max={90}
          whole
          maw={320}
          {...form.getInputProps('pending_days')}
        />
        <Textarea
          label={t('message')}
          description={t('messageHint')}
          autosize
          minRows={2}
          maxLength={1_000}
          {...form.getInputProps('success.message')}
        />
        <TextInput
          label={t('redirect')}
          description={t('redirectHint')}
          placeholder="https://"
          type="url"
          maxLength={2_000}
          {...form.getInputProps('success.redirect_url')}
        />
        {success.redirect_url && success.message && (
          <Text size="sm" c="dimmed">
            {t('both')}
          </Text>
        )}
      </Stack>
    </Section>
  )
}
