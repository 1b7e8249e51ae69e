import { AppShell, Box, Stack } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { LiveState } from './live'
import { addressOf, places, type Place } from './navigation'

export function MainNavigation() {
  const t = useTranslations('shell')
  const { workspaceId = '' } = useParams({ strict: false })
  const [main, end] = [places.slice(0, -1), places.slice(-1)]
  const link = ({ path, label, icon: PictureOf }: Place) => (
    <li key={path}>
      <Link
        to={addressOf(workspaceId, path)}
        activeOptions={{ exact: path === '', includeSearch: false }}
        className="place"
      >
        <PictureOf size={20} stroke={1.7} aria-hidden />
        {t(`places.${label}`)}
      </Link>
    </li>
  )
  const list = { component: 'ul' as const, gap: 2, p: 0, m: 0, style: { listStyle: 'none' } }
  return (
    <Box
      component="nav"
      aria-label={t('navigation')}
      style={{ display: 'flex', flexDirection: 'column', height: '100%' }}
    >
      <AppShell.Section grow>
        <Stack {...list}>{main.map(link)}</Stack>
      </AppShell.Section>
      <AppShell.Section>
        <LiveState />
        <Stack {...list}>{end.map(link)}</Stack>
      </AppShell.Section>
    </Box>
  )
}
