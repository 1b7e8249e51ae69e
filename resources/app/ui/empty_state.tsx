import { Box, Group, Stack, Text, ThemeIcon, Title } from '@mantine/core'
import type { Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'

/**
 * A place with nothing in it yet teaches: what belongs here, why it matters, the one thing to do next.
 * `more` is for a second way or a sample.
 */
export function EmptyState({
  icon: PictureOf,
  title,
  children,
  action,
  more,
}: {
  icon: Icon
  title: string
  children: ReactNode
  action?: ReactNode
  more?: ReactNode
}) {
  return (
    <Box className="raised" px="lg" py={{ base: 'xl', sm: '3.5rem' }}>
      <Stack align="center" gap="sm" maw="32rem" mx="auto" ta="center">
        <ThemeIcon size={56} radius="xl" variant="light" aria-hidden>
          <PictureOf size={28} stroke={1.6} />
        </ThemeIcon>
        <Title order={2}>{title}</Title>
        <Text c="dimmed" size="sm" component="div">
          {children}
        </Text>
        {action && (
          <Group mt="xs" justify="center">
            {action}
          </Group>
        )}
        {more && (
          <Text size="sm" c="dimmed" component="div">
            {more}
          </Text>
        )}
      </Stack>
    </Box>
  )
}
