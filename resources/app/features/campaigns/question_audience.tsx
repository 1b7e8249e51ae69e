import { Stack, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { api } from '~/api'
import { useWorkspace } from '~/shell/me'
import { addressOf } from '~/shell/navigation'
import { LinkAnchor, Section } from '~/ui'
import type { DraftDesk } from './use_draft'

/** For whom a question is: its re-confirmation says so, and nobody changes it here. */
export function QuestionAudience({ desk, count }: { desk: DraftDesk; count: ReactNode }) {
  const t = useTranslations('campaigns.who')
  const say = useTranslations('reconfirming.letter')
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
          {values.audience.part === 'reminder' ? say('reminder') : say('question', { topic })}{' '}
          <LinkAnchor to={addressOf(workspaceId, 'topics/asking')} underline="always" size="sm">
            {say('showQuestion')}
          </LinkAnchor>
        </Text>
        {values.audience.part !== 'reminder' && (
          <Text size="sm" c="dimmed">
            {say('answerBy')}
          </Text>
        )}
        {count}
      </Stack>
    </Section>
  )
}
