import { useTranslations } from 'use-intl'
import classes from './quarantine.module.css'

/** Sentences, each with its points. */
export function SignalList({ signals }: { signals: { name: string; points: number; sentence: string }[] }) {
  const t = useTranslations('quarantine')
  return (
    <ul className={classes.signals}>
      {signals.map(({ name, points, sentence }) => (
        <li key={name}>
          <span className={classes.points} aria-label={t('points', { points })}>
            +{points}
          </span>
          <span>{sentence}</span>
        </li>
      ))}
    </ul>
  )
}
