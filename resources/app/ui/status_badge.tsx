import { Badge } from '@mantine/core'
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconLoader2,
  type Icon,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'

export type Tone = 'neutral' | 'busy' | 'good' | 'warning' | 'bad'

const looks: Record<Tone, { color: string; icon: Icon }> = {
  neutral: { color: 'gray', icon: IconCircleDashed },
  busy: { color: 'door', icon: IconLoader2 },
  good: { color: 'green', icon: IconCircleCheck },
  warning: { color: 'yellow', icon: IconAlertTriangle },
  bad: { color: 'red', icon: IconCircleX },
}

/** A state in a word. The shape of the icon says what the colour says. */
export function StatusBadge({ tone, icon, children }: { tone: Tone; icon?: Icon; children: ReactNode }) {
  const { color, icon: usual } = looks[tone]
  const Sign = icon ?? usual
  return (
    <Badge
      color={color}
      size="md"
      leftSection={<Sign size={13} stroke={2} aria-hidden />}
      h="auto"
      mih={20}
      // a narrow column breaks it between words, never within one
      miw="min-content"
      styles={{ label: { whiteSpace: 'normal', overflow: 'visible' } }}
    >
      {children}
    </Badge>
  )
}
