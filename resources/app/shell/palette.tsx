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
import { useEffect } from 'react'
import { useTranslations } from 'use-intl'
import { commands } from './commands'
import { useMay, useMe, useWorkspace } from './me'
import { addressOf, places } from './navigation'
import { openShortcuts } from './shortcuts'
import { useSignOut } from './sign_out'

/** Go somewhere, make something, switch. Mounted, and opened, by palette_door.tsx when it is first asked for. */
export default function Palette() {
  const t = useTranslations('shell')
  useEffect(openSpotlight, [])
  return (
    <Spotlight
      actions={useActions()}
      shortcut={['mod + K']}
      tagsToIgnore={[]}
      triggerOnContentEditable
      highlightQuery
      scrollable
      maxHeight="min(26rem, 60dvh)"
      nothingFound={t('palette.nothing')}
      searchProps={{
        'leftSection': <IconSearch size={18} aria-hidden />,
        'placeholder': t('palette.placeholder'),
        'aria-label': t('palette.placeholder'),
      }}
    />
  )
}

function useActions(): (SpotlightActionData | SpotlightActionGroupData)[] {
  const t = useTranslations('shell')
  const { history } = useRouter()
  const may = useMay()
  const { workspaces } = useMe()
  const here = useWorkspace()
  const go = (id: string, path: string) => () => history.push(addressOf(id, path))
  const others = workspaces.filter(({ id }) => id !== here.id)
  return [
    {
      group: t('palette.goTo'),
      actions: [
        ...places.map(({ path, label, icon: PictureOf, key }) => ({
          id: `go-${label}`,
          label: t(`places.${label}`),
          leftSection: <PictureOf size={20} stroke={1.7} />,
          rightSection: <Kbd size="xs">{`G ${key.toUpperCase()}`}</Kbd>,
          onClick: go(here.id, path),
        })),
        {
          id: 'account',
          label: t('account'),
          leftSection: <IconUser size={20} />,
          onClick: go(here.id, 'settings/account'),
        },
      ],
    },
    {
      group: t('palette.create'),
      actions: commands
        .filter(({ permission }) => may(permission))
        .map(({ id, path }) => ({
          id,
          label: t(`commands.${id}`),
          leftSection: <IconPlus size={20} />,
          onClick: go(here.id, path),
        })),
    },
    ...(others.length > 0
      ? [
          {
            group: t('workspaces'),
            actions: others.map(({ id, name }) => ({
              id: `workspace-${id}`,
              label: t('palette.switchTo', { name }),
              leftSection: <IconBuilding size={20} />,
              onClick: go(id, ''),
            })),
          },
        ]
      : []),
    { group: t('palette.you'), actions: useOwnActions() },
  ]
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
