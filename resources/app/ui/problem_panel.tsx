import { Alert, Button, Group, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslations } from 'use-intl'
import { problemOf, type ProblemSeen } from '~/problem'

/** A part of the screen could not be loaded: what happened, the id that our logs know, and another try. */
export function ErrorPanel({ error, retry }: { error: unknown; retry?: () => void }) {
  const t = useTranslations('common')
  const { message, requestId, status } = problemOf(error)
  return (
    <Alert
      color="red"
      icon={<IconAlertTriangle aria-hidden />}
      title={status === 404 ? t('notFound') : t('notLoaded')}
      role="alert"
      mb="md"
    >
      <Text size="sm">{message}</Text>
      <Group mt="sm" gap="md">
        {retry && status !== 404 && (
          <Button size="xs" color="red" variant="outline" onClick={() => retry()}>
            {t('tryAgain')}
          </Button>
        )}
        {requestId && (
          <Text size="xs" className="break">
            {t('request', { id: requestId })}
          </Text>
        )}
      </Group>
    </Alert>
  )
}

/** Above a form's button: the refusal that belongs to no single field. */
export function FormProblem({ problem }: { problem: ProblemSeen | null }) {
  if (!problem) return null
  return (
    <Alert color="red" icon={<IconAlertTriangle aria-hidden />} role="alert">
      <Text size="sm">{problem.message}</Text>
    </Alert>
  )
}
