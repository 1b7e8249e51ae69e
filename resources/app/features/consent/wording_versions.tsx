import { Modal, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { api } from '~/api'
import { DateTime, ErrorPanel, Waiting } from '~/ui'

/** Every version of a wording, newest first: the ledger names the one that somebody saw. */
export function WordingVersions({ id, opened, onClose }: { id: string; opened: boolean; onClose: () => void }) {
  const t = useTranslations('wordings')
  const wording = useQuery(api.wordings.show.queryOptions({ params: { id } }))
  return (
    <Modal opened={opened} onClose={onClose} size="lg" title={<Text fw={650}>{t('versions')}</Text>}>
      {wording.isError && <ErrorPanel error={wording.error} retry={wording.refetch} />}
      {wording.isPending && <Waiting rows={3} />}
      <Stack component="ol" gap="md" p={0} m={0} style={{ listStyle: 'none' }}>
        {wording.data?.versions.map((one) => (
          <li key={one.version}>
            <Text size="sm" fw={600}>
              {t('versionNumber', { version: one.version })}
            </Text>
            <Text size="sm" className="break" style={{ whiteSpace: 'pre-line' }}>
              {one.text}
            </Text>
            <Text size="xs" c="dimmed" className="break">
              {one.shown} · {one.by} · <DateTime value={one.created_at} />
            </Text>
          </li>
        ))}
      </Stack>
    </Modal>
  )
}
