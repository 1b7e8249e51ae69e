import type { SpotlightActionGroupData } from '@mantine/spotlight'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSend, IconUser } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { api } from '~/api'
import { useMay, useWorkspace } from './me'
import { addressOf } from './navigation'

const FEWEST = 2
const MOST = 5
const PAUSE_MS = 200

/** People and campaigns that what is typed may mean: a few of each, asked when the typing rests. */
export function useFound(typed: string): { found: SpotlightActionGroupData[]; isSearching: boolean } {
  const t = useTranslations('shell.palette')
  const { history } = useRouter()
  const { id: workspaceId } = useWorkspace()
  const may = useMay()
  const [q] = useDebouncedValue(typed.trim(), PAUSE_MS)
  /** What was found for other words is not offered for these. */
  const isAsked = q.length >= FEWEST && q === typed.trim()
  const wish = { query: { q, limit: MOST } }
  const contacts = useQuery(api.contacts.index.queryOptions(wish, { enabled: isAsked && may('contacts:read') }))
  const campaigns = useQuery(api.campaigns.index.queryOptions(wish, { enabled: isAsked && may('campaigns:read') }))
  const go = (path: string) => () => history.push(addressOf(workspaceId, path))
  const people = isAsked ? (contacts.data?.data ?? []) : []
  const mails = isAsked ? (campaigns.data?.data ?? []) : []
  const groups = [
    {
      group: t('contacts'),
      actions: people.map(({ id, first_name: first, last_name: last, email }) => {
        const name = [first, last].filter(Boolean).join(' ')
        return {
          id: `contact-${id}`,
          label: name || email || t('unnamed'),
          description: name ? (email ?? undefined) : undefined,
          // The server has matched it, in its own way: what is typed always finds it here.
          keywords: typed,
          leftSection: <IconUser size={20} />,
          onClick: go(`contacts/${id}`),
        }
      }),
    },
    {
      group: t('campaigns'),
      actions: mails.map(({ id, name, subject, send_started_at: sentAt }) => ({
        id: `campaign-${id}`,
        label: name,
        description: subject || undefined,
        keywords: typed,
        leftSection: <IconSend size={20} />,
        onClick: go(`campaigns/${id}${sentAt ? '/report' : ''}`),
      })),
    },
  ]
  return {
    found: groups.filter(({ actions }) => actions.length > 0),
    isSearching: contacts.isFetching || campaigns.isFetching || q !== typed.trim(),
  }
}
