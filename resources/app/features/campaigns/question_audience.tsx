import { Stack, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { api } from '~/api'
import { useWorkspace } from '~/shell/me'
import { addressOf } from '~/shell/navigation'
import { LinkAnchor, Section } from '~/ui'
import { Count } from './audience_section'
import type { DraftDesk } from './use_draft'

/** For whom a question is: its re-confirmation says so, and nobody changes it here. */
export function QuestionAudience({ desk, campaignId }: { desk: DraftDesk; campaignId: string }) {
  const t = useTranslations('campaigns.who')
  const { id: workspaceId } = useWorkspace()
  const { values, set, errors } = desk
  const topics = useQuery(api.topics.index.queryOptions({ query: { limit: 100 } }))
  const topic = topics.data?.data.find(({ id }) => id === values.topic_id)?.name ?? ''
  return (
    <Section title={t('title')}>
      <Stack gap="md">
        <TextInput
          label={t('name')}
          description={t('nameHint')}
          value={values.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
          maxLength={200}
          error={errors.name}
          required
        />
        <Text size="sm">
          {values.audience.part === 'reminder' ? t('reminder') : t('question', { topic })}{' '}
          <LinkAnchor to={addressOf(workspaceId, 'topics/asking')} underline="always" size="sm">
            {t('showQuestion')}
          </LinkAnchor>
        </Text>
        {values.audience.part !== 'reminder' && (
          <Text size="sm" c="dimmed">
            {t('answerBy')}
          </Text>
        )}
        <Count campaignId={campaignId} desk={desk} />
      </Stack>
    </Section>
  )
}
