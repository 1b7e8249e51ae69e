import { ActionIcon, CopyButton, Menu } from '@mantine/core'
import { IconArrowBackUp, IconCode, IconExternalLink, IconLink, IconTrash, IconUsers } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useMay, useWorkspace } from '~/shell/me'
import { addressOf } from '~/shell/navigation'
import { MoreMenu, onDemand } from '~/ui'
import type { StoredForm } from './form'
import { useKeeping } from './use_keeping'

const EmbedModal = onDemand(() => import('./embed_modal'), 'EmbedModal')

/** What can be done with a form from afar: its page, its link, its snippet, away with it and back. */
export function FormMenu({ form, onDeleted }: { form: StoredForm; onDeleted?: () => void }) {
  const t = useTranslations('forms.menu')
  const common = useTranslations('common')
  const { id: workspaceId } = useWorkspace()
  const navigate = useNavigate()
  const mayWrite = useMay()('forms:write')
  const [isEmbedding, embed] = useState(false)
  const { remove, restore } = useKeeping(form, onDeleted)
  const input = { params: { id: form.id } }
  if (form.deleted_at) {
    return (
      mayWrite && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={t('restoreThis', { name: form.name })}
          loading={restore.isPending}
          onClick={() => restore.mutate(input)}
        >
          <IconArrowBackUp size={20} aria-hidden />
        </ActionIcon>
      )
    )
  }
  return (
    <>
      <MoreMenu name={form.name}>
        <Menu.Item
          component="a"
          href={form.url}
          target="_blank"
          rel="noreferrer"
          leftSection={<IconExternalLink size={18} aria-hidden />}
        >
          {t('page')}
        </Menu.Item>
        <CopyButton value={form.url} timeout={2500}>
          {({ copied, copy }) => (
            <Menu.Item closeMenuOnClick={false} leftSection={<IconLink size={18} aria-hidden />} onClick={copy}>
              {copied ? common('copied') : t('link')}
            </Menu.Item>
          )}
        </CopyButton>
        <Menu.Item leftSection={<IconCode size={18} aria-hidden />} onClick={() => embed(true)}>
          {t('embed')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconUsers size={18} aria-hidden />}
          onClick={() => void navigate({ to: addressOf(workspaceId, `forms/${form.id}/sign-ups`) })}
        >
          {t('signUps')}
        </Menu.Item>
        {mayWrite && (
          <Menu.Item leftSection={<IconTrash size={18} aria-hidden />} onClick={() => remove.mutate(input)}>
            {t('delete')}
          </Menu.Item>
        )}
      </MoreMenu>
      <EmbedModal form={form} opened={isEmbedding} onClose={() => embed(false)} />
    </>
  )
}
