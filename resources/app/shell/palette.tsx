import '@mantine/spotlight/styles.layer.css'
import { Kbd, useMantineColorScheme } from '@mantine/core'
import { openSpotlight, Spotlight, type SpotlightActionData, type SpotlightActionGroupData } from '@mantine/spotlight'
import {
  IconBuilding,
  IconKeyboard,
  IconLogout,
  IconMoon,
  IconPlus,
  IconSearch,
  IconSun,
  IconUser,
} from '@tabler/icons-react'
import { useRouter } from '@tanstack/react-router'
import { useEffect, useRef, useState, type KeyboardEvent as KeyboardEventSeen } from 'react'
import { useTranslations } from 'use-intl'
import { commands } from './commands'
import { useMay, useMe, useWorkspace } from './me'
import { addressOf, places } from './navigation'
import { useFound } from './palette_found'
import { openShortcuts } from './shortcuts'
import { useSignOut } from './sign_out'

/** Go somewhere, find somebody or a campaign, make something, switch. Mounted, and opened, by palette_door.tsx when it is first asked for. */
export default function Palette() {
  const t = useTranslations('shell')
  const [typed, type] = useState('')
  const { found, isSearching } = useFound(typed)
  useEffect(openSpotlight, [])
  const search = useRef<HTMLInputElement>(null)
  useEffect(() => chooseFirst(search.current))
  return (
    <Spotlight
      query={typed}
      onQueryChange={type}
      actions={[...useActions(), ...found]}
      shortcut={['mod + K']}
      tagsToIgnore={[]}
      triggerOnContentEditable
      highlightQuery
      styles={{ actionDescription: { opacity: 1 } }}
      scrollable
      // else the box jumps under the hands as the list below it grows and shrinks
      centered={false}
      maxHeight="min(26rem, 60dvh)"
      nothingFound={t(isSearching ? 'palette.searching' : 'palette.nothing')}
      searchProps={{
        'ref': search,
        'onKeyDown': takeFirst,
        'leftSection': <IconSearch size={18} aria-hidden />,
        'placeholder': t('palette.placeholder'),
        'aria-label': t('palette.placeholder'),
      }}
    />
  )
}

/** The palette chooses the first line when words are typed, not when answers come in later. */
function chooseFirst(search: HTMLInputElement | null) {
  if (search?.value && firstUnchosen(search))
    search.dispatchEvent(new KeyboardEvent('keydown', { code: 'ArrowDown', key: 'ArrowDown', bubbles: true }))
}

/** Enter takes the first line, also in the moment before it is chosen. */
function takeFirst({ key, currentTarget }: KeyboardEventSeen<HTMLInputElement>) {
  if (key === 'Enter') firstUnchosen(currentTarget)?.click()
}

function firstUnchosen(search: HTMLInputElement): HTMLElement | null {
  const palette = search.closest('[role=dialog]')
  return palette?.querySelector('[data-selected]') ? null : (palette?.querySelector('[data-action]') ?? null)
}

function useActions(): (SpotlightActionData | SpotlightActionGroupData)[] {
  const t = useTranslations('shell.palette')
  const go = useGo()
  return [
    { group: t('goTo'), actions: useDestinations(go) },
    { group: t('create'), actions: useCreations(go) },
    ...useOtherWorkspaces(go),
    { group: t('you'), actions: useOwnActions() },
  ]
}

type Go = (path: string, workspaceId?: string) => () => void

function useGo(): Go {
  const { history } = useRouter()
  const here = useWorkspace()
  return (path, workspaceId = here.id) =>
    () =>
      history.push(addressOf(workspaceId, path))
}

function useDestinations(go: Go): SpotlightActionData[] {
  const t = useTranslations('shell')
  return [
    ...places.map(({ path, label, icon: PictureOf, key }) => ({
      id: `go-${label}`,
      label: t(`places.${label}`),
      leftSection: <PictureOf size={20} stroke={1.7} />,
      rightSection: <Kbd size="xs">{`G ${key.toUpperCase()}`}</Kbd>,
      onClick: go(path),
    })),
    { id: 'account', label: t('account'), leftSection: <IconUser size={20} />, onClick: go('settings/account') },
  ]
}

function useCreations(go: Go): SpotlightActionData[] {
  const t = useTranslations('shell.commands')
  const may = useMay()
  return commands
    .filter(({ permission }) => may(permission))
    .map(({ id, path }) => ({ id, label: t(id), leftSection: <IconPlus size={20} />, onClick: go(path) }))
}

function useOtherWorkspaces(go: Go): SpotlightActionGroupData[] {
  const t = useTranslations('shell')
  const { workspaces } = useMe()
  const here = useWorkspace()
  const others = workspaces.filter(({ id }) => id !== here.id)
  if (others.length === 0) return []
  const actions = others.map(({ id, name }) => ({
    id: `workspace-${id}`,
    label: t('palette.switchTo', { name }),
    leftSection: <IconBuilding size={20} />,
    onClick: go('', id),
  }))
  return [{ group: t('workspaces'), actions }]
}

function useOwnActions(): SpotlightActionData[] {
  const t = useTranslations('shell')
  const { setColorScheme } = useMantineColorScheme()
  const signOut = useSignOut()
  return [
    {
      id: 'light',
      label: t('palette.light'),
      leftSection: <IconSun size={20} />,
      onClick: () => setColorScheme('light'),
    },
    {
      id: 'dark',
      label: t('palette.dark'),
      leftSection: <IconMoon size={20} />,
      onClick: () => setColorScheme('dark'),
    },
    { id: 'keys', label: t('shortcuts'), leftSection: <IconKeyboard size={20} />, onClick: openShortcuts },
    { id: 'sign-out', label: t('signOut'), leftSection: <IconLogout size={20} />, onClick: () => signOut.mutate({}) },
  ]
}
