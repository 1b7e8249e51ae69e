import { Button, Group, Text } from '@mantine/core'
import { IconShieldCheck, IconShieldQuestion } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, keepPage } from '~/api'
import { useMay, useWorkspace } from '~/shell/me'
import { addressOf } from '~/shell/navigation'
import { Choice, DataGrid, EmptyState, onDemand, Page, pageQuery, useSearchState } from '~/ui'
import { JudgeBar } from './judge_bar'
import { decisions, type Quarantined } from './quarantine'
import { useQuarantineColumns } from './quarantine_columns'
import { useJudging } from './use_judging'

const JudgeModal = onDemand(() => import('./judge_modal'), 'JudgeModal')
const RejectModal = onDemand(() => import('./reject_modal'), 'RejectModal')
const DoubtRulesModal = onDemand(() => import('./doubt_rules_modal'), 'DoubtRulesModal')

const HERE = '/w/$workspaceId/forms/quarantine'

/** Sign-ups of which nobody knows whether they are a person's: a person decides. */
export function QuarantineScreen() {
  const t = useTranslations('quarantine')
  const forms = useTranslations('forms')
  const { id: workspaceId } = useWorkspace()
  const [search, setSearch] = useSearchState(HERE)
  const mayJudge = useMay()('sign_ups:judge')
  const [chosen, choose] = useState<Quarantined[]>([])
  const [looked, look] = useState<Quarantined | null>(null)
  const [refused, refuse] = useState<Quarantined[]>([])
  const decision = decisions.find((known) => known === search.decision)
  const summary = useQuery(api.quarantine.summary.queryOptions({}))
  const rows = useRows(search, decision)
  const { run, isPending } = useJudging(() => {
    choose([])
    look(null)
    refuse([])
  })
  const columns = useQuarantineColumns(look)
  return (
    <Page
      title={t('title')}
      lead={t('lead', { days: summary.data?.days ?? 30 })}
      crumbs={[{ label: forms('title'), to: addressOf(workspaceId, 'forms') }]}
      actions={
        <Button
          variant="default"
          leftSection={<IconShieldCheck size={18} aria-hidden />}
          onClick={() => setSearch({ new: 'rules' })}
        >
          {t('rules.open')}
        </Button>
      }
      width="96rem"
    >
      <Filters summary={summary.data} form={search.form} decision={decision} onChange={setSearch} />
      <TurnedAway summary={summary.data} />
      <DataGrid
        label={t('title')}
        query={rows as never}
        columns={columns}
        search={search}
        onSearch={setSearch}
        isFiltered={Boolean(search.form || decision)}
        onClearFilter={() => setSearch({ form: undefined, decision: undefined, pages: undefined })}
        nameOf={(row) => row.email ?? t('forgottenAddress')}
        {...(mayJudge && !decision ? { selected: chosen, onSelect: choose } : {})}
        empty={
          <EmptyState icon={IconShieldQuestion} title={t('empty.title')}>
            {t('empty.text')}
          </EmptyState>
        }
      />
      <JudgeBar
        chosen={chosen}
        isBusy={isPending}
        onApprove={() => run(chosen, { decision: 'approve' })}
        onReject={() => refuse(chosen)}
        onClear={() => choose([])}
      />
      {looked && refused.length === 0 && (
        <JudgeModal
          opened
          row={looked}
          isBusy={isPending}
          onApprove={() => run([looked], { decision: 'approve' })}
          onReject={() => refuse([looked])}
          onClose={() => look(null)}
        />
      )}
      {refused.length > 0 && (
        <RejectModal
          opened
          count={refused.length}
          isBusy={isPending}
          onReject={(reason) => run(refused, { decision: 'reject', reason })}
          onClose={() => refuse([])}
        />
      )}
      <DoubtRulesModal
        opened={search.new === 'rules'}
        formId={search.form}
        onClose={() => setSearch({ new: undefined }, { replace: true })}
      />
    </Page>
  )
}

type Search = ReturnType<typeof useSearchState<typeof HERE>>[0]
type Decision = (typeof decisions)[number]

function useRows(search: Search, decision?: Decision) {
  const query = {
    ...pageQuery(search),
    ...(search.form ? { form_id: Number(search.form) } : {}),
    ...(decision ? { decision } : {}),
    count: 1,
  }
  return useQuery(api.quarantine.index.queryOptions({ query }, keepPage))
}

interface Summary {
  most_waiting: number
  forms: { id: string; name: string; waiting: number; turned_away: number }[]
}

function Filters({
  summary,
  form,
  decision,
  onChange,
}: {
  summary?: Summary
  form?: string
  decision?: Decision
  onChange: (change: Partial<Search>) => void
}) {
  const t = useTranslations('quarantine')
  return (
    <Group gap="sm" mb="md">
      <Choice
        label={t('filterForm')}
        any={t('anyForm')}
        options={(summary?.forms ?? []).map(({ id, name, waiting }) => ({
          value: id,
          label: waiting > 0 ? t('formWaiting', { name, waiting }) : name,
        }))}
        value={form}
        onChange={(value) => onChange({ form: value, pages: undefined })}
      />
      <Choice
        label={t('decision')}
        any={t('open')}
        options={decisions.map((value) => ({ value, label: t(`decisions.${value}`) }))}
        value={decision}
        onChange={(value) => onChange({ decision: value, pages: undefined })}
      />
    </Group>
  )
}

/** Where so many wait that the worst were not kept. */
function TurnedAway({ summary }: { summary?: Summary }) {
  const t = useTranslations('quarantine')
  return summary?.forms
    .filter((form) => form.turned_away > 0)
    .map(({ id, name, turned_away: count }) => (
      <Text key={id} size="sm" mb="sm" role="status">
        {t('turnedAway', { name, count, most: summary.most_waiting })}
      </Text>
    ))
}
