import { Modal, Select, Stack, Switch, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, refresh } from '~/api'
import { useMay } from '~/shell/me'
import { failed, said, Waiting } from '~/ui'
import { SignalList } from './signal_list'

const policies = ['is_on', 'role', 'disposable', 'shared_network'] as const
type Policy = Record<(typeof policies)[number], boolean>

/** What makes a sign-up doubtful, with its points, and what one form makes of it. */
export function DoubtRulesModal({
  opened,
  formId,
  onClose,
}: {
  opened: boolean
  formId?: string
  onClose: () => void
}) {
  const t = useTranslations('quarantine')
  const summary = useQuery({ ...api.quarantine.summary.queryOptions({}), enabled: opened })
  const [picked, pick] = useState<string | null>(null)
  const forms = summary.data?.forms ?? []
  const id = picked ?? formId ?? (forms.length === 1 ? forms[0].id : null)
  return (
    <Modal opened={opened} onClose={onClose} size="lg" title={<Text fw={650}>{t('rules.title')}</Text>}>
      {summary.data ? (
        <Stack gap="md">
          <Text size="sm">
            {t('rules.lead', { doubtful: summary.data.doubtful_from, certain: summary.data.certain_from })}
          </Text>
          <Select
            label={t('rules.form')}
            description={t('rules.formHint')}
            data={forms.map(({ id: value, name }) => ({ value, label: name }))}
            value={id}
            onChange={pick}
            allowDeselect={false}
          />
          {id && <PolicyOf id={id} key={id} />}
          <SignalList signals={summary.data.rules} />
        </Stack>
      ) : (
        <Waiting />
      )}
    </Modal>
  )
}

/** Each switch counts at once. */
function PolicyOf({ id }: { id: string }) {
  const t = useTranslations('quarantine.rules')
  const mayWrite = useMay()('forms:write')
  const [changed, change] = useState<Partial<Policy>>({})
  const form = useQuery(api.forms.show.queryOptions({ params: { id } }))
  const save = useMutation(
    api.forms.update.mutationOptions({
      onError: (error) => {
        change({})
        failed(error)
      },
      onSuccess: async () => {
        said(t('saved'))
        await refresh('forms')
      },
    })
  )
  if (!form.data) return <Waiting rows={4} />
  const kept = { ...form.data.doubts, ...changed } as Policy
  const turn = (name: keyof Policy, isOn: boolean) => {
    change({ ...changed, [name]: isOn })
    save.mutate({ params: { id }, body: { doubts: { [name]: isOn } } })
  }
  return (
    <Stack gap="sm">
      {policies.map((name) => (
        <Switch
          key={name}
          label={t(`policies.${name}`)}
          description={t(`hints.${name}`)}
          checked={kept[name]}
          disabled={!mayWrite || (name !== 'is_on' && !kept.is_on)}
          onChange={(event) => turn(name, event.currentTarget.checked)}
        />
      ))}
    </Stack>
  )
}
