import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { useWorkspace } from '~/shell/me'
import { addressOf } from '~/shell/navigation'
import classes from '../campaigns/campaign_tabs.module.css'

const parts = [
  { path: '', label: 'form' },
  { path: '/sign-ups', label: 'signUps' },
] as const

/** One form: what it is, and what came of it. */
export function FormTabs({ id }: { id: string }) {
  const t = useTranslations('forms.tabs')
  const { id: workspaceId } = useWorkspace()
  return (
    <nav aria-label={t('label')}>
      <ul className={classes.tabs}>
        {parts.map(({ path, label }) => (
          <li key={path}>
            <Link
              to={addressOf(workspaceId, `forms/${id}${path}`)}
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
