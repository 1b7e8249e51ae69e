import { Alert, Box, Button, Collapse, Drawer, Group, Text, UnstyledButton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconAlertTriangle, IconCheck, IconCircleX, IconRefresh } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslations } from 'use-intl'
import { ErrorPanel, Section, Waiting } from '~/ui'
import { AudienceReasons } from './audience_reasons'
import type { Campaign } from './campaign'
import { CheckLine } from './check_line'
import classes from './editor.module.css'
import { fieldOf, goToField, preflightQuery, type Check } from './preflight'
import { SendActions } from './send_actions'
import type { DraftDesk } from './use_draft'

/** One list of what was looked at, worst first, each with the way to put it right; below it the way out. */
export function ReviewDrawer({
  campaign,
  desk,
  opened,
  onClose,
  ...actions
}: Actions & {
  campaign: Campaign
  desk: DraftDesk
  opened: boolean
  onClose: () => void
}) {
  const t = useTranslations('campaigns.review')
  return (
    <Drawer opened={opened} onClose={onClose} size="lg" title={<Text fw={650}>{t('title')}</Text>}>
      {opened && <Review campaign={campaign} desk={desk} {...actions} />}
    </Drawer>
  )
}

interface Actions {
  /** Something is put right, in the letter of this language where there are several. */
  onFix: (language?: string) => void
  onTest: () => void
}

function Review({ campaign, desk, onFix, onTest }: Actions & { campaign: Campaign; desk: DraftDesk }) {
  const t = useTranslations('campaigns.review')
  const count = useTranslations('campaigns.count')
  const { save, version, state } = desk
  useEffect(() => void save(), [save])
  const review = useQuery({ ...preflightQuery(campaign.id, version), staleTime: 0 })
  if (review.isError) return <ErrorPanel error={review.error} retry={review.refetch} />
  if (!review.data) return <Waiting />
  const { checks, audience } = review.data
  const fix = (check: Check) => {
    if (check.id === 'test') return onTest()
    onFix(check.language)
    // The drawer hands the focus back when it is gone; after that it is ours to place.
    setTimeout(() => goToField(fieldOf(check) ?? ''), 350)
  }
  return (
    <>
      <Verdict checks={checks} />
      <Checks checks={checks} fix={fix} />
      <Group justify="space-between" my="md">
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconRefresh size={16} aria-hidden />}
          onClick={() => void review.refetch()}
          loading={review.isFetching}
        >
          {t('again')}
        </Button>
        {state !== 'saved' && (
          <Text size="sm" c="dimmed" role="status">
            {t('saveFirst')}
          </Text>
        )}
      </Group>
      <Section title={t('audience')}>
        <Text fw={600}>{count('title', { mailable: audience.mailable })}</Text>
        <Text size="sm">
          {count('of', { candidates: audience.candidates, excluded: audience.candidates - audience.mailable })}
        </Text>
        <Text size="sm" component="div">
          <AudienceReasons excluded={audience.excluded} />
        </Text>
      </Section>
      <SendActions campaign={campaign} desk={desk} review={review.data} />
    </>
  )
}

function Verdict({ checks }: { checks: Check[] }) {
  const t = useTranslations('campaigns.review')
  const blocks = checks.filter(({ level }) => level === 'block').length
  const warnings = checks.filter(({ level }) => level === 'warn').length
  if (blocks > 0)
    return (
      <Alert
        color="red"
        icon={<IconCircleX aria-hidden />}
        title={t('blocked', { count: blocks })}
        mb="md"
        role="status"
      />
    )
  if (warnings > 0)
    return (
      <Alert
        color="yellow"
        icon={<IconAlertTriangle aria-hidden />}
        title={t('readyWarn', { count: warnings })}
        mb="md"
        role="status"
      />
    )
  return <Alert color="green" icon={<IconCheck aria-hidden />} title={t('ready')} mb="md" role="status" />
}

function Checks({ checks, fix }: { checks: Check[]; fix: (check: Check) => void }) {
  const t = useTranslations('campaigns.review')
  const [isOpen, fine] = useDisclosure()
  const [worth, ok] = [checks.filter(({ level }) => level !== 'ok'), checks.filter(({ level }) => level === 'ok')]
  return (
    <Box>
      <ul className={classes.checks}>
        {worth.map((check) => (
          <CheckLine key={`${check.id} ${check.language}`} check={check} fix={fix} />
        ))}
      </ul>
      <UnstyledButton onClick={fine.toggle} aria-expanded={isOpen} py={8} fz="sm" c="var(--mantine-color-anchor)">
        {t('fine', { count: ok.length })} · {t(isOpen ? 'hide' : 'show')}
      </UnstyledButton>
      <Collapse expanded={isOpen}>
        <ul className={classes.checks}>
          {ok.map((check) => (
            <CheckLine key={check.id} check={check} />
          ))}
        </ul>
      </Collapse>
    </Box>
  )
}
