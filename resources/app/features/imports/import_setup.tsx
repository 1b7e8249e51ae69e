import { Alert, Button, Group, Stepper, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { api, refresh } from '~/api'
import { fieldErrors, problemOf, type ProblemSeen } from '~/problem'
import { useMay } from '~/shell/me'
import { FormProblem, later, said, useSearchState } from '~/ui'
import { agreementErrors } from './agreement'
import { ColumnsStep } from './columns_step'
import type { ImportRecord } from './import_record'
import classes from './imports.module.css'
import { steps, type Step } from './routes'
import { requestOf, useSetup, type Setup } from './setup'
import { useMistakes } from './use_mistakes'

const AgreementStep = later(() => import('./agreement_step'), 'AgreementStep', 7)
const CheckStep = later(() => import('./check_step'), 'CheckStep', 7)

/** Three questions about a file: what is in its columns, did these people agree, and is this what you want? */
export function ImportSetup({ record }: { record: ImportRecord }) {
  const t = useTranslations('imports')
  const common = useTranslations('common')
  const mayWrite = useMay()('imports:write')
  const [setup, changeSetup] = useSetup(record.id, record.columns)
  const [search, setSearch] = useSearchState('/w/$workspaceId/contacts/import/$id')
  const step: Step = search.step ?? 'columns'
  const { errors, ...mistakes } = useMistakes(() => ({
    ...(step === 'columns' ? columnErrors(setup.mapping, t('columns.needed')) : {}),
    ...(step === 'agreement' ? agreementErrors(setup, (key) => t(`agreement.${key}`)) : {}),
  }))
  const [problem, setProblem] = useState<ProblemSeen | null>(null)
  const at = steps.indexOf(step)
  const top = useFocusOn(step)
  const change = (part: Partial<Setup>) => {
    mistakes.answered()
    changeSetup(part)
  }
  const goTo = (next: Step) => {
    mistakes.forget()
    setProblem(null)
    setSearch({ step: next })
  }
  /** What the server refuses is shown on the step that it is about. */
  const refused = (error: unknown) => {
    const found = fieldErrors(error)
    const [field] = Object.keys(found)
    if (!field) return setProblem(problemOf(error))
    mistakes.refuse(found)
    setSearch({ step: /^(consent|tracking)/.test(field) ? 'agreement' : 'columns' }, { replace: true })
  }
  const next = () => {
    if (!mistakes.find()) goTo(steps[at + 1])
    else requestAnimationFrame(() => top.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus())
  }
  const start = useStart(record, refused)
  if (!mayWrite) return <Text>{t('notAllowed')}</Text>
  return (
    <>
      <FileFacts record={record} />
      <StepLine at={at} goTo={goTo} />
      <div ref={top} tabIndex={-1} style={{ outline: 'none' }} aria-label={t(`steps.${step}`)} role="group">
        <FormProblem problem={problem} />
        {errors.mapping && (
          <Alert color="red" role="alert" mb="md">
            {errors.mapping}
          </Alert>
        )}
        {step === 'columns' && <ColumnsStep record={record} setup={setup} onChange={change} errors={errors} />}
        {step === 'agreement' && <AgreementStep record={record} setup={setup} onChange={change} errors={errors} />}
        {step === 'check' && (
          <CheckStep
            record={record}
            request={requestOf(setup)}
            onRefused={refused}
            isStarting={start.isPending}
            onStart={() => start.mutate({ params: { id: record.id }, body: requestOf(setup) })}
          />
        )}
      </div>
      <Group justify="space-between" gap="xs" mt="lg">
        {at > 0 && (
          <Button variant="default" onClick={() => goTo(steps[at - 1])}>
            {common('back')}
          </Button>
        )}
        <Group gap="sm" ml="auto" justify="flex-end">
          <Discard record={record} />
          {step !== 'check' && <Button onClick={next}>{common('next')}</Button>}
        </Group>
      </Group>
    </>
  )
}

/** Where one is; what is done can be looked at again. */
function StepLine({ at, goTo }: { at: number; goTo: (step: Step) => void }) {
  const t = useTranslations('imports')
  return (
    <Stepper
      active={at}
      onStepClick={(index) => index < at && goTo(steps[index])}
      size="sm"
      my="lg"
      aria-label={t('steps.label')}
      wrap={false}
      classNames={{ step: classes.step, stepBody: classes.stepBody, separator: classes.stepLine }}
    >
      {steps.map((name, index) => (
        <Stepper.Step
          key={name}
          label={t(`steps.${name}`)}
          allowStepSelect={index < at}
          aria-current={index === at ? 'step' : undefined}
        />
      ))}
    </Stepper>
  )
}

const columnErrors = (mapping: Record<string, string>, needed: string): Record<string, string> =>
  Object.values(mapping).some((target) => target === 'email' || target === 'external_id') ? {} : { mapping: needed }

/** A new step is a new page: the focus goes to its beginning. */
function useFocusOn(step: Step) {
  const top = useRef<HTMLDivElement>(null)
  const before = useRef(step)
  useEffect(() => {
    if (before.current !== step) top.current?.focus()
    before.current = step
  }, [step])
  return top
}

function useStart(record: ImportRecord, onRefused: (error: unknown) => void) {
  const client = useQueryClient()
  return useMutation(
    api.imports.start.mutationOptions({
      onError: onRefused,
      onSuccess: async (started) => {
        sessionStorage.removeItem(`assent-import-${record.id}`)
        client.setQueryData(api.imports.show.queryOptions({ params: { id: record.id } }).queryKey, started)
        await refresh('imports')
      },
    })
  )
}

/** What we found out by ourselves, for those who wonder about odd letters. */
function FileFacts({ record }: { record: ImportRecord }) {
  const t = useTranslations('imports')
  const format = useFormatter()
  const separator = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' }[record.delimiter ?? ''] as
    'comma' | undefined
  return (
    <Text size="sm" c="dimmed">
      {[
        t('facts.rows', { rows: record.rows_estimate ?? 0 }),
        format.number(record.file_bytes / 1000, { style: 'unit', unit: 'kilobyte', maximumSignificantDigits: 2 }),
        record.encoding?.toUpperCase(),
        separator && t(`facts.${separator}`),
      ]
        .filter(Boolean)
        .join(' · ')}
    </Text>
  )
}

function Discard({ record }: { record: ImportRecord }) {
  const t = useTranslations('imports')
  const { workspaceId = '' } = useParams({ strict: false })
  const navigate = useNavigate()
  const discard = useMutation(
    api.imports.destroy.mutationOptions({
      onSuccess: async () => {
        sessionStorage.removeItem(`assent-import-${record.id}`)
        await navigate({ to: '/w/$workspaceId/contacts/import', params: { workspaceId } })
        said(t('discarded', { name: record.file_name }))
        await refresh('imports')
      },
    })
  )
  return (
    <Button
      variant="subtle"
      color="gray"
      loading={discard.isPending}
      onClick={() => discard.mutate({ params: { id: record.id } })}
    >
      {t('discard')}
    </Button>
  )
}
