import { Button, Menu, NativeSelect, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useTranslations } from 'use-intl'
import { Section } from '~/ui'
import { FieldRow } from './field_row'
import { languages, type Language } from './form'
import { useFormFields, type KnownField } from './form_fields'
import type { WrittenForm } from './use_form_desk'

const MOST = 20

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
        <NativeSelect
          label={t('language')}
          description={t('languageHint')}
          data={languages.map((value) => ({ value, label: names(value) }))}
          maw={320}
          {...form.getInputProps('language')}
          onChange={(event) => speak(event.currentTarget.value as Language)}
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
        {fields.length < MOST && <AddField form={form} left={left} />}
      </Stack>
    </fieldset>
  )
}

function AddField({ form, left }: { form: WrittenForm; left: KnownField[] }) {
  const t = useTranslations('forms.asks')
  return (
    <Menu position="bottom-start" shadow="md">
      <Menu.Target>
        <Button variant="default" leftSection={<IconPlus size={18} aria-hidden />} style={{ alignSelf: 'flex-start' }}>
          {t('add')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
        {left.length === 0 && <Menu.Label>{t('noFields')}</Menu.Label>}
        {left.map(({ name, label, type }) => (
          <Menu.Item
            key={name}
            onClick={() => form.insertListItem('fields', { name, label, required: false, hidden: false, value: '' })}
          >
            {label}
            <Text size="xs" c="dimmed">
              {type}
            </Text>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
