import { Menu } from '@mantine/core'
import { IconCalendarRepeat, IconCopy, IconRepeat, IconReportAnalytics, IconTrash } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { api, refresh } from '~/api'
import { useMay, useWorkspace } from '~/shell/me'
import { addressOf } from '~/shell/navigation'
import { MoreMenu, said, undoable } from '~/ui'
import { isEditable } from './campaign'

const ENDED = ['sent', 'sent_with_problems', 'cancelled']

/** What can be done with a campaign from afar: its report, a copy, away with it. */
export function CampaignMenu({
  campaign,
  onDeleted,
}: {
  campaign: { id: string; name: string; status: string }
  onDeleted?: () => void
}) {
  const t = useTranslations('campaigns.menu')
  const mayWrite = useMay()('campaigns:write')
  const navigate = useNavigate()
  const { id: workspaceId } = useWorkspace()
  const { remove, duplicate, resend } = useKeeping(campaign, onDeleted)
  const isSent = !isEditable(campaign)
  if (!mayWrite && !isSent) return null
  return (
    <MoreMenu name={campaign.name}>
      {isSent && (
        <Menu.Item
          leftSection={<IconReportAnalytics size={18} aria-hidden />}
          onClick={() => void navigate({ to: addressOf(workspaceId, `campaigns/${campaign.id}/report`) })}
        >
          {t('report')}
        </Menu.Item>
      )}
      {mayWrite && (
        <Menu.Item
          leftSection={<IconCopy size={18} aria-hidden />}
          onClick={() => duplicate.mutate({ params: { id: campaign.id } })}
        >
          {t('duplicate')}
        </Menu.Item>
      )}
      {mayWrite && (
        <Menu.Item
          leftSection={<IconCalendarRepeat size={18} aria-hidden />}
          onClick={() => void navigate({ to: addressOf(workspaceId, `campaigns/recurring?new=1&from=${campaign.id}`) })}
        >
          {t('recur')}
        </Menu.Item>
      )}
      {mayWrite && ENDED.includes(campaign.status) && (
        <Menu.Item
          leftSection={<IconRepeat size={18} aria-hidden />}
          onClick={() => resend.mutate({ params: { id: campaign.id } })}
        >
          {t('resend')}
        </Menu.Item>
      )}
      {mayWrite && !isSent && (
        <Menu.Item
          leftSection={<IconTrash size={18} aria-hidden />}
          onClick={() => remove.mutate({ params: { id: campaign.id } })}
        >
          {t('delete')}
        </Menu.Item>
      )}
    </MoreMenu>
  )
}

function useKeeping({ id, name }: { id: string; name: string }, onDeleted?: () => void) {
  const t = useTranslations('campaigns.menu')
  const common = useTranslations('common')
  const navigate = useNavigate()
  const { id: workspaceId } = useWorkspace()
  const restore = useMutation(api.campaigns.restore.mutationOptions({ onSuccess: () => refresh('campaigns') }))
  const remove = useMutation(
    api.campaigns.destroy.mutationOptions({
      onSuccess: () => {
        undoable({
          message: t('deleted', { name }),
          label: common('undo'),
          undo: () => restore.mutateAsync({ params: { id } }),
        })
        onDeleted?.()
        return refresh('campaigns', 'overview')
      },
    })
  )
  const opened = async (draft: { id: string }, words: string) => {
    said(words)
    await navigate({ to: addressOf(workspaceId, `campaigns/${draft.id}`) })
    void refresh('campaigns')
  }
  const duplicate = useMutation(
    api.campaigns.duplicate.mutationOptions({
      onSuccess: (copy) => opened(copy, t('duplicated', { name: copy.name })),
    })
  )
  const resend = useMutation(api.campaigns.resend.mutationOptions({ onSuccess: (draft) => opened(draft, t('resent')) }))
  return { remove, duplicate, resend }
}
