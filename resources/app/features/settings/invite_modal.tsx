import { Button, Group, Modal, Radio, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, refresh } from '~/api'
import { showErrors, type ProblemSeen } from '~/problem'
import { Copyable, FormButtons, FormProblem } from '~/ui'

/** Asks somebody in. The link goes by mail and can be handed over by other ways too, which a workspace without a mail provider needs. */
export function InviteModal({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useTranslations('settings')
  const common = useTranslations('common')
  const [problem, setProblem] = useState<ProblemSeen | null>(null)
  const form = useForm<{ email: string; role: 'admin' | 'editor' | 'viewer' }>({
    initialValues: { email: '', role: 'editor' },
  })
  const invite = useMutation(
    api.invitations.store.mutationOptions({
      onSuccess: () => refresh('invitations'),
      onError: (error) => setProblem(showErrors(form, error)),
    })
  )
  const close = () => {
    form.reset()
    invite.reset()
    setProblem(null)
    onClose()
  }
  return (
    <Modal opened={opened} onClose={close} title={<Text fw={650}>{t('members.invite')}</Text>}>
      {invite.data ? (
        <Stack>
          <Text size="sm">{t('members.inviteSent', { email: invite.data.email })}</Text>
          <Copyable value={invite.data.link} label={t('members.inviteLink')} once />
          <Group justify="flex-end">
            <Button onClick={close}>{common('close')}</Button>
          </Group>
        </Stack>
      ) : (
        <form onSubmit={form.onSubmit((body) => invite.mutate({ body }))}>
          <Stack>
            <FormProblem problem={problem} />
            <TextInput
              label={t('members.email')}
              type="email"
              required
              data-autofocus
              {...form.getInputProps('email')}
            />
            <Radio.Group label={t('members.role')} {...form.getInputProps('role')}>
              <Stack gap="sm" mt="xs">
                {(['editor', 'viewer', 'admin'] as const).map((role) => (
                  <Radio key={role} value={role} label={t(`roles.${role}.name`)} description={t(`roles.${role}.can`)} />
                ))}
              </Stack>
            </Radio.Group>
            <FormButtons submitLabel={t('members.send')} busy={invite.isPending} onCancel={close} />
          </Stack>
        </form>
      )}
    </Modal>
  )
}
