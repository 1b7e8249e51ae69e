import { Alert, Button, Group, Text } from '@mantine/core'
import { IconCalendarRepeat } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { api, queryClient, refresh } from '~/api'
import { useMay, useWorkspace } from '~/shell/me'
import { addressOf } from '~/shell/navigation'
import { DateTime, LinkAnchor } from '~/ui'
import { campaignQuery, type Campaign } from './campaign'

/** Where a draft belongs to a recurring campaign: as its letter, or as one occurrence, which may wait for approval. */
export function OfCalendar({ campaign }: { campaign: Campaign }) {
  const t = useTranslations('campaigns.editor')
  const { id: workspaceId } = useWorkspace()
  if (!campaign.recurring_id) return null
  return (
    <Alert icon={<IconCalendarRepeat aria-hidden />} variant="light" mb="md">
      <Group justify="space-between" gap="sm">
        <Text size="sm">
          {campaign.is_model
            ? t('model')
            : t.rich('occurrence', { when: () => <DateTime value={campaign.occurs_at} zone /> })}{' '}
          {!campaign.is_model && (
            <LinkAnchor to={addressOf(workspaceId, `campaigns/recurring/${campaign.recurring_id}`)} inherit>
              {t('calendar')}
            </LinkAnchor>
          )}
        </Text>
        {mayBeApproved(campaign) && <Approve id={campaign.id} />}
      </Group>
    </Alert>
  )
}

const mayBeApproved = ({ is_model: isModel, status, occurs_at: at }: Campaign) =>
  !isModel && status === 'draft' && at !== null && Date.parse(at) > Date.now()

function Approve({ id }: { id: string }) {
  const t = useTranslations('campaigns.editor')
  const maySend = useMay()('campaigns:send')
  const approve = useMutation(
    api.campaigns.approve.mutationOptions({
      onSuccess: (answer) => {
        queryClient.setQueryData(campaignQuery(id).queryKey, answer as never)
        return refresh('campaigns', 'recurringCampaigns')
      },
    })
  )
  if (!maySend) return null
  return (
    <Button onClick={() => approve.mutate({ params: { id } })} loading={approve.isPending}>
      {t('approve')}
    </Button>
  )
}
