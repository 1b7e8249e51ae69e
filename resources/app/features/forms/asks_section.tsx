import { Select, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { Section } from '~/ui'
import { FieldRow } from './field_row'
import { languages, type Language } from './form'
import { useFormFields } from './form_fields'
import type { WrittenForm } from './use_form_desk'

/** Its words, its language and what it asks beside the address. */
export function AsksSection({ form }: { form: WrittenForm }) {
  const t = useTranslations('forms.asks')
  const names = useTranslations('forms.languages')
  const speak = useLanguage(form)
  return (
    <Section title={t('title')} lead={t('lead')}>
      <Stack gap="md">
        <TextInput
          label={t('name')}
          description={t('nameHint')}
          required
          maxLength={120}
          {...form.getInputProps('name')}
        />
        <Select
          label={t('language')}
          description={t('languageHint')}
          data={languages.map((value) => ({ value, label: names(value) }))}
          allowDeselect={false}
          maw={320}
          {...form.getInputProps('language')}
          onChange={(language) => speak(language as Language)}
        />
        <TextInput label={t('heading')} required maxLength={200} {...form.getInputProps('title')} />
        <Textarea label={t('intro')} autosize minRows={2} maxLength={2_000} {...form.getInputProps('intro')} />
        <Fields form={form} />
        <TextInput
          label={t('button')}
          placeholder={t('buttonDefault')}
          maxLength={60}
          maw={320}
          {...form.getInputProps('button')}
        />
      </Stack>
    </Section>
  )
}

/** Suggested words that nobody has changed change their language, too. */
function useLanguage(form: WrittenForm) {
  const t = useTranslations('forms.begin')
  return (language: Language) => {
    const { language: before, title, wording } = form.getValues()
    form.setValues({
      language,
      ...(title === t(`${before}.title`) ? { title: t(`${language}.title`) } : {}),
      ...(wording === t(`${before}.wording`) ? { wording: t(`${language}.wording`) } : {}),
    })
  }
}

function Fields({ form }: { form: WrittenForm }) {
  const t = useTranslations('forms.asks')
  const known = useFormFields()
  const { fields } = form.values
  const left = known.filter(({ name }) => !fields.some((field) => field.name === name))
  return (
    <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
      <Text component="legend" size="sm" fw={600}>
        {t('fields')}
      </Text>
      <Text size="xs" c="dimmed" mb="xs">
        {t('fieldsHint')}
      </Text>
      <Stack gap="sm">
        {fields.map((field, no) => (
          <FieldRow
            key={field.name}
            form={form}
            no={no}
            known={known.find(({ name }) => name === field.name) ?? null}
          />
        ))}
        {fields.length < 20 && (
          <Select
            aria-label={t('add')}
            placeholder={t('add')}
            data={left.map(({ name, label }) => ({ value: name, label }))}
            value={null}
            searchable
            maw={320}
            nothingFoundMessage={t('noFields')}
            onChange={(name) => {
              const chosen = left.find((field) => field.name === name)
              if (!chosen) return
              const field = { name: chosen.name, label: chosen.label, required: false, hidden: false, value: '' }
              form.insertListItem('fields', field)
            }}
          />
        )}
      </Stack>
    </fieldset>
  )
}
