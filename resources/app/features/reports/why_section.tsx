import { Box, List, Select, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconCheck, IconSearch, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, keepPage } from '~/api'
import { useWorkspace } from '~/shell/me'
import { addressOf } from '~/shell/navigation'
import { ErrorPanel, LinkAnchor, Section } from '~/ui'
import { History, nameOf, type Message } from './people_section'

const GOT = ['accepted', 'sent', 'delayed', 'delivered', 'complained']

/** The question that every team gets: "why did Mrs Smith get this?", "why did I not?". */
export function WhySection({ id, topicId }: { id: string; topicId: string | null }) {
  const t = useTranslations('reports.why')
  const [typed, type] = useState('')
  const [q] = useDebouncedValue(typed, 250)
  const [chosen, choose] = useState<string | null>(null)
  const people = useQuery(api.contacts.index.queryOptions({ query: { q, limit: 8 } }, { ...keepPage, enabled: q.trim().length > 1 }))
  const options = (people.data?.data ?? []).map((person) => ({
    value: person.id,
    label: [nameOf(person), person.email].filter((part, at, all) => part && all.indexOf(part) === at).join(' · '),
  }))
  return (
    <Section title={t('title')}>
      <Select
        aria-label={t('search')}
        placeholder={t('placeholder')}
        leftSection={<IconSearch size={16} aria-hidden />}
        data={options}
        filter={({ options: all }) => all}
        nothingFoundMessage={q.trim().length > 1 && people.isSuccess ? t('nobody') : undefined}
        searchable
        searchValue={typed}
        onSearchChange={type}
        value={chosen}
        onChange={choose}
        maw={420}
      />
      <Box mt="md" aria-live="polite">
        {chosen && <Answer campaignId={id} contactId={chosen} topicId={topicId} />}
      </Box>
    </Section>
  )
}

function Answer({ campaignId, contactId, topicId }: { campaignId: string; contactId: string; topicId: string | null }) {
  const t = useTranslations('reports.why')
  const { id: workspaceId } = useWorkspace()
  const person = useQuery(api.contacts.show.queryOptions({ params: { id: contactId } }))
  const email = person.data?.email ?? ''
  const found = useQuery(
    api.campaigns.messages.queryOptions({ params: { id: campaignId }, query: { q: email, limit: 5 } }, { enabled: email !== '' })
  )
  if (person.isError) return <ErrorPanel error={person.error} retry={person.refetch} />
  if (!person.data || found.isLoading) return null
  const name = nameOf(person.data)
  const message = found.data?.data.find((row) => row.contact_id === contactId) as Message | undefined
  return (
    <>
      <Text fw={600} mb="sm">
        {!message ? t('noMail', { name }) : message.state === 'sending' ? t('pending', { name }) : t(GOT.includes(message.state) ? 'got' : 'not', { name })}
      </Text>
      {message && <History message={message} />}
      {topicId && <StandsNow contactId={contactId} topicId={topicId} hasMail={Boolean(message)} />}
      <LinkAnchor to={addressOf(workspaceId, `contacts/${contactId}`)} size="sm">
        {t('details')}
      </LinkAnchor>
    </>
  )
}

/** The rule as it would be judged now, each part with what it saw. */
function StandsNow({ contactId, topicId, hasMail }: { contactId: string; topicId: string; hasMail: boolean }) {
  const t = useTranslations('reports.why')
  const verdict = useQuery({
    queryKey: [['consents'], 'check', contactId, topicId],
    queryFn: () => api.consents.check.mutationOptions().mutationFn!({ body: { contact_id: contactId, channel: 'email', topic_id: topicId } } as never, {} as never),
  })
  if (!verdict.data) return null
  const { may_receive: mayReceive, reasons } = verdict.data
  return (
    <Box my="md">
      <Text size="sm" c="dimmed" mb={4}>
        {t('now')}
      </Text>
      <List size="sm" listStyleType="none" spacing={4}>
        {reasons.map(({ rule, holds, detail }) => (
          <List.Item key={rule} icon={holds ? <IconCheck size={16} aria-label="✓" /> : <IconX size={16} aria-label="✗" />}>
            {detail}
          </List.Item>
        ))}
      </List>
      {mayReceive && !hasMail && (
        <Text size="sm" mt="sm">
          {t('mayNow')}
        </Text>
      )}
    </Box>
  )
}
