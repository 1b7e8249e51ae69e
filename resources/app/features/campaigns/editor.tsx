import { Alert, Box, Button, Group } from '@mantine/core'
import { IconAlertTriangle, IconClock, IconMailForward, IconSend } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useMay, useWorkspace } from '~/shell/me'
import { addressOf } from '~/shell/navigation'
import { DateTime, later, LinkButton, onDemand, Page, useSearchState, type Crumb } from '~/ui'
import { useSaveKey } from '~/ui/save_key'
import { AudienceSection } from './audience_section'
import { campaignRoute, type Campaign } from './campaign'
import { CampaignBadge } from './campaign_badge'
import { CampaignMenu } from './campaign_menu'
import { ContentSection } from './content_section'
import classes from './editor.module.css'
import { inLanguage } from './in_language'
import { OfCalendar } from './of_calendar'
import { Preview } from './preview'
import { SaveStateLine } from './save_state'
import { SenderSection } from './sender_section'
import { SubjectSection } from './subject_section'
import { TrackingSection } from './tracking_section'
import { useDraft } from './use_draft'
import { Spoken, spokenIn } from './use_preview'

const ConflictModal = onDemand(() => import('./conflict_modal'), 'ConflictModal')
const LetterLanguages = later(() => import('./letter_languages'), 'LetterLanguages', 0)
const ReviewDrawer = onDemand(() => import('./review_drawer'), 'ReviewDrawer')
const TestModal = onDemand(() => import('./test_modal'), 'TestModal')

/** The desk: what is written on the left, what readers get on the right; everything is saved by itself. */
export function Editor({ campaign, crumbs, mayWrite }: { campaign: Campaign; crumbs: Crumb[]; mayWrite: boolean }) {
  const t = useTranslations('campaigns.editor')
  const { id: workspaceId } = useWorkspace()
  const navigate = useNavigate()
  const may = useMay()
  const [search, setSearch] = useSearchState(campaignRoute)
  const [isTesting, setTesting] = useState(false)
  const desk = useDraft(campaign)
  useSaveKey(desk.save)
  const letter = inLanguage(desk, search.lang ?? null)
  return (
    <Spoken.Provider value={spokenIn(campaign, search)}>
      <Page
        title={desk.values.name || campaign.name}
        badge={<CampaignBadge status={campaign.status} />}
        crumbs={crumbs}
        width="96rem"
        lead={<SaveStateLine desk={desk} />}
        actions={
          <>
            {mayWrite && (
              <Button
                variant="default"
                leftSection={<IconMailForward size={18} aria-hidden />}
                onClick={() => setTesting(true)}
              >
                {t('test')}
              </Button>
            )}
            {campaign.is_model && (
              <LinkButton to={addressOf(workspaceId, `campaigns/recurring/${campaign.recurring_id}`)}>
                {t('calendar')}
              </LinkButton>
            )}
            {!campaign.is_model && may('campaigns:read') && (
              <Button leftSection={<IconSend size={18} aria-hidden />} onClick={() => setSearch({ step: 'review' })}>
                {t('review')}
              </Button>
            )}
            {!campaign.is_model && (
              <CampaignMenu
                campaign={campaign}
                onDeleted={() => void navigate({ to: addressOf(workspaceId, 'campaigns') })}
              />
            )}
          </>
        }
      >
        <OfCalendar campaign={campaign} />
        <Notices campaign={campaign} wasRecovered={desk.wasRecovered} mayWrite={mayWrite} />
        <Box className={classes.desk}>
          <Box component="fieldset" className={classes.writing} disabled={!mayWrite}>
            <AudienceSection desk={desk} campaignId={campaign.id} />
            {campaign.language && <LetterLanguages campaign={campaign} version={desk.version} />}
            <SubjectSection desk={letter} campaignId={campaign.id} />
            <ContentSection desk={letter} campaignId={campaign.id} />
            <SenderSection desk={desk} />
            <TrackingSection desk={desk} />
          </Box>
          <Preview campaignId={campaign.id} desk={desk} />
        </Box>
        <ConflictModal desk={desk} opened={desk.conflict !== null} />
        <TestModal campaign={campaign} desk={desk} opened={isTesting} onClose={() => setTesting(false)} />
        <ReviewDrawer
          campaign={campaign}
          desk={desk}
          opened={search.step === 'review' && !campaign.is_model}
          onClose={() => setSearch({ step: undefined }, { replace: true })}
          onFix={(language) => setSearch({ step: undefined, lang: language }, { replace: true })}
          onTest={() => {
            setSearch({ step: undefined }, { replace: true })
            setTesting(true)
          }}
        />
      </Page>
    </Spoken.Provider>
  )
}

function Notices({
  campaign,
  wasRecovered,
  mayWrite,
}: {
  campaign: Campaign
  wasRecovered: boolean
  mayWrite: boolean
}) {
  const t = useTranslations('campaigns.editor')
  return (
    <Group gap="sm" mb={campaign.notice || campaign.scheduled_at || wasRecovered || !mayWrite ? 'md' : 0} grow>
      {campaign.notice && (
        <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />}>
          {campaign.notice}
        </Alert>
      )}
      {campaign.scheduled_at && (
        <Alert icon={<IconClock aria-hidden />}>
          {t.rich(campaign.timing.local_time ? 'scheduledLocal' : 'scheduledFor', {
            time: campaign.timing.local_time?.slice(11) ?? '',
            when: () => <DateTime value={campaign.scheduled_at} zone />,
          })}
        </Alert>
      )}
      {wasRecovered && <Alert role="status">{t('recovered')}</Alert>}
      {!mayWrite && <Alert>{t('readOnly')}</Alert>}
    </Group>
  )
}
