import { Alert, Button, Group, Text, VisuallyHidden } from '@mantine/core'
import { IconArrowBackUp, IconClock } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useId, useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, queryClient, refresh } from '~/api'
import { untilMoment } from '~/server_clock'
import { useMay } from '~/shell/me'
import { failed, said, useKeys } from '~/ui'
import { campaignQuery } from './campaign'

/** Sent, and nothing has left yet: how long it can still be taken back, and the way back to the desk. */
export function UndoSend({ id, startsAt }: { id: string; startsAt: string }) {
  const t = useTranslations('campaigns.undo')
  const maySend = useMay()('campaigns:send')
  const seconds = useSecondsUntil(startsAt)
  const textId = useId()
  const { undo, takeBack } = useUndo(id)
  const mayUndo = maySend && seconds > 0
  useKeys(useMemo((): Record<string, () => void> => (mayUndo ? { u: takeBack } : {}), [mayUndo, takeBack]))
  return (
    <Alert
      role="region"
      icon={<IconClock aria-hidden />}
      mb="lg"
      title={
        <Text span fw={650} className="tabular" role="timer" aria-live="off">
          {seconds === 0 ? t('leaving') : t(seconds < 100 ? 'seconds' : 'minutes', clockOf(seconds))}
        </Text>
      }
    >
      <Group justify="space-between" gap="sm">
        <Text size="sm" id={textId}>
          {t(maySend ? 'text' : 'readText')}
        </Text>
        {maySend && (
          <Button
            leftSection={<IconArrowBackUp size={18} aria-hidden />}
            onClick={takeBack}
            loading={undo.isPending}
            disabled={seconds === 0}
            aria-describedby={textId}
            aria-keyshortcuts="u"
          >
            {t('undo')}
          </Button>
        )}
      </Group>
      <Announced text={t('announced', { seconds })} />
    </Alert>
  )
}

/** Said once, a moment after it is drawn: a counting voice would drown everything else. */
function Announced({ text }: { text: string }) {
  const [said, say] = useState('')
  const [first] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => say(first), 500)
    return () => clearTimeout(timer)
  }, [first])
  return <VisuallyHidden role="status">{said}</VisuallyHidden>
}

function useUndo(id: string) {
  const t = useTranslations('campaigns.undo')
  const { mutate, ...undo } = useMutation(
    api.campaigns.undo.mutationOptions({
      onSuccess: (answer) => {
        queryClient.setQueryData(campaignQuery(id).queryKey, answer as never)
        said(t('done'))
        return refresh('campaigns', 'overview')
      },
      onError: (error) => {
        failed(error)
        return refresh('campaigns')
      },
    })
  )
  const takeBack = useMemo(() => () => mutate({ params: { id } }), [mutate, id])
  return { undo, takeBack }
}

function useSecondsUntil(moment: string): number {
  const [seconds, setSeconds] = useState(() => secondsUntil(moment))
  useEffect(() => {
    const look = () => setSeconds(secondsUntil(moment))
    look()
    const timer = setInterval(look, 250)
    return () => clearInterval(timer)
  }, [moment])
  return seconds
}

const secondsUntil = (moment: string) => Math.ceil(untilMoment(moment) / 1_000)

const clockOf = (seconds: number) => ({
  seconds,
  clock: `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`,
})
