import { TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, queryClient, refresh } from '~/api'
import { showErrors, type ProblemSeen } from '~/problem'
import { useWorkspace } from '~/shell/me'
import { addressOf } from '~/shell/navigation'
import { FormModal, said } from '~/ui'
import { CalendarFields } from './calendar_fields'
import { formOf, newForm, wishOf } from './calendar_form'
import { recurringQuery, type Recurring } from './recurring'

/** A new recurring campaign, or when one that is there comes. `from`: the campaign whose letter it begins with. */
export function CalendarModal({
  recurring,
  from,
  opened,
  onClose,
}: {
  recurring?: Recurring
  from?: string
  opened: boolean
  onClose: () => void
}) {
  return opened ? <CalendarForm recurring={recurring} from={from} onClose={onClose} /> : null
}

function CalendarForm({ recurring, from, onClose }: { recurring?: Recurring; from?: string; onClose: () => void }) {
  const t = useTranslations('recurring.form')
  const { id: workspaceId, timezone } = useWorkspace()
  const navigate = useNavigate()
  const [problem, setProblem] = useState<ProblemSeen | null>(null)
  const form = useForm({ initialValues: recurring ? formOf(recurring) : newForm(timezone) })
  const onError = (error: unknown) => setProblem(showErrors(form, error))
  const create = useMutation(
    api.recurringCampaigns.store.mutationOptions({
      onSuccess: async ({ id }) => {
        await navigate({ to: addressOf(workspaceId, `campaigns/recurring/${id}`) })
        void refresh('recurringCampaigns')
      },
      onError,
    })
  )
  const update = useMutation(
    api.recurringCampaigns.update.mutationOptions({
      onSuccess: (answer) => {
        queryClient.setQueryData(recurringQuery(answer.id).queryKey, answer as never)
        said(t('saved'))
        onClose()
        return refresh('recurringCampaigns')
      },
      onError,
    })
  )
  return (
    <FormModal
      title={t(recurring ? 'change' : 'new')}
      submitLabel={recurring ? undefined : t('create')}
      problem={problem}
      busy={create.isPending || update.isPending}
      onSubmit={form.onSubmit((values) => {
        setProblem(null)
        const body = wishOf(values)
        if (recurring) update.mutate({ params: { id: recurring.id }, body })
        else create.mutate({ body: { ...body, ...(from ? { campaign_id: Number(from) } : {}) } })
      })}
      onClose={onClose}
    >
      <TextInput
        label={t('name')}
        description={t('nameHint')}
        maxLength={170}
        required
        data-autofocus
        {...form.getInputProps('name')}
      />
      <CalendarFields form={form} timezone={recurring?.timezone ?? timezone} />
    </FormModal>
  )
}
