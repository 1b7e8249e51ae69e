import { Button, Table } from '@mantine/core'
import { IconMoonOff } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { api, queryClient, refresh } from '~/api'
import { useMay } from '~/shell/me'
import { ConfirmModal, DateTime, Section } from '~/ui'
import { campaignQuery, type Campaign } from './campaign'

/** Who gets it later: by their own clock, because it is spread over hours, or because they sleep. */
export function SendingPlan({ campaign }: { campaign: Campaign }) {
  const t = useTranslations('campaigns.live')
  const format = useFormatter()
  const mayIgnore = useMay()('settings:write')
  const { plan = [], keeps_quiet_hours: isQuiet = false } = campaign.progress ?? {}
  if (plan.length === 0) return null
  return (
    <Section
      title={t('plan')}
      lead={isQuiet ? t('planQuiet') : undefined}
      actions={isQuiet && mayIgnore && campaign.status === 'sending' && <SendAnyway id={campaign.id} />}
    >
      <Table maw={420}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('planAt')}</Table.Th>
            <Table.Th ta="right">{t('planPeople')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {plan.map(({ at, people }) => (
            <Table.Tr key={at}>
              <Table.Td>
                <DateTime value={at} zone />
              </Table.Td>
              <Table.Td ta="right" className="tabular">
                {format.number(people)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  )
}

/** The quiet hours end now, for this campaign. Asks first: what has left cannot be taken back. */
function SendAnyway({ id }: { id: string }) {
  const t = useTranslations('campaigns.live')
  const [isAsking, ask] = useState(false)
  const ignore = useMutation(
    api.campaigns.ignoreQuietHours.mutationOptions({
      onSuccess: (answer) => {
        queryClient.setQueryData(campaignQuery(id).queryKey, answer as never)
        ask(false)
        return refresh('campaigns')
      },
    })
  )
  return (
    <>
      <Button variant="default" leftSection={<IconMoonOff size={18} aria-hidden />} onClick={() => ask(true)}>
        {t('loud')}
      </Button>
      <ConfirmModal
        opened={isAsking}
        onClose={() => ask(false)}
        onConfirm={() => ignore.mutate({ params: { id } })}
        busy={ignore.isPending}
        title={t('loudTitle')}
        confirmLabel={t('loud')}
      >
        {t('loudText')}
      </ConfirmModal>
    </>
  )
}
