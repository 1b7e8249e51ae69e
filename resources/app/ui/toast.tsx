import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { problemOf } from '~/problem'

const UNDO_MS = 8000

/** Done, in one line. */
export function said(message: string) {
  notifications.show({ message, autoClose: 4000 })
}

/** It did not work: the server's own words, which name the fix. */
export function failed(error: unknown) {
  const problem = problemOf(error)
  notifications.show({
    id: `${problem.code} ${problem.message}`,
    color: 'red',
    title: problem.message,
    message: problem.requestId ? `Request ${problem.requestId}` : null,
    autoClose: 10_000,
  })
}

/**
 * Undo instead of "are you sure": the thing is done at once, and for 8 seconds one button takes it back.
 *
 * @example
 * undoable({ message: t('archived', { name }), undo: () => restore.mutateAsync(…), label: t('undo') })
 */
export function undoable({
  message,
  undo,
  label = 'Undo',
}: {
  message: string
  undo: () => Promise<unknown>
  label?: string
}) {
  const id = `undo-${crypto.randomUUID()}`
  const takeBack = async () => {
    notifications.hide(id)
    try {
      await undo()
    } catch (error) {
      failed(error)
    }
  }
  notifications.show({
    id,
    autoClose: UNDO_MS,
    message: (
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Text size="sm">{message}</Text>
        <Button size="compact-sm" variant="light" onClick={takeBack}>
          {label}
        </Button>
      </Group>
    ),
  })
}
