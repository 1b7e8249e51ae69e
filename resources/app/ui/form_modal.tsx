import { Modal, Stack, Text } from '@mantine/core'
import type { FormEventHandler, ReactNode } from 'react'
import type { ProblemSeen } from '~/problem'
import { FormButtons } from './form_buttons'
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
  return (
    <Modal opened={opened} onClose={onClose} size={size} title={<Text fw={650}>{title}</Text>}>
      <form onSubmit={onSubmit} noValidate>
        <Stack gap="md">
          <FormProblem problem={problem} />
          {children}
          <FormButtons submitLabel={submitLabel} busy={busy} disabled={disabled} danger={danger} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  )
}
