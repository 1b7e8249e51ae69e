import { Accordion, Alert, Button, Group, Text } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslations } from 'use-intl'
import { client } from '~/api'
import { fieldErrors } from '~/problem'
import { Counter, ErrorPanel, Section, Waiting } from '~/ui'
import { ByTopic } from './by_topic'
import { countNames, type CountName, type ImportRecord, type TopicTally } from './import_record'
import { RejectedNoes } from './rejected_noes'
import { SampleTable, type SampleRow } from './sample_table'
import type { ImportRequest } from './setup'

type Preview = Record<CountName | 'invalid_said_no', number> & {
  by_topic: TopicTally[]
  samples: Record<CountName, SampleRow[]>
}

/**
 * A dry run over the whole file: exact numbers and the first rows of each kind. Nothing is written yet. Its key is its
 * own: what makes lists of imports stale need not check a large file again.
 */
export function CheckStep({
  record,
  request,
  onRefused,
  onStart,
  isStarting,
}: {
  record: ImportRecord
  request: ImportRequest
  onRefused: (error: unknown) => void
  onStart: () => void
  isStarting: boolean
}) {
  const t = useTranslations('imports')
  const preview = useQuery({
    queryKey: [['import_previews'], { id: record.id, request }],
    queryFn: () =>
      client.api.imports.preview({ params: { id: record.id }, body: request }) as unknown as Promise<Preview>,
    retry: false,
    staleTime: 0,
  })
  const { error } = preview
  const isRefusal = error !== null && Object.keys(fieldErrors(error)).length > 0
  useEffect(() => {
    if (isRefusal) onRefused(error)
  }, [error])
  if (error) return isRefusal ? null : <ErrorPanel error={error} retry={preview.refetch} />
  if (!preview.data) {
    return (
      <Section title={t('check.title')} lead={t('check.working')}>
        <Waiting rows={4} />
      </Section>
    )
  }
  const people = preview.data.new + preview.data.changed
  const others = preview.data.unchanged + preview.data.invalid_said_no
  return (
    <Section title={t('check.title')} lead={t('check.lead')}>
      <ByTopic tallies={preview.data.by_topic} />
      <Groups preview={preview.data} columns={record.columns.map(({ name }) => name)} />
      <Alert color="door" icon={<IconInfoCircle aria-hidden />} mt="md">
        <Text size="sm">{t(`check.${agreementIn(request)}`)}</Text>
      </Alert>
      <Group mt="md">
        <Button onClick={onStart} loading={isStarting} disabled={people + others === 0}>
          {t('check.start', { count: people })}
        </Button>
      </Group>
    </Section>
  )
}

function agreementIn({ consent }: ImportRequest) {
  if (!consent) return 'withoutAgreement'
  return 'decided_by' in consent ? 'withColumn' : 'withAgreement'
}

function Groups({ preview, columns }: { preview: Preview; columns: string[] }) {
  const t = useTranslations('imports')
  const groups = countNames.filter((name) => preview[name] > 0 || name === 'new')
  return (
    <Accordion variant="separated" chevronPosition="left" order={3} multiple>
      {groups.map((name) => (
        <Accordion.Item key={name} value={name}>
          <Accordion.Control disabled={preview[name] === 0}>
            <Group justify="space-between" wrap="nowrap" gap="sm">
              <div>
                <Text fw={600} size="sm">
                  {t(`counts.${name}.title`)}
                </Text>
                <Text size="xs" c="dimmed">
                  {t(`counts.${name}.text`)}
                </Text>
                {name === 'invalid' && <RejectedNoes count={preview.invalid_said_no} mt={2} />}
              </div>
              <Text fw={650} size="lg" data-count={name}>
                <Counter value={preview[name]} />
              </Text>
            </Group>
          </Accordion.Control>
          <Accordion.Panel>
            <SampleTable
              rows={preview.samples[name]}
              total={preview[name]}
              columns={columns}
              isRaw={name === 'invalid' || name === 'duplicates_in_file'}
              label={t(`counts.${name}.title`)}
            />
          </Accordion.Panel>
        </Accordion.Item>
      ))}
    </Accordion>
  )
}
