import { Alert, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconInfoCircle } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, refresh } from '~/api'
import { showErrors, type ProblemSeen } from '~/problem'
import { FormModal, said } from '~/ui'
import { StatementField } from './statement_field'

export interface Wording {
  id: string
  version: number
  text: string
  language: string | null
  shown: string
  origin: 'written' | 'stated'
  by: string
  created_at: string
}

/** Writes a wording down, or its next version. What somebody agreed to under an older one stays what it was. */
export function WordingModal({
  opened,
  wording,
  onClose,
}: {
  opened: boolean
  wording: Wording | null
  onClose: () => void
}) {
  const t = useTranslations('wordings')
  const { form, submit, problem, isBusy } = useSaveWording(wording, onClose)
  return (
    <FormModal
      size="lg"
      opened={opened}
      title={wording ? t('reviseTitle', { version: wording.version + 1 }) : t('new')}
      problem={problem}
      submitLabel={t(wording ? 'saveVersion' : 'saveNew')}
      busy={isBusy}
      onSubmit={submit}
      onClose={onClose}
    >
      {wording && (
        <Alert icon={<IconInfoCircle aria-hidden />}>
          <Text size="sm">{t('reviseHint', { version: wording.version })}</Text>
        </Alert>
      )}
      <StatementField
        label={t('text')}
        description={t('textHint')}
        placeholder={t('textPlaceholder')}
        minRows={3}
        data-autofocus
        {...form.getInputProps('text')}
      />
      {!wording && (
        <TextInput
          label={t('language')}
          description={t('languageHint')}
          maxLength={40}
          maw={220}
          required
          {...form.getInputProps('language')}
        />
      )}
      <TextInput
        label={t('shown')}
        description={t('shownHint')}
        placeholder={t('shownPlaceholder')}
        maxLength={300}
        required
        {...form.getInputProps('shown')}
      />
    </FormModal>
  )
}

function useSaveWording(wording: Wording | null, onClose: () => void) {
  const t = useTranslations('wordings')
  const [problem, setProblem] = useState<ProblemSeen | null>(null)
  const form = useForm({
    initialValues: { text: wording?.text ?? '', language: wording?.language ?? 'en', shown: wording?.shown ?? '' },
    validate: {
      text: (value) => (value.trim() ? null : t('textMissing')),
      shown: (value) => (value.trim() ? null : t('shownMissing')),
    },
  })
  const done = {
    onError: (error: unknown) => setProblem(showErrors(form, error)),
    onSuccess: async () => {
      await refresh('wordings')
      said(t(wording ? 'revised' : 'saved'))
      form.reset()
      setProblem(null)
      onClose()
    },
  }
  const create = useMutation(api.wordings.store.mutationOptions(done))
  const revise = useMutation(api.wordings.revise.mutationOptions(done))
  const submit = form.onSubmit(({ language, ...words }) =>
    wording
      ? revise.mutate({ params: { id: wording.id }, body: { ...words, version: wording.version } })
      : create.mutate({ body: { ...words, language } })
  )
  return { form, submit, problem, isBusy: create.isPending || revise.isPending }
}
