import { Button, Checkbox, Group, Modal, SegmentedControl, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { useForm, type UseFormReturnType } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEventHandler } from 'react'
import { useTranslations } from 'use-intl'
import { api, refresh } from '~/api'
import { showErrors, type ProblemSeen } from '~/problem'
import { useWorkspace } from '~/shell/me'
import { Copyable, FormButtons, FormProblem, NumberField } from '~/ui'

type Reach = 'read' | 'all' | 'some'

const nothing = { name: '', reach: 'read' as Reach, scopes: [] as string[], days: null as number | null }
type FormOfToken = UseFormReturnType<typeof nothing>

/** Makes a key with no more reach than its program needs. Its value is shown here once. */
export function TokenModal({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useTranslations('settings')
  const common = useTranslations('common')
  const { permissions } = useWorkspace()
  const [problem, setProblem] = useState<ProblemSeen | null>(null)
  const form: FormOfToken = useForm({ initialValues: nothing })
  const create = useMutation(
    api.tokens.store.mutationOptions({
      onSuccess: () => refresh('tokens'),
      onError: (error) => setProblem(showErrors(form, error)),
    })
  )
  const close = () => {
    form.reset()
    create.reset()
    setProblem(null)
    onClose()
  }
  const submit = form.onSubmit(({ name, reach, scopes, days }) =>
    create.mutate({
      body: {
        name,
        scopes: scopesOf(reach, scopes, permissions) as never,
        ...(days === null ? {} : { expires_in_days: days }),
      },
    })
  )
  return (
    <Modal opened={opened} onClose={close} title={<Text fw={650}>{t('tokens.new')}</Text>} size="lg">
      {create.data ? (
        <Stack>
          <Copyable value={create.data.token} label={create.data.name} once />
          <Group justify="flex-end">
            <Button onClick={close}>{common('close')}</Button>
          </Group>
        </Stack>
      ) : (
        <TokenForm form={form} problem={problem} isBusy={create.isPending} onSubmit={submit} onClose={close} />
      )}
    </Modal>
  )
}

function TokenForm({
  form,
  problem,
  isBusy,
  onSubmit,
  onClose,
}: {
  form: FormOfToken
  problem: ProblemSeen | null
  isBusy: boolean
  onSubmit: FormEventHandler<HTMLFormElement>
  onClose: () => void
}) {
  const t = useTranslations('settings')
  const common = useTranslations('common')
  const { permissions } = useWorkspace()
  return (
    <form onSubmit={onSubmit}>
      <Stack>
        <FormProblem problem={problem} />
        <TextInput
          label={t('tokens.name')}
          placeholder={t('tokens.namePlaceholder')}
          required
          maxLength={120}
          data-autofocus
          {...form.getInputProps('name')}
        />
        <div>
          <Text size="sm" fw={600} mb={4}>
            {t('tokens.reach')}
          </Text>
          <SegmentedControl
            fullWidth
            aria-label={t('tokens.reach')}
            data={(['read', 'some', 'all'] as const).map((value) => ({ value, label: t(`tokens.${value}`) }))}
            {...form.getInputProps('reach')}
          />
        </div>
        {form.values.reach === 'some' && (
          <Checkbox.Group label={t('tokens.scopesLabel')} {...form.getInputProps('scopes')}>
            <SimpleGrid cols={{ base: 1, xs: 2 }} mt="xs" spacing="xs">
              {permissions.map((permission) => (
                <Checkbox key={permission} value={permission} label={permission} />
              ))}
            </SimpleGrid>
          </Checkbox.Group>
        )}
        <NumberField
          label={t('tokens.days')}
          description={t('tokens.daysHint')}
          min={1}
          max={3650}
          whole
          {...form.getInputProps('days')}
        />
        <FormButtons submitLabel={common('create')} busy={isBusy} onCancel={onClose} />
      </Stack>
    </form>
  )
}

const scopesOf = (reach: Reach, chosen: string[], mine: string[]) =>
  reach === 'all' ? mine : reach === 'read' ? mine.filter((permission) => permission.endsWith(':read')) : chosen
