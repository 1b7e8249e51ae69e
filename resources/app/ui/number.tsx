import { Box, Group, Text, Tooltip } from '@mantine/core'
import type { ReactNode } from 'react'
import { useFormatter } from 'use-intl'

/** A number as people read it; the exact one on hover when it had to be shortened. */
export function Counter({ value, compact = false }: { value: number; compact?: boolean }) {
  const format = useFormatter()
  const exact = format.number(value)
  const shown =
    compact && value >= 10_000 ? format.number(value, { notation: 'compact', maximumFractionDigits: 1 }) : exact
  return (
    <span className="tabular" title={shown === exact ? undefined : exact}>
      {shown}
    </span>
  )
}

/** `0.1234` → 12.3 %, `0.07` → 7.0 %, so that a column stands in line; nothing to divide by is a dash, not zero. */
export function Percent({ part, of, digits = 1 }: { part: number; of: number; digits?: number }) {
  const format = useFormatter()
  const fixed = part === 0 || part === of ? 0 : digits
  return (
    <span className="tabular">
      {of > 0
        ? format.number(part / of, { style: 'percent', minimumFractionDigits: fixed, maximumFractionDigits: fixed })
        : '–'}
    </span>
  )
}

/** One figure that matters, with its definition within reach. */
export function Stat({
  label,
  value,
  definition,
  hint,
}: {
  label: string
  value: ReactNode
  definition?: string
  hint?: ReactNode
}) {
  return (
    <Box className="raised" p="md" component="dl" m={0}>
      <Text component="dt" size="sm" c="dimmed">
        {definition ? <Defined definition={definition}>{label}</Defined> : label}
      </Text>
      <Text component="dd" m={0} fz="1.65rem" fw={650} lh={1.3} className="tabular">
        {typeof value === 'number' ? <Counter value={value} compact /> : value}
      </Text>
      {hint && (
        <Text component="dd" m={0} size="xs" c="dimmed">
          {hint}
        </Text>
      )}
    </Box>
  )
}

/** A word of ours whose meaning is a hover, a tap or a Tab away. */
export function Defined({ definition, children }: { definition: string; children: ReactNode }) {
  return (
    <Tooltip label={definition}>
      <span className="definition" tabIndex={0} role="note" aria-label={`${textOf(children)}: ${definition}`}>
        {children}
      </span>
    </Tooltip>
  )
}

const textOf = (node: ReactNode) => (typeof node === 'string' || typeof node === 'number' ? String(node) : '')

/** Figures side by side, one below the other on a phone. */
export function Stats({ children }: { children: ReactNode }) {
  return (
    <Group grow preventGrowOverflow={false} wrap="wrap" gap="md" mb="lg" align="stretch">
      {children}
    </Group>
  )
}
