import { Button, Container, Group, Stack } from '@mantine/core'
import { IconMapQuestion } from '@tabler/icons-react'
import { useRouter, type ErrorComponentProps } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { EmptyState } from '~/ui/empty_state'
import { LinkButton } from '~/ui/links'
import { Page } from '~/ui/page'
import { ErrorPanel } from '~/ui/problem_panel'

/** An address that leads nowhere, outside of every workspace. */
export function NotFoundPage() {
  return (
    <Container component="main" size="md" py="xl">
      <NotFound />
    </Container>
  )
}

/** An address that leads nowhere: said kindly, with a way on. */
export function NotFound() {
  const t = useTranslations('shell')
  return (
    <Container size="sm" py="xl">
      <Page title={t('notFound.title')}>
        <EmptyState
          icon={IconMapQuestion}
          title={t('notFound.what')}
          action={<LinkButton to="/">{t('notFound.home')}</LinkButton>}
        >
          {t('notFound.why')}
        </EmptyState>
      </Page>
    </Container>
  )
}

/** A screen that failed: the frame stays, the reason is named. A new release moves files, so a reload is the first advice. */
export function ScreenProblem({ error }: ErrorComponentProps) {
  const t = useTranslations('shell')
  const router = useRouter()
  return (
    <Container size="sm" py="xl">
      <Stack>
        <Page title={t('problem.title')}>
          <ErrorPanel error={error} retry={() => void router.invalidate()} />
          <Group mt="md">
            <Button variant="default" onClick={() => window.location.reload()}>
              {t('problem.reload')}
            </Button>
          </Group>
        </Page>
      </Stack>
    </Container>
  )
}
