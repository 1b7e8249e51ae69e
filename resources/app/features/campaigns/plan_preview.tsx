import { Alert, Checkbox, Stack, Table, Text } from '@mantine/core'
import { IconMoon } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useFormatter, useTranslations } from 'use-intl'
import { api } from '~/api'
import { useMay } from '~/shell/me'
import { DateTime, ErrorPanel } from '~/ui'

const SHOWN = 6

export interface Wish {
  /** `2026-11-30T09:00` by the workspace's clock; now when absent. */
  at?: string
  timezone?: 'workspace' | 'recipient'
  over_hours?: number
  ignore_quiet_hours?: boolean
}

/** Who would get it when, before it is decided; and the way around the quiet hours for those who may. */
export function PlanPreview({
  campaignId,
  wish,
  onIgnore,
}: {
  campaignId: string
  wish: Wish
  onIgnore: (isIgnored: boolean) => void
}) {
  const t = useTranslations('campaigns.plan')
  const mayIgnore = useMay()('settings:write')
  const workspace = useQuery(api.workspace.show.queryOptions())
  const plan = useQuery(
    api.campaigns.plan.queryOptions(
      { params: { id: campaignId }, query: wish },
      { placeholderData: keepPreviousData, staleTime: 30_000, retry: false }
    )
  )
  const quiet = workspace.data?.sending.quiet_hours
  if (plan.isError) return <ErrorPanel error={plan.error} retry={plan.refetch} />
  if (!plan.data) return null
  const waves = plan.data.plan
  const isLater = waves.some(({ at }) => Date.parse(at) > Date.parse(wish.at ?? new Date().toISOString()) + 900_000)
  return (
    <Stack gap="sm" my="sm">
      {quiet && (
        <Alert icon={<IconMoon aria-hidden />} variant="light" py="xs">
          {t(wish.ignore_quiet_hours ? 'loud' : 'quiet', {
            from: quiet.from,
            to: quiet.to,
            days: quiet.days_off.length,
          })}
          {mayIgnore && (
            <Checkbox
              mt="xs"
              label={t('ignore')}
              checked={wish.ignore_quiet_hours === true}
              onChange={(event) => onIgnore(event.currentTarget.checked)}
            />
          )}
        </Alert>
      )}
      {(waves.length > 1 || isLater) && <Waves waves={waves} />}
      {plan.data.first_wave && (
        <Text size="sm" c="dimmed">
          {t('firstWave', { minutes: plan.data.first_wave.minutes })}
        </Text>
      )}
    </Stack>
  )
}

function Waves({ waves }: { waves: { at: string; people: number }[] }) {
  const t = useTranslations('campaigns.plan')
  const format = useFormatter()
  const rest = waves.slice(SHOWN)
  return (
    <Table aria-label={t('title')} withRowBorders={false} verticalSpacing={2}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('at')}</Table.Th>
          <Table.Th ta="right">{t('people')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {waves.slice(0, SHOWN).map(({ at, people }) => (
          <Table.Tr key={at}>
            <Table.Td>
              <DateTime value={at} />
            </Table.Td>
            <Table.Td ta="right" className="tabular">
              {format.number(people)}
            </Table.Td>
          </Table.Tr>
        ))}
        {rest.length > 0 && (
          <Table.Tr>
            <Table.Td>{t('later', { waves: rest.length })}</Table.Td>
            <Table.Td ta="right" className="tabular">
              {format.number(rest.reduce((sum, { people }) => sum + people, 0))}
            </Table.Td>
          </Table.Tr>
        )}
      </Table.Tbody>
    </Table>
  )
}
