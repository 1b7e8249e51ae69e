import { Button, Menu, Text } from '@mantine/core'
import { IconCheck, IconChevronDown, IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { useMe, useWorkspace } from './me'
import { addressOf } from './navigation'

export function WorkspaceSwitcher() {
  const t = useTranslations('shell')
  const { workspaces } = useMe()
  const here = useWorkspace()
  return (
    <Menu position="bottom-start" width={260} shadow="md">
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          px="xs"
          rightSection={<IconChevronDown size={16} aria-hidden />}
          aria-label={t('switchWorkspace', { name: here.name })}
          style={{ minWidth: 0 }}
        >
          <Text span truncate fw={600} size="sm" maw={{ base: 130, xs: 220 }}>
            {here.name}
          </Text>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('workspaces')}</Menu.Label>
        {workspaces.map(({ id, name }) => (
          <Menu.Item
            key={id}
            component={Link}
            to={addressOf(id, '')}
            preload={false}
            rightSection={id === here.id ? <IconCheck size={16} aria-label={t('current')} /> : null}
          >
            {name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item component={Link} to="/new-workspace" leftSection={<IconPlus size={18} />}>
          {t('newWorkspace')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
