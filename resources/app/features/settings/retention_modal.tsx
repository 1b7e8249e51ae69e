import { Alert, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, refresh } from '~/api'
import { problemOf, type ProblemSeen } from '~/problem'
import { FormModal, NumberField, said } from '~/ui'
import type { KeptKind } from './retention_section'

/** How long one kind is kept. A shorter time that makes something too old says how much, and asks. */
export function RetentionModal({ kind, nextRun, onClose }: { kind: KeptKind; nextRun: string; onClose: () => void }) {
  const t = useTranslations('retention')
  const [days, setDays] = useState<number | null>(kind.days)
  const [problem, setProblem] = useState<ProblemSeen | null>(null)
  const [asked, ask] = useState<{ days: number; due: number } | null>(null)
  const save = useMutation(
    api.retention.update.mutationOptions({
      onError: (error) => {
        const seen = problemOf(error)
        const due = dueOf(seen)
        if (due !== null && days !== null) ask({ days, due })
        else setProblem(seen)
      },
      onSuccess: async () => {
        said(t('saved'))
        onClose()
        await refresh('retention', 'workspace')
      },
    })
  )
  const isAsking = asked !== null && asked.days === days
  return (
    <FormModal
      title={t('changeTitle', { name: t(`kinds.${kind.kind}.name`) })}
      problem={problem}
      submitLabel={isAsking ? t('confirm') : undefined}
      danger={isAsking}
      busy={save.isPending}
      disabled={days === null || days === kind.days}
      onSubmit={(event) => {
        event.preventDefault()
        setProblem(null)
        save.mutate({ body: { days: { [kind.kind]: days }, confirmed: isAsking } })
      }}
      onClose={onClose}
    >
      <Text size="sm">{t(`kinds.${kind.kind}.text`)}</Text>
      <NumberField
        label={t('field')}
        description={t('fieldHint', { least: kind.least, most: kind.most, days: kind.default_days })}
        required
        whole
        min={kind.least}
        max={kind.most}
        value={days}
        onChange={setDays}
        data-autofocus
      />
      {isAsking && (
        <Alert
          color="yellow"
          role="alert"
          icon={<IconAlertTriangle aria-hidden />}
          title={t('would', { count: asked.due })}
        >
          {t('wouldText', { date: nextRun })}
        </Alert>
      )}
    </FormModal>
  )
}

/** How much a shorter time would make too old, when that is what the server asks about. */
function dueOf({ code, items }: ProblemSeen): number | null {
  if (code !== 'E_WOULD_DELETE') return null
  const [item] = items as { would_delete?: { due: number }[] }[]
  return (item?.would_delete ?? []).reduce((sum, { due }) => sum + due, 0)
}
