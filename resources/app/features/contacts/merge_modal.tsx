import { Radio, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, refresh } from '~/api'
import { problemOf, type ProblemSeen } from '~/problem'
import { FormModal, said } from '~/ui'
import { ContactPicker } from './contact_picker'
import { nameAndAddress, nameOf, type ContactRecord, type Person } from './person'

/** Two records of one person become one; the one that is kept wins where both say something. */
export function MergeModal({
  opened,
  contact,
  onClose,
}: {
  opened: boolean
  contact: ContactRecord
  onClose: () => void
}) {
  const t = useTranslations('contacts')
  const { workspaceId = '' } = useParams({ strict: false })
  const navigate = useNavigate()
  const [other, choose] = useState<Person | null>(null)
  const [keepsThis, keepThis] = useState(true)
  const [problem, setProblem] = useState<ProblemSeen | null>(null)
  const merge = useMutation(
    api.contacts.merge.mutationOptions({
      onError: (error) => setProblem(problemOf(error)),
      onSuccess: async (survivor) => {
        onClose()
        said(t('merge.done', { name: nameOf(survivor) }))
        await navigate({ to: '/w/$workspaceId/contacts/$id', params: { workspaceId, id: survivor.id } })
        await refresh('contacts', 'consents', 'tags', 'segments', 'overview')
      },
    })
  )
  const submit = () => {
    const [from, into] = keepsThis ? [other!, contact] : [contact, other!]
    merge.mutate({ params: { id: from.id }, body: { into: Number(into.id) } })
  }
  return (
    <FormModal
      opened={opened}
      title={t('merge.title', { name: nameOf(contact) })}
      problem={problem}
      submitLabel={t('merge.button')}
      busy={merge.isPending}
      disabled={!other}
      danger
      onSubmit={(event) => {
        event.preventDefault()
        if (other) submit()
      }}
      onClose={onClose}
    >
      <Text size="sm">{t('merge.text')}</Text>
      <ContactPicker label={t('merge.other')} value={other} onChange={choose} without={contact.id} />
      {other && (
        <Radio.Group
          label={t('merge.keep')}
          value={keepsThis ? 'this' : 'other'}
          onChange={(kept) => keepThis(kept === 'this')}
        >
          <Stack gap="xs" mt="xs">
            <Radio value="this" label={nameAndAddress(contact)} />
            <Radio value="other" label={nameAndAddress(other)} />
          </Stack>
        </Radio.Group>
      )}
    </FormModal>
  )
}
