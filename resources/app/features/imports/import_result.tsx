import { Alert, Button, Group, Text } from '@mantine/core'
import { IconAlertTriangle, IconArrowBackUp, IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, download, refresh } from '~/api'
import { useMay } from '~/shell/me'
import { ConfirmModal, failed, LinkButton, said, Section, Stat } from '~/ui'
import { ByTopic } from './by_topic'
import { countNames, type ImportRecord } from './import_record'
import classes from './imports.module.css'
import { RejectedNoes } from './rejected_noes'

/** What became of every row, the rejected ones to take away and mend, and the way back. */
export function ImportResult({ record }: { record: ImportRecord }) {
  const t = useTranslations('imports')
  const { workspaceId = '' } = useParams({ strict: false })
  const mayWrite = useMay()('imports:write')
  const rejected = record.counts.invalid ?? 0
  return (
    <>
      {record.status === 'failed' && (
        <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={t('result.failed')} mb="md">
          {record.error}
        </Alert>
      )}
      {record.status === 'undone' && (
        <Alert color="yellow" mb="md" role="status">
          {t('result.undone')}
        </Alert>
      )}
      <Section title={t('result.title')}>
        <div className={classes.stats}>
          {[...countNames, 'agreed' as const, 'withdrawn' as const]
            .filter((name) => name === 'new' || (record.counts[name] ?? 0) > 0)
            .map((name) => (
              <Stat
                key={name}
                label={t(`counts.${name}.title`)}
                definition={t(`counts.${name}.text`)}
                value={record.counts[name] ?? 0}
              />
            ))}
        </div>
        <ByTopic tallies={record.counts.by_topic ?? []} />
        <RejectedNoes count={record.counts.invalid_said_no ?? 0} mt="md" />
        <Group mt="lg" gap="sm">
          <LinkButton to="/w/$workspaceId/contacts" params={{ workspaceId }}>
            {t('result.toContacts')}
          </LinkButton>
          {rejected > 0 && (
            <Button
              variant="default"
              leftSection={<IconDownload size={18} />}
              onClick={() =>
                void download(`/api/v1/imports/${record.id}/rejects.csv`, `rejected-${record.file_name}`).catch(failed)
              }
            >
              {t('result.rejects', { count: rejected })}
            </Button>
          )}
          {mayWrite && record.status !== 'undone' && !record.settled_at && <Undo record={record} />}
        </Group>
      </Section>
    </>
  )
}

/** Undo is the step that cannot be undone, so it names what it does. */
function Undo({ record }: { record: ImportRecord }) {
  const t = useTranslations('imports')
  const [isOpen, open] = useState(false)
  const undo = useMutation(
    api.imports.undo.mutationOptions({
      onSuccess: async ({ undone }) => {
        open(false)
        said(t('result.undoDone', undone))
        await refresh('imports', 'contacts', 'tags', 'segments', 'overview')
      },
    })
  )
  return (
    <>
      <Button variant="default" leftSection={<IconArrowBackUp size={18} />} onClick={() => open(true)}>
        {t('result.undo')}
      </Button>
      <ConfirmModal
        opened={isOpen}
        onClose={() => open(false)}
        onConfirm={() => undo.mutate({ params: { id: record.id } })}
        title={t('result.undoTitle')}
        confirmLabel={t('result.undo')}
        busy={undo.isPending}
        danger
      >
        <Text size="sm">
          {t('result.undoText', { added: record.counts.new ?? 0, changed: record.counts.changed ?? 0 })}
          {(record.counts.withdrawn ?? 0) > 0 && ` ${t('result.undoKeepsNo')}`}
        </Text>
      </ConfirmModal>
    </>
  )
}
