import { Button, Group, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { FormModal } from '~/ui'
import classes from './quarantine.module.css'

const usual = ['machine', 'madeUp', 'notTheirs', 'advertisement'] as const

/** Why these are no people: a sentence of one's own, or one of the usual ones. */
export function RejectModal({
  opened,
  count,
  isBusy,
  onReject,
  onClose,
}: {
  opened: boolean
  count: number
  isBusy: boolean
  onReject: (reason: string) => void
  onClose: () => void
}) {
  const t = useTranslations('quarantine')
  const [reason, setReason] = useState('')
  const [error, setError] = useState<string>()
  const say = (words: string) => {
    setReason(words)
    setError(undefined)
  }
  const isEnough = reason.trim().length >= 3
  return (
    <FormModal
      opened={opened}
      title={t('reject.title', { count })}
      problem={null}
      submitLabel={t('reject.button')}
      busy={isBusy}
      onSubmit={(event) => {
        event.preventDefault()
        if (isEnough) onReject(reason.trim())
        else setError(t('reject.missing'))
      }}
      onClose={onClose}
    >
      <TextInput
        label={t('reject.why')}
        description={t('reject.hint')}
        required
        maxLength={500}
        value={reason}
        error={error}
        data-autofocus
        onChange={(event) => say(event.currentTarget.value)}
      />
      <Group gap="xs">
        {usual.map((one) => (
          <Button
            key={one}
            size="compact-sm"
            variant="light"
            h="auto"
            mih={28}
            py={4}
            classNames={{ label: classes.wraps }}
            onClick={() => say(t(`reject.usual.${one}`))}
          >
            {t(`reject.usual.${one}`)}
          </Button>
        ))}
      </Group>
    </FormModal>
  )
}
