import { Select, Table, Text } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useTranslations } from 'use-intl'
import { Day, RowButton } from '~/ui'

const roles = ['owner', 'admin', 'editor', 'viewer'] as const
export type Role = (typeof roles)[number]

export interface Member {
  id: string
  email: string
  full_name: string | null
  role: string
  is_you: boolean
  created_at: string
}

/** One colleague: who, as what, since when; and the way out. */
export function MemberRow({
  member,
  mayWrite,
  onRole,
  onRemove,
}: {
  member: Member
  mayWrite: boolean
  onRole: (role: Role) => void
  onRemove: () => void
}) {
  const t = useTranslations('settings')
  const name = member.full_name ?? member.email
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="sm" fw={600} className="break">
          {name}{' '}
          {member.is_you && (
            <Text span c="dimmed">
              ({t('members.you')})
            </Text>
          )}
        </Text>
        <Text size="xs" c="dimmed" className="break">
          {member.email}
        </Text>
      </Table.Td>
      <Table.Td>
        {mayWrite && !member.is_you ? (
          <RoleSelect value={member.role} label={t('members.roleOf', { name })} onChange={onRole} />
        ) : (
          <Text size="sm">{t(`roles.${member.role as Role}.name`)}</Text>
        )}
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <Day value={member.created_at} />
      </Table.Td>
      {mayWrite && <Table.Td>{!member.is_you && <RemoveButton name={name} onClick={onRemove} />}</Table.Td>}
    </Table.Tr>
  )
}

function RoleSelect({ value, label, onChange }: { value: string; label: string; onChange: (role: Role) => void }) {
  const t = useTranslations('settings')
  return (
    <Select
      aria-label={label}
      value={value}
      allowDeselect={false}
      onChange={(role) => role && onChange(role as Role)}
      data={roles.map((role) => ({ value: role, label: t(`roles.${role}.name`) }))}
    />
  )
}

function RemoveButton({ name, onClick }: { name: string; onClick: () => void }) {
  const t = useTranslations('settings')
  return (
    <RowButton
      icon={IconTrash}
      label={t('members.remove')}
      name={t('members.removeName', { name })}
      onClick={onClick}
    />
  )
}
