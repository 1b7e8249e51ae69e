import { Box, Center, Paper, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { Logo } from '~/shell/logo'
import { useDocumentTitle } from '~/ui/page'

/** The frame of every page before one is inside: a door, a sentence, one form. */
export function Door({
  title,
  lead,
  children,
  foot,
}: {
  title: string
  lead?: ReactNode
  children: ReactNode
  foot?: ReactNode
}) {
  useDocumentTitle(title)
  return (
    <main className="door-page">
      <Box w="100%" maw="27rem">
        <Center mb="lg">
          <Logo size={34} />
        </Center>
        <Paper className="raised" p={{ base: 'lg', xs: 'xl' }} shadow="sm">
          <Title order={1} tabIndex={-1} data-page-title mb={4}>
            {title}
          </Title>
          {lead && (
            <Text size="sm" c="dimmed" mb="lg">
              {lead}
            </Text>
          )}
          {children}
        </Paper>
        {foot && (
          <Text size="sm" ta="center" mt="md" component="div">
            {foot}
          </Text>
        )}
      </Box>
    </main>
  )
}
