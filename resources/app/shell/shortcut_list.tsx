import { Group, Kbd, Modal, Stack, Text } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { commandKey } from '~/ui/hotkeys'
import { places } from './navigation'

/** What the keys do, in two columns. */
export function ShortcutList({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useTranslations('shell')
  return (
    <Modal opened={opened} onClose={onClose} title={<Text fw={650}>{t('shortcuts')}</Text>} size="lg">
      <Group align="flex-start" gap="xl">
        <Stack gap="xs" flex="1 1 14rem">
          <Line keys={[commandKey, 'K']} what={t('keys.palette')} />
          <Line keys={['/']} what={t('keys.search')} />
          <Line keys={['?']} what={t('keys.help')} />
          <Line keys={['J']} also={['K']} what={t('keys.rows')} />
          <Line keys={['X']} what={t('keys.tick')} />
          <Line keys={['Enter']} what={t('keys.open')} />
          <Line keys={['U']} what={t('keys.undo')} />
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
