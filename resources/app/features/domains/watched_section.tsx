import { Button, Group, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, refresh } from '~/api'
import { showErrors, type ProblemSeen } from '~/problem'
import { useMay } from '~/shell/me'
import { FormProblem, said, Section } from '~/ui'
import type { WholeDomain } from './domain'
import { WatchedFields } from './watched_fields'

/** What is looked at, where nobody but its owner knows. */
export function WatchedSection({ domain }: { domain: WholeDomain }) {
  const t = useTranslations('domains.settings')
  const common = useTranslations('common')
  const mayWrite = useMay()('settings:write')
  const [problem, setProblem] = useState<ProblemSeen | null>(null)
  const form = useForm({
    initialValues: {
      return_path: domain.return_path,
      dkim_selectors: domain.dkim_selectors,
      reply_to_domain: domain.reply_to_domain ?? '',
    },
  })
  const save = useMutation(
    api.domains.update.mutationOptions({
      onSuccess: async () => {
        setProblem(null)
        form.resetDirty()
        await refresh('domains')
        said(t('saved'))
      },
      onError: (error) => setProblem(showErrors(form, error)),
    })
  )
  if (!mayWrite) return null
  const isProviders = domain.provider !== null
  const submit = form.onSubmit(({ return_path, dkim_selectors, reply_to_domain }) =>
    save.mutate({
      params: { id: domain.id },
      body: {
        ...(isProviders ? {} : { return_path: return_path || domain.domain, dkim_selectors }),
        reply_to_domain: reply_to_domain || null,
      },
    })
  )
  return (
    <Section title={t('title')} lead={isProviders ? t('lead') : undefined}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <FormProblem problem={problem} />
          <WatchedFields form={form} isProviders={isProviders} />
          <Group justify="flex-end">
            <Button type="submit" variant="light" loading={save.isPending} disabled={!form.isDirty()}>
              {common('save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  )
}
