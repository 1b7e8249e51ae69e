import { Input, SegmentedControl, SimpleGrid, Stack, Switch } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { Section } from '~/ui'
import { ColorField } from '~/ui/color_field'
import { schemes } from './form'
import type { WrittenForm } from './use_form_desk'

/** The brand's colour by day and by night; the words on its button are black or white by themselves. */
export function LookSection({ form }: { form: WrittenForm }) {
  const t = useTranslations('forms.look')
  const { color, color_dark: dark, scheme } = form.values.look
  return (
    <Section title={t('title')} lead={t('lead')}>
      <Stack gap="md">
        <Input.Wrapper label={t('scheme')} labelElement="div">
          <SegmentedControl
            aria-label={t('scheme')}
            fullWidth
            data={schemes.map((value) => ({ value, label: t(`schemes.${value}`) }))}
            value={scheme}
            onChange={(value) => form.setFieldValue('look.scheme', value as (typeof schemes)[number])}
          />
        </Input.Wrapper>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <LookColor form={form} path="look.color" label={t('color')} />
          {dark !== null && <LookColor form={form} path="look.color_dark" label={t('colorDark')} />}
        </SimpleGrid>
        <Switch
          label={t('another')}
          checked={dark !== null}
          onChange={(event) => form.setFieldValue('look.color_dark', event.currentTarget.checked ? color : null)}
        />
      </Stack>
    </Section>
  )
}

function LookColor({
  form,
  path,
  label,
}: {
  form: WrittenForm
  path: 'look.color' | 'look.color_dark'
  label: string
}) {
  const t = useTranslations('forms.look')
  return (
    <ColorField
      label={label}
      description={t('hex')}
      pick={t('pick', { label })}
      onPick={(color) => form.setFieldValue(path, color)}
      {...form.getInputProps(path)}
    />
  )
}
