import { Box, List, Text } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, client } from '~/api'
import { useWorkspace } from '~/shell/me'
import { addressOf } from '~/shell/navigation'
import { LinkAnchor, Section } from '~/ui'
import { ContactPicker } from '../contacts/contact_picker'
import { nameOf, type Person } from '../contacts/person'
import { History, type Message } from './message'
import { withQuery } from './report'

const GOT = ['accepted', 'sent', 'delayed', 'delivered', 'complained']

/** The question that every team gets: "why did Mrs Smith get this?", "why did I not?". */
export function WhySection({ id, topicId }: { id: string; topicId: string | null }) {
  const t = useTranslations('reports.why')
  const [chosen, choose] = useState<Person | null>(null)
  return (
    <Section title={t('title')}>
      <Box maw={420}>
        <ContactPicker label={t('search')} value={chosen} onChange={choose} />
      </Box>
      <Box mt="md" aria-live="polite">
        {chosen && <Answer campaignId={id} person={chosen} topicId={topicId} />}
      </Box>
    </Section>
  )
}

function Answer({ campaignId, person, topicId }: { campaignId: string; person: Person; topicId: string | null }) {
  const t = useTranslations('reports.why')
  const { id: workspaceId } = useWorkspace()
  const contactId = person.id
  const found = useQuery(
    api.campaigns.messages.queryOptions(withQuery(campaignId, { q: person.email ?? nameOf(person), limit: 50 }))
  )
  if (found.isLoading) return null
  const name = nameOf(person)
  const message = found.data?.data.find((row) => row.contact_id === contactId) as Message | undefined
  return (
    <>
      <Text fw={600} mb="sm">
        {!message
          ? t('noMail', { name })
          : message.state === 'sending'
            ? t('pending', { name })
            : t(GOT.includes(message.state) ? 'got' : 'not', { name })}
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
    queryFn: () => client.api.consents.check({ body: { contact_id: Number(contactId), topic_id: Number(topicId) } }),
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
          <List.Item
            key={rule}
            icon={holds ? <IconCheck size={16} aria-label="✓" /> : <IconX size={16} aria-label="✗" />}
          >
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
