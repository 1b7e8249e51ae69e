import { Alert, Box, Button, Group, Text } from '@mantine/core'
import { IconAlertTriangle, IconWorldOff, IconWorldUp } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useFormatter, useTranslations } from 'use-intl'
import { useMay, useWorkspace } from '~/shell/me'
import { addressOf } from '~/shell/navigation'
import { FormProblem, later, Page, UnsavedGuard } from '~/ui'
import { useSaveKey } from '~/ui/save_key'
import { AsksSection } from './asks_section'
import { FormBadge } from './form_badge'
import { FormMenu } from './form_menu'
import { FormTabs } from './form_tabs'
import classes from './forms.module.css'
import type { FormDesk } from './use_form_desk'
import { useKeeping } from './use_keeping'

const LowerSections = later(() => import('./lower_sections'), 'LowerSections', 12)
const PagePreview = later(() => import('./page_preview'), 'PagePreview', 12)

/** What a form asks on the left, the page that its visitors get on the right. */
export function Builder({ desk }: { desk: FormDesk }) {
  const t = useTranslations('forms')
  const { id: workspaceId } = useWorkspace()
  const mayWrite = useMay()('forms:write')
  const navigate = useNavigate()
  const { stored, form, isDirty, isBusy, save } = desk
  useSaveKey(() => mayWrite && !isBusy && (isDirty || !stored) && save(stored?.is_open ? { isOpen: true } : {}))
  const state = stored ? (isDirty ? 'dirty' : 'saved') : 'fresh'
  return (
    <Page
      title={stored?.name ?? t('new')}
      badge={stored && <FormBadge form={stored} />}
      crumbs={[{ label: t('title'), to: addressOf(workspaceId, 'forms') }]}
      width="96rem"
      lead={t(`saving.${state}`)}
      actions={
        <>
          {mayWrite && <Steps desk={desk} />}
          {stored && (
            <FormMenu
              form={stored}
              onDeleted={() => void navigate({ to: addressOf(workspaceId, 'forms'), ignoreBlocker: true })}
            />
          )}
        </>
      }
    >
      {stored && <FormTabs id={stored.id} />}
      <Notices desk={desk} mayWrite={mayWrite} />
      <Box className={classes.desk}>
        <Box component="fieldset" className={classes.writing} disabled={!mayWrite}>
          <AsksSection form={form} />
          <LowerSections form={form} stored={stored} />
        </Box>
        <PagePreview values={form.values} />
      </Box>
      <UnsavedGuard when={isDirty} />
    </Page>
  )
}

/** Visitors see what is saved of a published form, so the button says so. */
function Steps({ desk: { stored, save, isDirty, isBusy } }: { desk: FormDesk }) {
  const t = useTranslations('forms.steps')
  const isOpen = stored?.is_open ?? false
  return (
    <>
      {isOpen && <Unpublish stored={stored!} />}
      {!isOpen && (
        <Button variant="default" onClick={() => save()} loading={isBusy} disabled={stored !== null && !isDirty}>
          {t('save')}
        </Button>
      )}
      {(!isOpen || isDirty) && (
        <Button
          leftSection={<IconWorldUp size={18} aria-hidden />}
          onClick={() => save({ isOpen: true })}
          loading={isBusy}
        >
          {t(isOpen ? 'publishChanges' : 'publish')}
        </Button>
      )}
    </>
  )
}

function Unpublish({ stored }: { stored: NonNullable<FormDesk['stored']> }) {
  const t = useTranslations('forms.steps')
  const { close } = useKeeping(stored)
  return (
    <Button
      variant="default"
      leftSection={<IconWorldOff size={18} aria-hidden />}
      loading={close.isPending}
      onClick={() => close.mutate({ params: { id: stored.id }, body: { is_open: false } })}
    >
      {t('unpublish')}
    </Button>
  )
}

/** What stands in the way, or happened meanwhile. */
function Notices({ desk, mayWrite }: { desk: FormDesk; mayWrite: boolean }) {
  const t = useTranslations('forms.notices')
  const { conflict, wasRecovered, problem, form } = desk
  const refusals = [...new Set(Object.values(form.errors))].filter((message) => typeof message === 'string')
  const isRefused = refusals.length > 0
  return (
    <Box mb={conflict || wasRecovered || isRefused || problem || !mayWrite ? 'md' : 0}>
      <FormProblem problem={problem} />
      {isRefused && (
        <Alert color="red" icon={<IconAlertTriangle aria-hidden />} role="alert" title={t('refused')} tabIndex={-1}>
          {refusals.join(' ')}
        </Alert>
      )}
      {wasRecovered && !isRefused && (
        <Alert role="status">
          <Group justify="space-between" gap="sm">
            <Text size="sm">{t('recovered')}</Text>
            <Button size="compact-sm" variant="light" onClick={desk.discard}>
              {t('discard')}
            </Button>
          </Group>
        </Alert>
      )}
      {conflict && <Conflict desk={desk} />}
      {!mayWrite && <Alert>{t('readOnly')}</Alert>}
    </Box>
  )
}

function Conflict({ desk: { conflict, save, takeTheirs } }: { desk: FormDesk }) {
  const t = useTranslations('forms.notices')
  const format = useFormatter()
  const [item] = conflict!.items
  const at = format.dateTime(new Date(String(item.edited_at)), { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />} role="alert" title={t('conflict')}>
      <Text size="sm" mb="sm">
        {t('conflictText', { who: String(item.edited_by), when: at })}
      </Text>
      <Group gap="sm">
        <Button size="compact-sm" variant="default" onClick={() => save({ anyway: true })}>
          {t('mine')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => void takeTheirs()}>
          {t('theirs')}
        </Button>
      </Group>
    </Alert>
  )
}
