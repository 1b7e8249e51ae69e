import { Alert, Button, Group as Row, Menu, Stack, TextInput } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useMay } from '~/shell/me'
import { addressOf } from '~/shell/navigation'
import { FormProblem, later, MoreMenu, Page, Section, UnsavedGuard } from '~/ui'
import { useCatalogue } from './catalogue'
import { PreviewPanel } from './preview_panel'
import { draftOf, firstIncomplete, ruleOf, type Group, type Rule } from './rule'
import { RuleBuilder } from './rule_builder'
import classes from './segments.module.css'
import { useDeleteSegment } from './use_delete_segment'
import { usePreview } from './use_preview'
import { useSaveSegment } from './use_save_segment'

const ExplainBox = later(() => import('./explain_box'), 'ExplainBox', 2)

export interface StoredSegment {
  id: string
  name: string
  rule: Rule
  problem: string | null
}

/** Name, rule, and beside them whom the rule picks at this moment. */
export function SegmentEditor({ segment, begin }: { segment: StoredSegment | null; begin?: Group }) {
  const t = useTranslations('segments')
  const common = useTranslations('common')
  const { workspaceId = '' } = useParams({ strict: false })
  const navigate = useNavigate()
  const mayWrite = useMay()('segments:write')
  const catalogue = useCatalogue()
  const [name, setName] = useState(segment?.name ?? '')
  const [root, setRoot] = useState<Group>(() => begin ?? draftOf(segment!.rule))
  const [isTouched, touch] = useState(false)
  const preview = usePreview(root)
  const save = useSaveSegment({
    segment,
    onSaved: ({ id, isNew }) => {
      touch(false)
      if (isNew) void navigate({ to: addressOf(workspaceId, `segments/${id}`), replace: true, ignoreBlocker: true })
    },
  })
  const errors = { ...preview.errors, ...save.errors }
  const submit = () => {
    const unfinished = firstIncomplete(root)
    if (unfinished) save.complain(unfinished.key, t('unfinished'))
    else save.run(name.trim(), ruleOf(root))
  }
  return (
    <Page
      title={segment?.name ?? t('new')}
      lead={t('editLead')}
      crumbs={[{ label: t('title'), to: addressOf(workspaceId, 'segments') }]}
      actions={
        mayWrite && (
          <>
            <Button onClick={submit} loading={save.isPending} disabled={segment !== null && !isTouched}>
              {common(segment && !isTouched ? 'saved' : 'save')}
            </Button>
            {segment && <SegmentMenu segment={segment} onDeleted={() => touch(false)} />}
          </>
        )
      }
    >
      <div className={classes.layout}>
        <Stack gap="lg">
          {segment?.problem && (
            <Alert color="yellow" title={t('broken')} role="status">
              {segment.problem}
            </Alert>
          )}
          <FormProblem problem={save.problem} />
          <TextInput
            label={t('name')}
            placeholder={t('namePlaceholder')}
            value={name}
            required
            maxLength={120}
            maw={480}
            error={save.nameError}
            onChange={(event) => {
              setName(event.currentTarget.value)
              touch(true)
              save.forget()
            }}
          />
          <RuleBuilder
            root={root}
            catalogue={catalogue}
            errors={errors}
            onChange={(next) => {
              setRoot(next)
              touch(true)
              save.forget()
            }}
          />
        </Stack>
        <div className={classes.aside}>
          <PreviewPanel preview={preview} />
          <Section title={t('explain.title')} lead={t('explain.lead')}>
            <ExplainBox rule={preview.askedRule} />
          </Section>
        </div>
      </div>
      <UnsavedGuard when={isTouched} />
    </Page>
  )
}

function SegmentMenu({ segment, onDeleted }: { segment: StoredSegment; onDeleted: () => void }) {
  const t = useTranslations('segments')
  const { workspaceId = '' } = useParams({ strict: false })
  const navigate = useNavigate()
  const remove = useDeleteSegment(() => {
    onDeleted()
    return navigate({ to: addressOf(workspaceId, 'segments'), ignoreBlocker: true })
  })
  return (
    <Row>
      <MoreMenu name={segment.name} raised>
        <Menu.Item color="red" leftSection={<IconTrash size={18} />} onClick={() => remove(segment)}>
          {t('delete')}
        </Menu.Item>
      </MoreMenu>
    </Row>
  )
}
