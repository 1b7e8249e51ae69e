import { IconClock, IconPencil, IconPlayerPause } from '@tabler/icons-react'
import { useTranslations } from 'use-intl'
import { StatusBadge, type Tone } from '~/ui'

const looks = {
  draft: { tone: 'neutral', icon: IconPencil },
  scheduled: { tone: 'busy', icon: IconClock },
  sending: { tone: 'busy', icon: undefined },
  paused: { tone: 'warning', icon: IconPlayerPause },
  sent: { tone: 'good', icon: undefined },
  sent_with_problems: { tone: 'warning', icon: undefined },
  cancelled: { tone: 'bad', icon: undefined },
} as const satisfies Record<string, { tone: Tone; icon: unknown }>

export type CampaignStatus = keyof typeof looks

export const campaignStatuses = Object.keys(looks) as CampaignStatus[]

/** Where a campaign is in its life. */
export function CampaignBadge({ status }: { status: string }) {
  const t = useTranslations('campaigns.status')
  const known = status as CampaignStatus
  const { tone, icon } = looks[known]
  return (
    <StatusBadge tone={tone} icon={icon}>
      {t(known)}
    </StatusBadge>
  )
}
