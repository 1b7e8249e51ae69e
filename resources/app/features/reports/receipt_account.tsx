import { Box, Group, List, Text } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { Counter, Percent } from '~/ui'
import { useReason } from './reason'
import classes from './reports.module.css'

interface Line {
  total: number
  reasons: Record<string, number>
}

export interface ReceiptSeen {
  candidates: number
  accepted: Line
  excluded: Line
  withheld: Line
  failed: Line
  unconfirmed: Line
  cancelled: Line
  open: number
}

const lineNames = ['accepted', 'excluded', 'withheld', 'failed', 'unconfirmed', 'cancelled', 'open'] as const

/** Accepted and excluded always; the rest only when somebody stands there. */
export const linesOf = (receipt: ReceiptSeen) =>
  lineNames
    .map((name) => ({ name, ...(name === 'open' ? { total: receipt.open, reasons: {} } : receipt[name]) }))
    .filter(({ name, total }) => total > 0 || name === 'accepted' || name === 'excluded')

/** The lines of the account as one bar and a list, each with its reasons in words. */
export function Account({ receipt }: { receipt: ReceiptSeen }) {
  const t = useTranslations('reports.receipt')
  const lines = linesOf(receipt)
  return (
    <>
      <div className={classes.bar} aria-hidden>
        {lines.map(({ name, total }) => (
          <span key={name} data-line={name} style={{ flexGrow: total }} />
        ))}
      </div>
      <Box component="dl" m={0} className={classes.lines}>
        {lines.map(({ name, total, reasons }) => (
          <div key={name} className={classes.line}>
            <dt>
              <Group gap="xs" wrap="nowrap">
                <span className={classes.dot} data-line={name} aria-hidden />
                <Text span fw={650}>
                  {t(`lines.${name}`)}
                </Text>
              </Group>
            </dt>
            <dd>
              <Text fz="xl" fw={650} lh={1.2}>
                <Counter value={total} />{' '}
                <Text span size="xs" c="dimmed" fw={400}>
                  <Percent part={total} of={receipt.candidates} />
                </Text>
              </Text>
              {total > 0 && (
                <Text size="xs" c="dimmed" mt={4}>
                  {t(`means.${name}`)}
                </Text>
              )}
              <Reasons reasons={reasons} />
            </dd>
          </div>
        ))}
      </Box>
    </>
  )
}

function Reasons({ reasons }: { reasons: Record<string, number> }) {
  const say = useReason()
  const sorted = Object.entries(reasons).sort(([, a], [, b]) => b - a)
  if (sorted.length === 0) return null
  return (
    <List size="sm" mt={4} listStyleType="none" spacing={2}>
      {sorted.map(([reason, n]) => (
        <List.Item key={reason}>
          <Counter value={n} /> {say(reason)}
        </List.Item>
      ))}
    </List>
  )
}
