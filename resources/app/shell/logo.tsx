import { Group, Text } from '@mantine/core'

/** A door that stands open to those who agreed. */
export function Logo({ size = 26 }: { size?: number }) {
  return (
    <Group gap={8} wrap="nowrap">
      <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="8" fill="var(--mantine-color-door-7)" />
        <path d="M10 26V12a6 6 0 0 1 12 0v14z" fill="#fdfbf7" />
        <path
          d="m12.8 17.6 2.4 2.5 4.2-5"
          fill="none"
          stroke="#265b96"
          strokeWidth="2.2"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      <Text component="span" fw={700} fz="1.1rem" style={{ letterSpacing: '-0.02em' }}>
        Assent
      </Text>
    </Group>
  )
}
