import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { useWorkspace } from '~/shell/me'
import { addressOf } from '~/shell/navigation'
import classes from './campaign_tabs.module.css'

const parts = [
  { path: 'campaigns', label: 'all' },
  { path: 'campaigns/recurring', label: 'recurring' },
  { path: 'campaigns/service', label: 'service' },
] as const

/** Everything that leaves, by how it comes about: written once, by a calendar, asked for by a program. */
export function CampaignTabs() {
  const t = useTranslations('campaigns.tabs')
  const { id: workspaceId } = useWorkspace()
  return (
    <nav aria-label={t('label')}>
      <ul className={classes.tabs}>
        {parts.map(({ path, label }) => (
          <li key={path}>
            <Link
              to={addressOf(workspaceId, path)}
              activeOptions={{ exact: true, includeSearch: false }}
              className={classes.tab}
            >
              {t(label)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
