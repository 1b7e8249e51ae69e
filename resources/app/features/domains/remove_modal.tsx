import { Checkbox, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, refresh } from '~/api'
import { ConfirmModal, said } from '~/ui'
import type { WholeDomain } from './domain'

/** Here, and at Resend only when that is asked for. */
export function RemoveModal({
  opened,
  domain,
  onClose,
}: {
  opened: boolean
  domain: WholeDomain
  onClose: () => void
}) {
  const t = useTranslations('domains.remove')
  const { workspaceId = '' } = useParams({ strict: false })
  const navigate = useNavigate()
  const [isThere, setThere] = useState(false)
  const remove = useMutation(
    api.domains.destroy.mutationOptions({
      onSuccess: async () => {
        said(t('done', { name: domain.name }))
        await navigate({ to: '/w/$workspaceId/settings/domains', params: { workspaceId } })
        await refresh('domains')
      },
    })
  )
  return (
    <ConfirmModal
      opened={opened}
      onClose={onClose}
      onConfirm={() => remove.mutate({ params: { id: domain.id }, body: { at_provider: isThere } })}
      busy={remove.isPending}
      title={t('title', { name: domain.name })}
      confirmLabel={t('button')}
      danger
    >
      <Stack gap="sm">
        <Text size="sm">{t('text')}</Text>
        {domain.provider && (
          <Checkbox label={t('there')} checked={isThere} onChange={(event) => setThere(event.currentTarget.checked)} />
        )}
      </Stack>
    </ConfirmModal>
  )
}
