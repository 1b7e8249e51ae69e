import { Button, Menu } from '@mantine/core'
import { IconArrowMerge, IconDownload, IconEraser, IconScale, IconTrash } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, download, refresh } from '~/api'
import { useMay } from '~/shell/me'
import { ConfirmModal, failed, MoreMenu, onDemand, said, undoable } from '~/ui'
import { nameOf, type ContactRecord } from './person'

const RequestModal = onDemand(() => import('../privacy/request_modal'), 'RequestModal')
const MergeModal = onDemand(() => import('./merge_modal'), 'MergeModal')

/** What can be done with the whole record. */
export function ContactMenu({ contact }: { contact: ContactRecord }) {
  const t = useTranslations('contacts')
  const may = useMay()
  const [dialog, open] = useState<'merge' | 'erase' | 'request' | null>(null)
  const remove = useDelete(contact)
  const exportRecord = () =>
    download(`/api/v1/contacts/${contact.id}/export`, `contact-${contact.id}.json`).catch(failed)
  return (
    <>
      {may('contacts:write') && (
        <Button
          variant="default"
          leftSection={<IconTrash size={18} />}
          loading={remove.isPending}
          onClick={remove.run}
          visibleFrom="xs"
        >
          {t('delete')}
        </Button>
      )}
      <MoreMenu name={nameOf(contact)} raised>
        {may('contacts:write') && (
          <>
            <Menu.Item leftSection={<IconArrowMerge size={18} />} onClick={() => open('merge')}>
              {t('merge.menu')}
            </Menu.Item>
            <Menu.Item hiddenFrom="xs" leftSection={<IconTrash size={18} />} onClick={remove.run}>
              {t('delete')}
            </Menu.Item>
          </>
        )}
        {may('contacts:write') && (
          <Menu.Item leftSection={<IconScale size={18} />} onClick={() => open('request')}>
            {t('request')}
          </Menu.Item>
        )}
        {may('contacts:export') && (
          <Menu.Item leftSection={<IconDownload size={18} />} onClick={exportRecord}>
            {t('export')}
          </Menu.Item>
        )}
        {may('contacts:erase') && (
          <Menu.Item color="red" leftSection={<IconEraser size={18} />} onClick={() => open('erase')}>
            {t('erase.menu')}
          </Menu.Item>
        )}
      </MoreMenu>
      {dialog === 'request' && (
        <RequestModal opened contactId={contact.id} name={nameOf(contact)} onClose={() => open(null)} />
      )}
      {dialog === 'merge' && <MergeModal opened contact={contact} onClose={() => open(null)} />}
      <EraseModal contact={contact} opened={dialog === 'erase'} onClose={() => open(null)} />
    </>
  )
}

function useDelete({ id, ...contact }: ContactRecord) {
  const t = useTranslations('contacts')
  const common = useTranslations('common')
  const { workspaceId = '' } = useParams({ strict: false })
  const navigate = useNavigate()
  const restore = useMutation(
    api.contacts.restore.mutationOptions({ onSuccess: () => refresh('contacts', 'tags', 'segments') })
  )
  const remove = useMutation(api.contacts.destroy.mutationOptions({}))
  const run = () =>
    remove.mutate(
      { params: { id } },
      {
        onSuccess: async () => {
          await navigate({ to: '/w/$workspaceId/contacts', params: { workspaceId } })
          undoable({
            message: t('deleted', { name: nameOf({ id, ...contact }) }),
            label: common('undo'),
            undo: () => restore.mutateAsync({ params: { id } }),
          })
          await refresh('contacts', 'tags', 'segments', 'overview')
        },
      }
    )
  return { run, isPending: remove.isPending }
}

/** GDPR art. 17: for good, so the word is typed first. */
function EraseModal({ contact, opened, onClose }: { contact: ContactRecord; opened: boolean; onClose: () => void }) {
  const t = useTranslations('contacts')
  const { workspaceId = '' } = useParams({ strict: false })
  const navigate = useNavigate()
  const erase = useMutation(
    api.contacts.erase.mutationOptions({
      onSuccess: async () => {
        onClose()
        await navigate({ to: '/w/$workspaceId/contacts', params: { workspaceId } })
        said(t('erase.done'))
        await refresh('contacts', 'tags', 'segments', 'suppressions', 'overview')
      },
    })
  )
  return (
    <ConfirmModal
      opened={opened}
      onClose={onClose}
      onConfirm={() => erase.mutate({ params: { id: contact.id } })}
      title={t('erase.title', { name: nameOf(contact) })}
      confirmLabel={t('erase.button')}
      typed={contact.email ?? nameOf(contact)}
      busy={erase.isPending}
      danger
    >
      {t('erase.text')}
    </ConfirmModal>
  )
}
