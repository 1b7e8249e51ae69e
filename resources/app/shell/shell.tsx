import { AppShell, Box, Burger, Group } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Outlet, useLocation } from '@tanstack/react-router'
import { useEffect } from 'react'
import { IntlProvider, useTranslations } from 'use-intl'
import { useMessages } from '~/messages'
import { LiveUpdates } from './live'
import { Logo } from './logo'
import { useWorkspace } from './me'
import { MainNavigation } from './main_navigation'
import { PaletteButton, PaletteDoor } from './palette_door'
import { Shortcuts } from './shortcuts'
import { UserMenu } from './user_menu'
import { WorkspaceSwitcher } from './workspace_switcher'

/** The frame around every screen of a workspace, with dates in the workspace's own time zone. */
export function Shell() {
  const { timezone } = useWorkspace()
  return (
    <IntlProvider locale="en" messages={useMessages()} timeZone={timezone}>
      <Frame />
    </IntlProvider>
  )
}

function Frame() {
  const t = useTranslations('shell')
  const [isOpen, menu] = useDisclosure()
  const { pathname } = useLocation()
  useEffect(menu.close, [pathname])
  return (
    <LiveUpdates>
      <a href="#content" className="skip-link">
        {t('skip')}
      </a>
      <AppShell
        header={{ height: 60 }}
        navbar={{ width: 228, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
        padding={{ base: 'md', sm: 'xl' }}
        transitionDuration={150}
      >
        <AppShell.Header className="shell-ground">
          <Group h="100%" px="md" justify="space-between" wrap="nowrap" gap="xs">
            <Group gap="sm" wrap="nowrap" miw={0}>
              <Burger
                opened={isOpen}
                onClick={menu.toggle}
                hiddenFrom="sm"
                size="sm"
                aria-label={t(isOpen ? 'closeMenu' : 'openMenu')}
                aria-expanded={isOpen}
                aria-controls="navigation"
              />
              <Box visibleFrom="xs">
                <Logo />
              </Box>
              <WorkspaceSwitcher />
            </Group>
            <Group gap="xs" wrap="nowrap">
              <PaletteButton />
              <UserMenu />
            </Group>
          </Group>
        </AppShell.Header>
        <AppShell.Navbar className="shell-ground" id="navigation" data-closed={!isOpen || undefined} p="sm">
          <MainNavigation />
        </AppShell.Navbar>
        <AppShell.Main id="content" tabIndex={-1} data-page-content>
          <Outlet />
        </AppShell.Main>
      </AppShell>
      <PaletteDoor />
      <Shortcuts />
    </LiveUpdates>
  )
}
