import { IconFlag, IconPlayerPause, IconRepeat } from '@tabler/icons-react'
import { useTranslations } from 'use-intl'
import { StatusBadge } from '~/ui'
import type { Recurring } from './recurring'

const looks = {
  active: { tone: 'good', icon: IconRepeat },
  paused: { tone: 'warning', icon: IconPlayerPause },
  ended: { tone: 'neutral', icon: IconFlag },
} as const

export function RecurringBadge({ state }: Pick<Recurring, 'state'>) {
  const t = useTranslations('recurring.states')
  return (
    <StatusBadge tone={looks[state].tone} icon={looks[state].icon}>
      {t(state)}
    </StatusBadge>
  )
}
