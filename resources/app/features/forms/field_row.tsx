import { ActionIcon, Box, Group, Switch, Text, TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react'
import { useTranslations } from 'use-intl'
import type { KnownField } from './form_fields'
import classes from './forms.module.css'
import { errorAt, type WrittenForm } from './use_form_desk'

/** One field: how it is called, whether it must be filled in, or is not shown and stands for one value. */
export function FieldRow({ form, no, known }: { form: WrittenForm; no: number; known: KnownField | null }) {
  const t = useTranslations('forms.fields')
  const field = form.values.fields[no]
  const wrong = errorAt(form, `fields.${no}.name`)
  return (
    <Box className={classes.field} data-field={field.name}>
      <Group gap="sm" align="flex-start" wrap="nowrap">
        <TextInput
          label={t('label')}
          description={known ? t('of', { field: known.label, type: known.type }) : t('gone')}
          required
          maxLength={120}
          style={{ flex: 1 }}
          {...form.getInputProps(`fields.${no}.label`)}
          error={wrong ?? form.errors[`fields.${no}.label`]}
        />
        <Moves form={form} no={no} label={field.label} />
      </Group>
      <Group gap="lg" mt="xs">
        <Switch
          label={t('required')}
          disabled={field.hidden}
          {...form.getInputProps(`fields.${no}.required`, { type: 'checkbox' })}
        />
        <Switch label={t('hidden')} {...form.getInputProps(`fields.${no}.hidden`, { type: 'checkbox' })} />
      </Group>
      {field.hidden && (
        <>
          <TextInput
            mt="xs"
            label={t('value')}
            description={t('valueHint')}
            required
            maxLength={500}
            {...form.getInputProps(`fields.${no}.value`)}
          />
          {known?.choices && (
            <Text size="xs" c="dimmed">
              {known.choices.join(', ')}
            </Text>
          )}
        </>
      )}
    </Box>
  )
}

function Moves({ form, no, label }: { form: WrittenForm; no: number; label: string }) {
  const t = useTranslations('forms.fields')
  const move = (to: number) => form.reorderListItem('fields', { from: no, to })
  return (
    <Group gap={2} wrap="nowrap" mt={20}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={t('up', { label })}
        disabled={no === 0}
        onClick={() => move(no - 1)}
      >
        <IconArrowUp size={18} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={t('down', { label })}
        disabled={no === form.values.fields.length - 1}
        onClick={() => move(no + 1)}
      >
        <IconArrowDown size={18} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={t('remove', { label })}
        onClick={() => form.removeListItem('fields', no)}
      >
        <IconTrash size={18} aria-hidden />
      </ActionIcon>
    </Group>
  )
}
