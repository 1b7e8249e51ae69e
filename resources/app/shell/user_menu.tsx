import {
  ActionIcon,
  Avatar,
  Menu,
  SegmentedControl,
  Stack,
  Text,
  useMantineColorScheme,
  VisuallyHidden,
} from '@mantine/core'
import { IconKeyboard, IconLogout, IconUser } from '@tabler/icons-react'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { useSignOut } from './sign_out'
import { useMe } from './me'
import { addressOf } from './navigation'
import { openShortcuts } from './shortcuts'

export function UserMenu() {
  const t = useTranslations('shell')
  const { user } = useMe()
  const { workspaceId = '' } = useParams({ strict: false })
  const signOut = useSignOut()
  const name = user.full_name ?? user.email
  return (
    <Menu position="bottom-end" width={264} shadow="md">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={38} radius="xl">
          <VisuallyHidden>{t('userMenu', { name })}</VisuallyHidden>
          <Avatar size={32} radius="xl" color="door" variant="filled" name={name} alt="" aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Stack gap={0} px="sm" py={6}>
          <Text size="sm" fw={600} className="break">
            {name}
          </Text>
          {user.full_name && (
            <Text size="xs" c="dimmed" className="break">
              {user.email}
            </Text>
          )}
        </Stack>
        <Menu.Divider />
        <ColorScheme />
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconUser size={18} />}
          component={Link}
          to={addressOf(workspaceId, 'settings/account')}
        >
          {t('account')}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={18} />} onClick={openShortcuts}>
          {t('shortcuts')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={18} />} onClick={() => signOut.mutate({})}>
          {t('signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function ColorScheme() {
  const t = useTranslations('shell')
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <SegmentedControl
      fullWidth
      size="xs"
      my={4}
      aria-label={t('scheme.label')}
      value={colorScheme}
      onChange={(value) => setColorScheme(value as 'light' | 'dark' | 'auto')}
      data={(['light', 'auto', 'dark'] as const).map((value) => ({ value, label: t(`scheme.${value}`) }))}
    />
  )
}
