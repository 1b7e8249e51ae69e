import '@mantine/dropzone/styles.layer.css'
import { Alert, Button, Group, Progress, Stack, Text } from '@mantine/core'
import { Dropzone, type FileRejection } from '@mantine/dropzone'
import { IconAlertTriangle, IconFileSpreadsheet } from '@tabler/icons-react'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { refresh } from '~/api'
import { upload, UploadRefused, type Upload } from './upload'

const MAX_BYTES = 200_000_000

/** Takes a file by drop or by click, shows how far it is, and goes on to its columns. */
export function FileDrop() {
  const t = useTranslations('imports.file')
  const { workspaceId = '' } = useParams({ strict: false })
  const navigate = useNavigate()
  const [share, setShare] = useState<number | null>(null)
  const [failure, fail] = useState<string | null>(null)
  const running = useRef<Upload<{ id: string }> | null>(null)
  useEffect(() => () => running.current?.cancel(), [])

  const send = async ([file]: File[]) => {
    fail(null)
    setShare(0)
    running.current = upload('/api/v1/imports', file, setShare)
    try {
      const { id } = await running.current.done
      running.current = null
      void refresh('imports')
      await navigate({ to: '/w/$workspaceId/contacts/import/$id', params: { workspaceId, id } })
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'AbortError')) fail(reasonOf(error))
      setShare(null)
    }
  }
  const reasonOf = (error: unknown) => {
    if (!(error instanceof UploadRefused)) throw error
    if (error.said) return error.said
    return error.status === 0
      ? t('unreachable')
      : error.status === 413
        ? t('tooLarge')
        : t('odd', { status: error.status })
  }
  const refuse = (rejections: FileRejection[]) => {
    const [code] = rejections[0]?.errors.map((error) => error.code) ?? []
    fail(code === 'file-too-large' ? t('tooLarge') : code === 'too-many-files' ? t('oneOnly') : t('refused'))
  }
  return (
    <Stack gap="md">
      {failure && (
        <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={t('failed')} role="alert">
          {failure}
        </Alert>
      )}
      {share === null ? (
        <Dropzone
          onDrop={(files) => void send(files)}
          onReject={refuse}
          maxSize={MAX_BYTES}
          multiple={false}
          aria-label={t('drop')}
          inputProps={{ 'aria-label': t('drop') }}
          p="xl"
        >
          <Stack align="center" gap="xs" ta="center" style={{ pointerEvents: 'none' }}>
            <IconFileSpreadsheet size={40} stroke={1.5} aria-hidden />
            <Text fw={600}>{t('drop')}</Text>
            <Text size="sm" c="dimmed">
              {t('limits')}
            </Text>
          </Stack>
        </Dropzone>
      ) : (
        <UploadProgress share={share} onCancel={() => running.current?.cancel()} />
      )}
    </Stack>
  )
}

function UploadProgress({ share, onCancel }: { share: number; onCancel: () => void }) {
  const t = useTranslations('imports.file')
  const common = useTranslations('common')
  const format = useFormatter()
  return (
    <Stack gap="xs">
      <Text size="sm" role="status">
        {share < 1 ? t('uploading', { share: format.number(share, { style: 'percent' }) }) : t('looking')}
      </Text>
      <Progress value={share * 100} animated={share >= 1} aria-label={t('progress')} />
      <Group>
        <Button size="sm" variant="default" onClick={onCancel}>
          {common('cancel')}
        </Button>
      </Group>
    </Stack>
  )
}
