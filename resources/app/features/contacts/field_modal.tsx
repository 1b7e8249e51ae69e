import { Select, TagsInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, refresh } from '~/api'
import { showErrors, type ProblemSeen } from '~/problem'
import { FormModal, said } from '~/ui'
import type { ContactField } from './attribute_input'

const types = ['text', 'number', 'boolean', 'date', 'datetime', 'url', 'choice', 'multi_choice'] as const

interface Props {
  field?: ContactField | null
  suggestedLabel?: string
  onSaved?: (field: ContactField) => void
  onClose: () => void
}

/** Makes a field, or changes its label and choices. Key and type are for good: values were checked by them. */
export function FieldModal({ field = null, suggestedLabel = '', onSaved, onClose }: Props) {
  const t = useTranslations('contacts.fieldsPage')
  const typeNames = useTranslations('contacts.fieldType')
  const { form, submit, problem, isBusy } = useSaveField({ field, suggestedLabel, onSaved, onClose })
  const isChoice = isOfChoices(form.values.type)
  return (
    <FormModal title={t(field ? 'edit' : 'new')} problem={problem} busy={isBusy} onSubmit={submit} onClose={onClose}>
      <TextInput
        label={t('label')}
        placeholder={t('labelPlaceholder')}
        required
        maxLength={120}
        data-autofocus
        {...form.getInputProps('label')}
        onChange={(event) => {
          const label = event.currentTarget.value
          if (!field && form.values.key === keyFor(form.values.label)) form.setFieldValue('key', keyFor(label))
          form.setFieldValue('label', label)
        }}
      />
      <TextInput
        label={t('key')}
        description={t('keyHint')}
        required
        maxLength={50}
        disabled={field !== null}
        {...form.getInputProps('key')}
      />
      <Select
        label={t('type')}
        description={field ? undefined : t('typeHint')}
        data={types.map((type) => ({ value: type, label: typeNames(type) }))}
        allowDeselect={false}
        disabled={field !== null}
        {...form.getInputProps('type')}
      />
      {isChoice && (
        <TagsInput
          label={t('choices')}
          description={t('choicesHint')}
          required
          acceptValueOnBlur
          splitChars={[',', ';']}
          {...form.getInputProps('choices')}
        />
      )}
    </FormModal>
  )
}

const isOfChoices = (type: ContactField['type']) => type === 'choice' || type === 'multi_choice'

function useSaveField({ field = null, suggestedLabel = '', onSaved, onClose }: Props) {
  const t = useTranslations('contacts.fieldsPage')
  const [problem, setProblem] = useState<ProblemSeen | null>(null)
  const form = useForm({
    initialValues: {
      label: field?.label ?? suggestedLabel,
      key: field?.key ?? keyFor(suggestedLabel),
      type: (field?.type ?? 'text') as ContactField['type'],
      choices: field?.choices ?? ([] as string[]),
    },
    validate: {
      label: (label) => (label.trim() ? null : t('labelMissing')),
      key: (key) => (key.trim() ? null : t('keyMissing')),
    },
  })
  const done = {
    onError: (error: unknown) => setProblem(showErrors(form, error)),
    onSuccess: async (saved: ContactField) => {
      said(t('saved', { label: saved.label }))
      await refresh('fields')
      onSaved?.(saved)
      onClose()
    },
  }
  const create = useMutation(api.fields.store.mutationOptions(done))
  const update = useMutation(api.fields.update.mutationOptions(done))
  const submit = form.onSubmit(({ label, key, type, choices }) => {
    const parts = { label: label.trim() || undefined, ...(isOfChoices(type) ? { choices } : {}) }
    if (field) {
      const change = { params: { id: field.id }, body: parts }
      update.mutate(change)
    } else create.mutate({ body: { ...parts, key, type } })
  })
  return { form, submit, problem, isBusy: create.isPending || update.isPending }
}

/** "Größe (cm)" → "groesse_cm": what mails and rules call the field. */
export function keyFor(label: string): string {
  return label
    .toLowerCase()
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 50)
}
