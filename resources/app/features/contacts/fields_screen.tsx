import { Button, Group, Text } from '@mantine/core'
import { IconForms, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, refresh } from '~/api'
import { useMay } from '~/shell/me'
import { addressOf } from '~/shell/navigation'
import { actionsColumn, ConfirmModal, DataGrid, EmptyState, later, Page, RowButton, said, type GridColumn } from '~/ui'
import type { ContactField } from './attribute_input'

const FieldModal = later(() => import('./field_modal'), 'FieldModal', 0)

/** What this workspace knows about people beyond name and address. */
export function FieldsScreen() {
  const t = useTranslations('contacts.fieldsPage')
  const { workspaceId } = useParams({ from: '/w/$workspaceId/contacts/fields' })
  const mayWrite = useMay()('contacts:write')
  const fields = useQuery(api.fields.index.queryOptions({ query: { limit: 100 } }))
  const [edited, edit] = useState<ContactField | 'new' | null>(null)
  const [removed, remove] = useState<ContactField | null>(null)
  const add = mayWrite && (
    <Button leftSection={<IconPlus size={18} />} onClick={() => edit('new')}>
      {t('new')}
    </Button>
  )
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      crumbs={[{ label: t('contacts'), to: addressOf(workspaceId, 'contacts') }]}
      actions={add}
    >
      <DataGrid
        label={t('title')}
        query={fields}
        columns={useColumns(mayWrite ? { edit, remove } : undefined)}
        search={{}}
        onSearch={() => {}}
        empty={
          <EmptyState icon={IconForms} title={t('empty.title')} action={add}>
            {t('empty.text')}
          </EmptyState>
        }
      />
      {edited && <FieldModal field={edited === 'new' ? null : edited} onClose={() => edit(null)} />}
      <RemoveModal field={removed} onClose={() => remove(null)} />
    </Page>
  )
}

interface RowActions {
  edit: (field: ContactField) => void
  remove: (field: ContactField) => void
}

function useColumns(actions?: RowActions): GridColumn<ContactField>[] {
  const t = useTranslations('contacts.fieldsPage')
  const types = useTranslations('contacts.fieldType')
  return [
    {
      key: 'label',
      title: t('label'),
      render: ({ label, key }) => (
        <>
          <Text size="sm" fw={600} className="break">
            {label}
          </Text>
          <Text size="xs" c="dimmed" className="break">{`{{ contact.${key} }}`}</Text>
        </>
      ),
    },
    {
      key: 'type',
      title: t('type'),
      width: 220,
      from: 36,
      render: ({ type, choices }) => (
        <>
          <Text size="sm">{types(type)}</Text>
          {choices && (
            <Text size="xs" c="dimmed" lineClamp={2}>
              {choices.join(', ')}
            </Text>
          )}
        </>
      ),
    },
    ...(actions ? [actionsColumn((field: ContactField) => <RowButtons field={field} {...actions} />, 110)] : []),
  ]
}

function RowButtons({ field, edit, remove }: RowActions & { field: ContactField }) {
  const t = useTranslations('contacts.fieldsPage')
  const common = useTranslations('common')
  return (
    <Group gap={4} justify="flex-end" wrap="nowrap">
      <RowButton
        icon={IconPencil}
        label={common('edit')}
        name={t('editThis', { label: field.label })}
        onClick={() => edit(field)}
      />
      <RowButton
        icon={IconTrash}
        label={common('remove')}
        name={t('removeThis', { label: field.label })}
        onClick={() => remove(field)}
      />
    </Group>
  )
}

/** What people had in the field goes with it and does not come back, so the key is typed first. */
function RemoveModal({ field, onClose }: { field: ContactField | null; onClose: () => void }) {
  const t = useTranslations('contacts.fieldsPage')
  const destroy = useMutation(
    api.fields.destroy.mutationOptions({
      onSuccess: async ({ removed_from: people }) => {
        onClose()
        said(t('removed', { people }))
        await refresh('fields', 'contacts', 'segments')
      },
    })
  )
  return (
    <ConfirmModal
      opened={field !== null}
      onClose={onClose}
      onConfirm={() => field && destroy.mutate({ params: { id: field.id } })}
      title={t('removeTitle', { label: field?.label ?? '' })}
      confirmLabel={t('removeButton')}
      typed={field?.key}
      busy={destroy.isPending}
      danger
    >
      {t('removeText')}
    </ConfirmModal>
  )
}
