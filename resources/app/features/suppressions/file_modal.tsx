import { Alert, FileInput, List, Select, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { refresh } from '~/api'
import { FormModal, said } from '~/ui'
import { upload, UploadRefused } from '../imports/upload'
import { choices } from './suppress_modal'

interface Counted {
  rows: number
  new: number
  known: number
  duplicates: number
  invalid: number
  people: number
  samples: { line: number; value: string; reason: string }[]
}

/** A list of addresses from elsewhere: first it is counted, then taken in. */
export function FileModal({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useTranslations('suppressions')
  const [file, setFile] = useState<File | null>(null)
  const [reason, setReason] = useState<(typeof choices)[number]>('imported')
  const [note, setNote] = useState('')
  const [error, setError] = useState<string>()
  const close = () => {
    setFile(null)
    setNote('')
    setReason('imported')
    setError(undefined)
    count.reset()
    onClose()
  }
  const send = (dryRun: boolean) => {
    const query = new URLSearchParams({ reason, ...(note.trim() ? { note: note.trim() } : {}) })
    if (dryRun) query.set('dry_run', '1')
    return upload<Counted>(`/api/v1/suppressions/import?${query}`, file!).done
  }
  const onError = (failure: Error) =>
    setError(failure instanceof UploadRefused && failure.said ? failure.said : t('file.broken'))
  const count = useMutation({ mutationFn: () => send(true), onError })
  const take = useMutation({
    mutationFn: () => send(false),
    onError,
    onSuccess: async (taken) => {
      said(t('added', { count: taken.new }))
      close()
      await refresh('suppressions', 'contacts', 'consents', 'overview')
    },
  })
  const submit = () => {
    if (!file) return setError(t('file.missing'))
    setError(undefined)
    return count.data ? take.mutate() : count.mutate()
  }
  return (
    <FormModal
      opened={opened}
      title={t('file.title')}
      problem={null}
      submitLabel={count.data ? t('file.take', { count: count.data.new }) : t('file.check')}
      busy={count.isPending || take.isPending}
      disabled={count.data?.new === 0}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
      onClose={close}
    >
      <FileInput
        label={t('file.label')}
        description={t('file.hint')}
        placeholder={t('file.choose')}
        accept=".csv,.txt,.tsv,text/csv,text/plain"
        required
        value={file}
        error={error}
        onChange={(chosen) => {
          setFile(chosen)
          setError(undefined)
          count.reset()
        }}
      />
      <Select
        label={t('reason')}
        data={choices.map((one) => ({ value: one, label: t(`reasons.${one}`) }))}
        allowDeselect={false}
        value={reason}
        onChange={(one) => setReason(one as typeof reason)}
      />
      <TextInput
        label={t('note')}
        description={t('noteHint')}
        maxLength={1000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {count.data && <Counts counted={count.data} />}
    </FormModal>
  )
}

function Counts({ counted }: { counted: Counted }) {
  const t = useTranslations('suppressions.file')
  const format = useFormatter()
  const parts = (['new', 'known', 'duplicates', 'invalid', 'people'] as const).filter(
    (part) => part === 'new' || counted[part] > 0
  )
  return (
    <Alert color={counted.invalid > 0 ? 'yellow' : 'blue'} title={t('found', { count: counted.rows })} role="status">
      <Stack gap="xs">
        <List size="sm">
          {parts.map((part) => (
            <List.Item key={part}>{t(`counts.${part}`, { count: counted[part] })}</List.Item>
          ))}
        </List>
        {counted.samples.slice(0, 5).map(({ line, value, reason }) => (
          <Text key={line} size="xs" className="break">
            {t('line', { line: format.number(line), value, reason })}
          </Text>
        ))}
      </Stack>
    </Alert>
  )
}
