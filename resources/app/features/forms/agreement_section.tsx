import { Checkbox, Stack, Text, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { api } from '~/api'
import { useWorkspace } from '~/shell/me'
import { addressOf } from '~/shell/navigation'
import { ErrorPanel, later, LinkAnchor, Section } from '~/ui'
import { errorAt, type WrittenForm } from './use_form_desk'

const WordingPicker = later(() => import('../consent/wording_picker'), 'WordingPicker', 0)

/** The topics it offers, and the sentence that people agree to. */
export function AgreementSection({ form }: { form: WrittenForm }) {
  const t = useTranslations('forms.agreement')
  const { id: workspaceId } = useWorkspace()
  const topics = useQuery(api.topics.index.queryOptions({ query: { limit: 100 } }))
  const known = topics.data?.data ?? []
  const chosen = form.values.topic_ids
  return (
    <Section title={t('title')} lead={t('lead')}>
      <Stack gap="md">
        <Checkbox.Group
          label={t('topics')}
          description={t('topicsHint')}
          required
          value={chosen}
          onChange={(ids) => {
            form.clearFieldError('topic_ids')
            form.setFieldValue('topic_ids', ids)
          }}
          error={errorAt(form, 'topic_ids')}
        >
          <Stack gap="xs" mt="xs">
            {known.map(({ id, name, description }) => (
              <Checkbox key={id} value={id} label={name} description={description || undefined} />
            ))}
            {topics.error && <ErrorPanel error={topics.error} retry={topics.refetch} />}
            {topics.data && known.length === 0 && (
              <Text size="sm">
                {t.rich('noTopics', {
                  link: (words) => (
                    <LinkAnchor key="link" to={addressOf(workspaceId, 'topics')}>
                      {words}
                    </LinkAnchor>
                  ),
                })}
              </Text>
            )}
          </Stack>
        </Checkbox.Group>
        <WordingPicker text={form.values.wording} onPick={(text) => form.setFieldValue('wording', text)} />
        <Textarea
          label={t('wording')}
          description={t('wordingHint')}
          required
          autosize
          minRows={2}
          maxLength={2_000}
          {...form.getInputProps('wording')}
        />
        <Checkbox
          label={t('asksTracking')}
          description={t('asksTrackingHint')}
          {...form.getInputProps('asks_tracking', { type: 'checkbox' })}
        />
      </Stack>
    </Section>
  )
}
