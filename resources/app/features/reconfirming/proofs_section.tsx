import { Box, Button, Table, Text } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { Counter, ErrorPanel, later, Section, Waiting } from '~/ui'

export interface Proof {
  topic_id: string
  topic_name: string
  strong: number
  fair: number
  weak: number
  weaknesses: { name: string; detail: string; people: number }[]
}

const AgeOfProof = later(() => import('./age_of_proof'), 'AgeOfProof', 1)

/** Topic by topic, how well its agreements could be shown, and what is weak about them. */
export function ProofsSection({
  proofs,
  onAsk,
}: {
  proofs: UseQueryResult<{ data: Proof[] }, unknown>
  onAsk?: (topicId: string) => void
}) {
  const t = useTranslations('reconfirming.proofs')
  return (
    <Section title={t('title')} lead={t('lead')}>
      {proofs.isPending && <Waiting rows={3} />}
      {proofs.isError && <ErrorPanel error={proofs.error} retry={proofs.refetch} />}
      {proofs.data?.data.length === 0 && <Text size="sm">{t('noTopics')}</Text>}
      {proofs.data && proofs.data.data.length > 0 && (
        <>
          <Table aria-label={t('title')} verticalSpacing="sm">
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t('topic')}</Table.Th>
                {(['strong', 'fair', 'weak'] as const).map((strength) => (
                  <Table.Th key={strength} scope="col" ta="right" visibleFrom={strength === 'weak' ? undefined : 'md'}>
                    {t(strength)}
                  </Table.Th>
                ))}
                <Table.Th scope="col" visibleFrom="md">
                  {t('why')}
                </Table.Th>
                {onAsk && <Table.Td />}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {proofs.data.data.map((topic) => (
                <TopicRow key={topic.topic_id} topic={topic} onAsk={onAsk} />
              ))}
            </Table.Tbody>
          </Table>
          <AgeOfProof />
        </>
      )}
    </Section>
  )
}

function TopicRow({ topic, onAsk }: { topic: Proof; onAsk?: (topicId: string) => void }) {
  const t = useTranslations('reconfirming.proofs')
  return (
    <Table.Tr>
      <Table.Th scope="row" className="break" fw={600}>
        {topic.topic_name}
        <Box hiddenFrom="md">
          <Why topic={topic} />
        </Box>
      </Table.Th>
      {(['strong', 'fair', 'weak'] as const).map((strength) => (
        <Table.Td key={strength} ta="right" visibleFrom={strength === 'weak' ? undefined : 'md'}>
          <Counter value={topic[strength]} />
        </Table.Td>
      ))}
      <Table.Td visibleFrom="md">
        <Why topic={topic} />
      </Table.Td>
      {onAsk && (
        <Table.Td ta="right">
          {topic.weak > 0 && (
            <Button
              size="compact-sm"
              variant="light"
              aria-label={t('askAbout', { topic: topic.topic_name })}
              onClick={() => onAsk(topic.topic_id)}
            >
              {t('ask')}
            </Button>
          )}
        </Table.Td>
      )}
    </Table.Tr>
  )
}

function Why({ topic: { weaknesses } }: { topic: Proof }) {
  const t = useTranslations('reconfirming.proofs')
  const say = useTranslations('reconfirming.weakness')
  if (weaknesses.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('none')}
      </Text>
    )
  }
  return weaknesses.map(({ name, people }) => (
    <Text key={name} size="sm">
      <Counter value={people} /> {say(name as 'old')}
    </Text>
  ))
}
