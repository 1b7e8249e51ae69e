import { TagsInput, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useTranslations } from 'use-intl'

export interface Watched {
  return_path: string
  dkim_selectors: string[]
  reply_to_domain: string
}

/** What cannot be guessed: fields that Resend answers by itself are left out where it keeps the domain. */
export function WatchedFields<Form extends Watched>({
  form,
  isProviders,
}: {
  form: UseFormReturnType<Form>
  isProviders: boolean
}) {
  const t = useTranslations('domains.form')
  return (
    <>
      {!isProviders && (
        <>
          <TagsInput
            label={t('selectors')}
            description={t('selectorsHint')}
            maxTags={5}
            acceptValueOnBlur
            {...form.getInputProps('dkim_selectors')}
          />
          <TextInput
            label={t('returnPath')}
            description={t('returnPathHint')}
            autoComplete="off"
            {...form.getInputProps('return_path')}
          />
        </>
      )}
      <TextInput
        label={t('replyTo')}
        description={t('replyToHint')}
        autoComplete="off"
        {...form.getInputProps('reply_to_domain')}
      />
    </>
  )
}
