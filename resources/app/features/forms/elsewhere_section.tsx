import { Button, Input, Stack, TagsInput } from '@mantine/core'
import { IconCode } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Copyable, onDemand, Section } from '~/ui'
import type { StoredForm } from './form'
import { errorAt, type WrittenForm } from './use_form_desk'

const EmbedModal = onDemand(() => import('./embed_modal'), 'EmbedModal')

/** Its own address, and the websites that it stands in. */
export function ElsewhereSection({ form, stored }: { form: WrittenForm; stored: StoredForm | null }) {
  const t = useTranslations('forms.elsewhere')
  const [isEmbedding, embed] = useState(false)
  return (
    <Section title={t('title')} lead={t('lead')}>
      <Stack gap="md">
        {stored && (
          <>
            <Input.Wrapper label={t('link')} labelElement="div">
              <Copyable value={stored.url} label={t('link')} />
            </Input.Wrapper>
            <div>
              <Button variant="default" leftSection={<IconCode size={18} aria-hidden />} onClick={() => embed(true)}>
                {t('embed')}
              </Button>
            </div>
            <EmbedModal form={stored} opened={isEmbedding} onClose={() => embed(false)} />
          </>
        )}
        <TagsInput
          label={t('origins')}
          description={t('originsHint')}
          placeholder="https://example.org"
          maxTags={20}
          acceptValueOnBlur
          splitChars={[',', ' ', ';']}
          value={form.values.origins}
          onChange={(origins) => {
            form.clearFieldError('origins')
            form.setFieldValue('origins', origins.map(originOf))
          }}
          error={errorAt(form, 'origins')}
        />
      </Stack>
    </Section>
  )
}

/** An address of a page, as people copy it, names its origin. */
function originOf(typed: string): string {
  try {
    const { origin } = new URL(typed.includes('://') ? typed : `https://${typed}`)
    return origin === 'null' ? typed : origin
  } catch {
    return typed
  }
}
