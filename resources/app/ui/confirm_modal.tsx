import { Modal, Stack, Text, TextInput } from '@mantine/core'
import { useEffect, useState, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { FormButtons } from './form_buttons'

/**
 * The few things that cannot be taken back: sending, and deleting for good. Names what will happen; `typed` asks for the
 * word to be written first.
 */
export function ConfirmModal({
  opened,
  onClose,
  onConfirm,
  title,
  confirmLabel,
  danger = false,
  typed,
  busy = false,
  disabled = false,
  children,
}: {
  opened: boolean
  onClose: () => void
  onConfirm: () => void
  title: string
  confirmLabel: string
  danger?: boolean
  typed?: string
  busy?: boolean
  disabled?: boolean
  children: ReactNode
}) {
  const t = useTranslations('common')
  const [word, setWord] = useState('')
  useEffect(() => setWord(''), [opened])
  const isReady = !disabled && (!typed || word.trim() === typed)
  return (
    <Modal opened={opened} onClose={onClose} title={<Text fw={650}>{title}</Text>}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (isReady) onConfirm()
        }}
      >
        <Stack gap="md">
          <Text size="sm" component="div">
            {children}
          </Text>
          {typed && (
            <TextInput
              label={t('typeToConfirm', { word: typed })}
              value={word}
              onChange={(event) => setWord(event.currentTarget.value)}
              autoComplete="off"
              data-autofocus
            />
          )}
          <FormButtons submitLabel={confirmLabel} busy={busy} disabled={!isReady} danger={danger} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  )
}
