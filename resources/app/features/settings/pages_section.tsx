import { SimpleGrid, Stack, Switch } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { Section } from '~/ui'
import { ColorField } from '~/ui/color_field'
import type { WorkspaceForm } from './workspace_form'

const FIRST_GUESS = { color: '#1a5fb4', color_dark: null }

/** The brand's colour on the pages that the links of mails lead to: leaving, choosing, being asked again, one's data. */
export function PagesSection({ form }: { form: WorkspaceForm }) {
  const t = useTranslations('settings.pages')
  const look = form.getValues().page_look
  return (
    <Section title={t('title')} lead={t('lead')}>
      <Stack gap="lg">
        <Switch
          label={t('on')}
          description={t('onHint')}
          checked={look !== null}
          onChange={({ currentTarget }) => form.setFieldValue('page_look', currentTarget.checked ? FIRST_GUESS : null)}
        />
        {look && (
          <>
            <SimpleGrid cols={{ base: 1, xs: 2 }}>
              <PageColor form={form} name="color" />
              {look.color_dark !== null && <PageColor form={form} name="color_dark" />}
            </SimpleGrid>
            <Switch
              label={t('another')}
              checked={look.color_dark !== null}
              onChange={({ currentTarget }) =>
                form.setFieldValue('page_look.color_dark', currentTarget.checked ? look.color : null)
              }
            />
          </>
        )}
      </Stack>
    </Section>
  )
}

function PageColor({ form, name }: { form: WorkspaceForm; name: 'color' | 'color_dark' }) {
  const t = useTranslations('settings.pages')
  const path = `page_look.${name}`
  return (
    <ColorField
      label={t(name)}
      description={t('hex')}
      pick={t('pick', { label: t(name) })}
      onPick={(color) => form.setFieldValue(path, color)}
      {...form.getInputProps(path)}
    />
  )
}
