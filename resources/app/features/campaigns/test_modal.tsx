import { Modal, Stack, TagsInput, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, refresh } from '~/api'
import { fieldErrors, problemOf, type ProblemSeen } from '~/problem'
import { useMe } from '~/shell/me'
import { FormButtons, FormProblem, said } from '~/ui'
import { ContactPicker } from '../contacts/contact_picker'
import type { Person } from '../contacts/person'
import { campaignRoute, type Campaign } from './campaign'
import type { DraftDesk } from './use_draft'

const MOST = 5

/** Exactly what a reader would get, to a few addresses of one's own. */
export function TestModal({
  campaign,
  desk,
  opened,
  onClose,
}: {
  campaign: Campaign
  desk: DraftDesk
  opened: boolean
  onClose: () => void
}) {
  const t = useTranslations('campaigns.test')
  return (
    <Modal opened={opened} onClose={onClose} title={<Text fw={650}>{t('title')}</Text>}>
      {opened && <TestForm campaign={campaign} desk={desk} onClose={onClose} />}
    </Modal>
  )
}

function TestForm({ campaign, desk, onClose }: { campaign: Campaign; desk: DraftDesk; onClose: () => void }) {
  const t = useTranslations('campaigns.test')
  const me = useMe()
  const { as } = useSearch({ from: campaignRoute })
  const shown = useQuery(api.contacts.show.queryOptions({ params: { id: as ?? '' } }, { enabled: Boolean(as) }))
  const [to, setTo] = useState<string[]>([me.user.email])
  const [chosen, choose] = useState<Person | null | undefined>(undefined)
  const person = chosen === undefined ? ((shown.data as Person | undefined) ?? null) : chosen
  const [error, setError] = useState<string | null>(null)
  const [problem, setProblem] = useState<ProblemSeen | null>(null)
  const done = useDone(onClose)
  const send = useMutation(
    api.campaigns.test.mutationOptions({
      onSuccess: done,
      onError: (failure) => {
        const fields = fieldErrors(failure)
        const atAddress = Object.keys(fields).find((field) => field === 'to' || field.startsWith('to.'))
        const wrong = to[Number(atAddress?.split('.')[1])]
        setError(wrong ? t('notAnAddress', { address: wrong }) : atAddress ? fields[atAddress] : null)
        setProblem(atAddress ? null : problemOf(failure))
      },
    })
  )
  const submit = async () => {
    if (to.length === 0) return setError(t('enter'))
    setError(null)
    setProblem(null)
    if (!(await desk.save())) return
    send.mutate({ params: { id: campaign.id }, body: { to, ...(person ? { contact_id: Number(person.id) } : {}) } })
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!send.isPending) void submit()
      }}
    >
      <Stack gap="md">
        <FormProblem problem={problem} />
        <TagsInput
          label={t('to')}
          placeholder={to.length < MOST ? t('toPlaceholder') : undefined}
          value={to}
          onChange={(addresses) => setTo(addresses.map((address) => address.trim()).filter(Boolean))}
          splitChars={[',', ';', ' ']}
          maxTags={MOST}
          acceptValueOnBlur
          error={error}
          data-autofocus
        />
        <ContactPicker label={t('as')} value={person} onChange={choose} />
        <Text size="sm" c="dimmed">
          {t('text')} {campaign.language && t(person ? 'theirLanguage' : 'everyLanguage')}
        </Text>
        <FormButtons submitLabel={t('send')} busy={send.isPending} onCancel={onClose} />
      </Stack>
    </form>
  )
}

/** Says where it went. */
function useDone(onClose: () => void) {
  const t = useTranslations('campaigns.test')
  return async ({ sent_to: sentTo, through }: { sent_to: string[]; through: string }) => {
    onClose()
    said(through === 'capture' ? t('captured') : t('sent', { to: sentTo.join(', ') }))
    await refresh('outbox', 'campaigns')
  }
}
