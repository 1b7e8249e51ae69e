import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { useWorkspace } from '~/shell/me'
import { addressOf } from '~/shell/navigation'
import { ErrorPanel, later, Page, Waiting } from '~/ui'
import { formQuery, newForm, valuesOf, type StoredForm } from './form'
import { useFormDesk } from './use_form_desk'

const Builder = later(() => import('./builder'), 'Builder', 12)

/** A form that exists. */
export function FormScreen() {
  const t = useTranslations('forms')
  const { id: workspaceId } = useWorkspace()
  const { id } = useParams({ from: '/w/$workspaceId/forms/$id' })
  const form = useQuery(formQuery(id))
  if (form.data) return <Known key={id} form={form.data as StoredForm} />
  return (
    <Page title={t('one')} crumbs={[{ label: t('title'), to: addressOf(workspaceId, 'forms') }]}>
      {form.isError ? <ErrorPanel error={form.error} retry={form.refetch} /> : <Waiting rows={10} />}
    </Page>
  )
}

const Known = ({ form }: { form: StoredForm }) => <Builder desk={useFormDesk(form, valuesOf(form))} />

/** A form that does not exist yet, with words to begin with. */
export function NewFormScreen() {
  const t = useTranslations('forms.begin.en')
  return <Builder desk={useFormDesk(null, newForm({ title: t('title'), wording: t('wording') }))} />
}
