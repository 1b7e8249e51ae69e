import { Box } from '@mantine/core'
import { Link, Outlet, useParams } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { useMay } from '~/shell/me'
import { addressOf } from '~/shell/navigation'
import classes from './settings.module.css'

const parts = [
  { path: 'workspace', permission: 'settings:read' },
  { path: 'sending', permission: 'settings:read' },
  { path: 'domains', permission: 'settings:read' },
  { path: 'privacy', permission: 'settings:read' },
  { path: 'members', permission: 'members:read' },
  { path: 'tokens', permission: 'tokens:write' },
  { path: 'audit', permission: 'audit:read' },
  { path: 'account', permission: null },
] as const

/** The settings side by side: their list, and the one that is open. */
export function SettingsFrame() {
  const t = useTranslations('settings')
  const { workspaceId = '' } = useParams({ strict: false })
  const may = useMay()
  return (
    <Box className={classes.frame}>
      <nav aria-label={t('title')}>
        <ul className={classes.list}>
          {parts
            .filter(({ permission }) => !permission || may(permission))
            .map(({ path }) => (
              <li key={path}>
                <Link to={addressOf(workspaceId, `settings/${path}`)} className="place">
                  {t(`parts.${path}`)}
                </Link>
              </li>
            ))}
        </ul>
      </nav>
      <Box miw={0}>
        <Outlet />
      </Box>
    </Box>
  )
}
