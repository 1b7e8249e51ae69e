import { Button, Group, Table, Text } from '@mantine/core'
import { IconMailPlus } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, refresh } from '~/api'
import { useMay } from '~/shell/me'
import { ConfirmModal, ErrorPanel, onDemand, Page, said, Section, StatusBadge, TimeAgo, Waiting } from '~/ui'
import { MemberRow, type Member, type Role } from './member_row'

const InviteModal = onDemand(() => import('./invite_modal'), 'InviteModal')

/** Who works here, as what, and who has been asked to. */
export function MembersSettings() {
  const t = useTranslations('settings')
  const mayWrite = useMay()('members:write')
  const [isInviting, setInviting] = useState(false)
  const invite = mayWrite && (
    <Button leftSection={<IconMailPlus size={18} />} onClick={() => setInviting(true)}>
      {t('members.invite')}
    </Button>
  )
  return (
    <Page title={t('parts.members')} lead={t('members.lead')} actions={invite}>
      <People mayWrite={mayWrite} />
      {mayWrite && <Invited />}
      <InviteModal opened={isInviting} onClose={() => setInviting(false)} />
    </Page>
  )
}

function People({ mayWrite }: { mayWrite: boolean }) {
  const t = useTranslations('settings')
  const members = useQuery(api.members.index.queryOptions({ query: { limit: 100 } }))
  const [leaving, setLeaving] = useState<Member | null>(null)
  const settle = { onSettled: () => refresh('members', 'me') }
  const change = useMutation(
    api.members.update.mutationOptions({ ...settle, onSuccess: () => said(t('members.changed')) })
  )
  const remove = useMutation(api.members.destroy.mutationOptions({ ...settle, onSuccess: () => setLeaving(null) }))
  if (members.isPending) return <Waiting rows={3} />
  if (members.isError) return <ErrorPanel error={members.error} retry={members.refetch} />
  return (
    <Section title={t('members.people')}>
      <Table.ScrollContainer minWidth={340} type="native">
        <Table verticalSpacing="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('members.person')}</Table.Th>
              <Table.Th scope="col" w={150}>
                {t('members.role')}
              </Table.Th>
              <Table.Th scope="col" visibleFrom="sm">
                {t('members.since')}
              </Table.Th>
              {mayWrite && <Table.Th scope="col" w={60} aria-label={t('members.remove')} />}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {members.data.data.map((member) => (
              <MemberRow
                key={member.id}
                member={member}
                mayWrite={mayWrite}
                onRole={(role) => change.mutate({ params: { id: member.id }, body: { role } })}
                onRemove={() => setLeaving(member)}
              />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <ConfirmModal
        opened={leaving !== null}
        onClose={() => setLeaving(null)}
        onConfirm={() => leaving && remove.mutate({ params: { id: leaving.id } })}
        busy={remove.isPending}
        title={t('members.removeName', { name: leaving?.full_name ?? leaving?.email ?? '' })}
        confirmLabel={t('members.remove')}
        danger
      >
        {t('members.removeText')}
      </ConfirmModal>
    </Section>
  )
}

function Invited() {
  const t = useTranslations('settings')
  const invitations = useQuery(api.invitations.index.queryOptions({ query: { limit: 100 } }))
  const withdraw = useMutation(api.invitations.destroy.mutationOptions({ onSuccess: () => refresh('invitations') }))
  if (!invitations.data?.data.length) return null
  return (
    <Section title={t('members.invited')}>
      {invitations.data.data.map((invitation) => (
        <Group key={invitation.id} justify="space-between" py={6} wrap="nowrap">
          <div style={{ minWidth: 0 }}>
            <Text size="sm" fw={600} className="break">
              {invitation.email}
            </Text>
            <Text size="xs" c="dimmed">
              {t(`roles.${invitation.role as Role}.name`)} · <TimeAgo value={invitation.created_at} />
            </Text>
          </div>
          <Group gap="sm" wrap="nowrap">
            {invitation.is_expired && <StatusBadge tone="warning">{t('members.expired')}</StatusBadge>}
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => withdraw.mutate({ params: { id: invitation.id } })}
            >
              {t('members.withdraw')}
            </Button>
          </Group>
        </Group>
      ))}
    </Section>
  )
}
