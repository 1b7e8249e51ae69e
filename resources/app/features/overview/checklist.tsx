import { Box, Group, Progress, Text, ThemeIcon, Title } from '@mantine/core'
import { IconCheck, IconChevronRight } from '@tabler/icons-react'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { addressOf } from '~/shell/navigation'
import classes from './overview.module.css'

type StepKey = 'workspace' | 'topic' | 'contacts' | 'campaign' | 'sent'

export type Steps = Record<StepKey, boolean>

const steps: { key: StepKey; path: string; search?: { new: '1' } }[] = [
  { key: 'workspace', path: 'settings/workspace' },
  { key: 'topic', path: 'topics', search: { new: '1' } },
  { key: 'contacts', path: 'contacts/import' },
  { key: 'campaign', path: 'campaigns', search: { new: '1' } },
  { key: 'sent', path: 'campaigns' },
]

/** The way to a first campaign. Each step ticks itself when it is true, however it came about. */
export function Checklist({ done }: { done: Steps }) {
  const t = useTranslations('overview')
  const { workspaceId = '' } = useParams({ strict: false })
  const count = steps.filter(({ key }) => done[key]).length
  const next = steps.find(({ key }) => !done[key])?.key
  return (
    <Box component="section" className="raised" p={{ base: 'md', sm: 'lg' }} mb="lg" aria-labelledby="first-campaign">
      <Group justify="space-between" mb="sm">
        <Title order={2} id="first-campaign">
          {t('first.title')}
        </Title>
        <Text size="sm" c="dimmed">
          {t('first.count', { count, all: steps.length })}
        </Text>
      </Group>
      <Progress value={(count / steps.length) * 100} size="sm" mb="md" aria-label={t('first.title')} />
      <ol className={classes.steps}>
        {steps.map(({ key, path, search }, i) => (
          <li key={key}>
            <Link
              to={addressOf(workspaceId, path)}
              search={search as never}
              className={classes.step}
              data-next={key === next || undefined}
            >
              <ThemeIcon
                size={30}
                radius="xl"
                variant={done[key] ? 'filled' : 'light'}
                color={done[key] || key === next ? 'door' : 'gray'}
                aria-hidden
              >
                {done[key] ? <IconCheck size={18} /> : <span>{i + 1}</span>}
              </ThemeIcon>
              <span>
                <Text span fw={done[key] ? 400 : 600} c={done[key] ? 'dimmed' : undefined} size="sm" display="block">
                  {t(`first.${key}.title`)}
                  {done[key] && <span className={classes.hidden}> ({t('first.done')})</span>}
                </Text>
                {!done[key] && (
                  <Text span size="sm" c="dimmed">
                    {t(`first.${key}.why`)}
                  </Text>
                )}
              </span>
              <IconChevronRight size={18} aria-hidden style={{ marginInlineStart: 'auto', flex: 'none' }} />
            </Link>
          </li>
        ))}
      </ol>
    </Box>
  )
}
