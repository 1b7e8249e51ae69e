import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import type { FormEventHandler, ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { ProblemSeen } from '~/problem'
import { FormProblem } from './problem_panel'

/** A form in a dialog: what went wrong first, its fields, then away or on. */
export function FormModal({
  opened = true,
  title,
  problem,
  submitLabel,
  busy,
  danger = false,
  disabled = false,
  size,
  onSubmit,
  onClose,
  children,
}: {
  opened?: boolean
  title: string
  problem: ProblemSeen | null
  /** "Save" when nothing is said. */
  submitLabel?: string
  busy: boolean
  danger?: boolean
  disabled?: boolean
  size?: 'lg'
  onSubmit: FormEventHandler<HTMLFormElement>
  onClose: () => void
  children: ReactNode
}) {
  const t = useTranslations('common')
  return (
    <Modal opened={opened} onClose={onClose} size={size} title={<Text fw={650}>{title}</Text>}>
      <form onSubmit={onSubmit} noValidate>
        <Stack gap="md">
          <FormProblem problem={problem} />
          {children}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={busy} disabled={disabled} color={danger ? 'red' : undefined}>
              {submitLabel ?? t('save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
