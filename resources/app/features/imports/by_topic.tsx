import { Box, Table, Text } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { Counter } from '~/ui'
import type { TopicTally } from './import_record'
import { useTopics } from './topics_select'

/** What the file says of its people, topic by topic. */
export function ByTopic({ tallies }: { tallies: TopicTally[] }) {
  const t = useTranslations('imports.byTopic')
  const topics = useTopics().data?.data
  if (tallies.length === 0) return null
  return (
    <Box my="md" maw={620}>
      <Table.ScrollContainer type="native" minWidth={280} tabIndex={0} role="region" aria-label={t('title')}>
        <Table verticalSpacing={6} horizontalSpacing="xs" fz="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('topic')}</Table.Th>
              {(['agreed', 'said_no', 'unknown'] as const).map((name) => (
                <Table.Th key={name} ta="end">
                  {t(name)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {tallies.map(({ topic_id: id, ...tally }) => (
              <Table.Tr key={id}>
                <Table.Th scope="row" fw={600}>
                  {topics && (topics.find((topic) => topic.id === id)?.name ?? t('gone'))}
                </Table.Th>
                {(['agreed', 'said_no', 'unknown'] as const).map((name) => (
                  <Table.Td key={name} ta="end" data-tally={name}>
                    <Counter value={tally[name]} />
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Text size="xs" c="dimmed" mt={4}>
        {t('hint')}
      </Text>
    </Box>
  )
}
