import { Group, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, refresh } from '~/api'
import { problemOf } from '~/problem'
import { useWorkspace } from '~/shell/me'
import { addressOf } from '~/shell/navigation'
import { FormProblem, LinkButton, Page, said, Waiting } from '~/ui'
import { forgetTyped } from './mailbox_values'

const told = ['state', 'code', 'error', 'error_description', 'iss'] as const

/** Back from the provider of the bounce mailbox: what it put into the address is handed over, once. */
export function MailboxReturn() {
  const t = useTranslations('bounces.mailbox.return')
  const { id: workspaceId } = useWorkspace()
  const navigate = useNavigate()
  const settings = addressOf(workspaceId, 'settings/sending')
  const [answer] = useState(answerInAddress)
  const began = useRef(false)
  const finish = useMutation(
    api.bounceMailbox.answer.mutationOptions({
      onSuccess: async () => {
        forgetTyped(workspaceId)
        await refresh('bounceMailbox')
        said(t('done'))
        await navigate({ href: settings, replace: true })
      },
      onError: () => {},
    })
  )
  const { mutate } = finish
  useEffect(() => {
    if (began.current || !answer.state) return
    began.current = true
    mutate({ body: { ...answer, state: answer.state } })
  }, [answer, mutate])
  return (
    <Page title={t('title')}>
      {finish.isError || !answer.state ? (
        <Stack gap="md">
          {finish.isError ? <FormProblem problem={problemOf(finish.error)} /> : <Text size="sm">{t('nothing')}</Text>}
          <Group>
            <LinkButton to={settings}>{t('back')}</LinkButton>
          </Group>
        </Stack>
      ) : (
        <Stack gap="md">
          <Text size="sm">{t('waiting')}</Text>
          <Waiting rows={2} />
        </Stack>
      )}
    </Page>
  )
}

function answerInAddress() {
  const query = new URLSearchParams(window.location.search)
  return Object.fromEntries(told.flatMap((name) => (query.has(name) ? [[name, query.get(name)!]] : []))) as Partial<
    Record<(typeof told)[number], string>
  >
}
