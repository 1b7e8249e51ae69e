import { Button, Group } from '@mantine/core'
import { useTranslations } from 'use-intl'

/** The end of a form in a dialog: away or on. */
export function FormButtons({
  submitLabel,
  busy = false,
  disabled = false,
  danger = false,
  onCancel,
}: {
  /** "Save" when nothing is said. */
  submitLabel?: string
  busy?: boolean
  disabled?: boolean
  danger?: boolean
  onCancel: () => void
}) {
  const t = useTranslations('common')
  return (
    <Group justify="flex-end" gap="sm">
      <Button variant="default" onClick={onCancel}>
        {t('cancel')}
      </Button>
      <Button type="submit" loading={busy} disabled={disabled} color={danger ? 'red' : undefined}>
        {submitLabel ?? t('save')}
      </Button>
    </Group>
  )
}
