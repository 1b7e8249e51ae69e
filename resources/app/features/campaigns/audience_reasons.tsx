import { useTranslations } from 'use-intl'
import { Counter } from '~/ui'
import { useReason } from '../reports/reason'
import classes from './editor.module.css'

/** Who may not be written to, by reason, most first. */
export function AudienceReasons({ excluded }: { excluded: Record<string, number> }) {
  const t = useTranslations('campaigns.count')
  const say = useReason()
  const reasons = Object.entries(excluded).sort(([, a], [, b]) => b - a)
  if (reasons.length === 0) return null
  return (
    <ul className={classes.reasons} aria-label={t('reasons')}>
      {reasons.map(([reason, n]) => (
        <li key={reason}>
          <Counter value={n} /> {say(reason)}
        </li>
      ))}
    </ul>
  )
}
