import { Box, Group, Paper, Text, Title } from '@mantine/core'
import { useId, type ReactNode } from 'react'

/** A named part of a screen on raised ground. */
export function Section({
  title,
  lead,
  actions,
  children,
  danger = false,
}: {
  title: string
  lead?: ReactNode
  actions?: ReactNode
  children: ReactNode
  danger?: boolean
}) {
  const id = useId()
  return (
    <Paper
      component="section"
      aria-labelledby={id}
      className="raised"
      p={{ base: 'md', sm: 'lg' }}
      mb="lg"
      style={danger ? { borderColor: 'var(--mantine-color-error)' } : undefined}
    >
      <Group justify="space-between" align="flex-start" mb="md" gap="sm">
        <Box maw="40rem">
          <Title order={2} id={id}>
            {title}
          </Title>
          {lead && (
            <Text size="sm" c="dimmed" mt={4}>
              {lead}
            </Text>
          )}
        </Box>
        {actions}
      </Group>
      {children}
    </Paper>
  )
}
