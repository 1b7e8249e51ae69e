import { Group, Kbd, Modal, Stack, Text } from '@mantine/core'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useEffect, useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { commandKey, useKeys } from '~/ui/hotkeys'
import { addressOf, places } from './navigation'

const OPEN = 'assent:shortcuts'

export const openShortcuts = () => window.dispatchEvent(new Event(OPEN))

/** The keys that work on every screen, and `?`, which lists them. */
export function Shortcuts() {
  const t = useTranslations('shell')
  const navigate = useNavigate()
  const { workspaceId = '' } = useParams({ strict: false })
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    const open = () => setOpen(true)
    window.addEventListener(OPEN, open)
    return () => window.removeEventListener(OPEN, open)
  }, [])
  useKeys(
    useMemo(
      () => ({
        '?': () => setOpen(true),
        '/': () => document.querySelector<HTMLInputElement>('[data-page-search]')?.focus(),
        ...Object.fromEntries(
          places.map(({ key, path }) => [`g ${key}`, () => void navigate({ to: addressOf(workspaceId, path) })])
        ),
      }),
      [navigate, workspaceId]
    )
  )
  return (
    <Modal opened={isOpen} onClose={() => setOpen(false)} title={<Text fw={650}>{t('shortcuts')}</Text>} size="lg">
      <Group align="flex-start" gap="xl">
        <Stack gap="xs" flex="1 1 14rem">
          <Line keys={[commandKey, 'K']} what={t('keys.palette')} />
          <Line keys={['/']} what={t('keys.search')} />
          <Line keys={['?']} what={t('keys.help')} />
          <Line keys={['J']} also={['K']} what={t('keys.rows')} />
          <Line keys={['X']} what={t('keys.tick')} />
          <Line keys={['Enter']} what={t('keys.open')} />
        </Stack>
        <Stack gap="xs" flex="1 1 14rem">
          {places.map(({ key, label }) => (
            <Line key={key} keys={['G', key.toUpperCase()]} what={t('keys.goTo', { place: t(`places.${label}`) })} />
          ))}
        </Stack>
      </Group>
    </Modal>
  )
}

function Line({ keys, also, what }: { keys: string[]; also?: string[]; what: string }) {
  return (
    <Group justify="space-between" wrap="nowrap" gap="md">
      <Text size="sm">{what}</Text>
      <Group gap={4} wrap="nowrap">
        {[...keys, ...(also ?? [])].map((key) => (
          <Kbd key={key}>{key}</Kbd>
        ))}
      </Group>
    </Group>
  )
}
