import { Anchor, Box, Breadcrumbs, Group, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useEffect, type ReactNode } from 'react'

export interface Crumb {
  label: string
  to: string
}

/**
 * The frame of a screen: where we are, its name (also the document's title, and where the focus lands after a change of
 * address), what it is for, what can be done here.
 *
 * @example
 * <Page title={t('title')} lead={t('lead')} actions={<Button>…</Button>} crumbs={[{ label: 'Contacts', to: paths.contacts }]}>
 */
export function Page({
  title,
  lead,
  actions,
  crumbs = [],
  badge,
  width = '72rem',
  children,
}: {
  title: string
  lead?: ReactNode
  actions?: ReactNode
  crumbs?: Crumb[]
  badge?: ReactNode
  width?: string
  children: ReactNode
}) {
  useDocumentTitle(title)
  return (
    <Box maw={width} mx="auto" w="100%">
      {crumbs.length > 0 && (
        <Breadcrumbs component="nav" aria-label="Breadcrumbs" separatorMargin={6} mb={6}>
          {crumbs.map((crumb) => (
            <Anchor key={crumb.to} component={Link} to={crumb.to} size="sm" c="dimmed" py={2}>
              {crumb.label}
            </Anchor>
          ))}
        </Breadcrumbs>
      )}
      <Group justify="space-between" align="flex-start" gap="md" mb="lg">
        <Box maw="44rem" miw={0} flex="1 1 16rem">
          <Group gap="sm" align="center">
            <Title order={1} tabIndex={-1} data-page-title className="break">
              {title}
            </Title>
            {badge}
          </Group>
          {lead && (
            <Text c="dimmed" mt={6} size="sm">
              {lead}
            </Text>
          )}
        </Box>
        {actions && <Group gap="sm">{actions}</Group>}
      </Group>
      {children}
    </Box>
  )
}

/** The name of the screen first: that is what a tab has room for. */
export function useDocumentTitle(title: string) {
  useEffect(() => {
    document.title = `${title} · Assent`
  }, [title])
}
