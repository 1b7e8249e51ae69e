import { Alert, Box, Button, List, Text, TextInput } from '@mantine/core'
import { IconMailForward } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api } from '~/api'
import { ConfirmModal, FormProblem, later, Page, Section, UnsavedGuard, useSearchState, type Crumb } from '~/ui'
import { campaignRoute, type Campaign, type Progress } from './campaign'
import { CampaignBadge } from './campaign_badge'
import { ContentSection } from './content_section'
import classes from './editor.module.css'
import { inLanguage } from './in_language'
import { useLanguageName } from './language_name'
import { Preview } from './preview'
import { SubjectSection } from './subject_section'
import { Changes, Spoken, spokenIn } from './use_preview'
import { useRevision } from './use_revision'

const LetterLanguages = later(() => import('./letter_languages'), 'LetterLanguages', 0)

/** Stop, mend, go on: another letter for those who still wait. Who got which stands above it. */
export function Revise({
  campaign,
  progress,
  crumbs,
  onClose,
}: {
  campaign: Campaign
  progress: Progress
  crumbs: Crumb[]
  onClose: () => void
}) {
  const t = useTranslations('campaigns.revise')
  const [isAsking, ask] = useState(false)
  const { desk, changes, hasChanges, problem, isBusy, give } = useRevision(campaign, onClose)
  const waiting = progress.queued
  const got = progress.accepted
  const [search] = useSearchState(campaignRoute)
  const letter = inLanguage(desk, search.lang ?? null)
  return (
    <Changes.Provider value={changes}>
      <Spoken.Provider value={spokenIn(campaign, search)}>
        <Page
          title={t('title')}
          badge={<CampaignBadge status={campaign.status} />}
          crumbs={[...crumbs, { label: campaign.name, to: '.' }]}
          width="96rem"
          lead={t('lead', { waiting })}
          actions={
            <>
              <Button variant="default" onClick={onClose}>
                {t('back')}
              </Button>
              <Button
                leftSection={<IconMailForward size={18} aria-hidden />}
                disabled={!hasChanges || waiting === 0 || campaign.status !== 'paused'}
                onClick={() => ask(true)}
              >
                {t('confirm', { waiting })}
              </Button>
            </>
          }
        >
          {campaign.status !== 'paused' && (
            <Alert color="yellow" mb="md" role="alert">
              {t('moved')}
            </Alert>
          )}
          <FormProblem problem={problem} />
          <Letters id={campaign.id} />
          <Box className={classes.desk}>
            <Box className={classes.writing}>
              {campaign.language && <LetterLanguages campaign={campaign} version={desk.version} />}
              <SubjectSection desk={letter} campaignId={campaign.id} />
              <ContentSection desk={letter} campaignId={campaign.id} />
              <Section title={t('replyTo')}>
                <TextInput
                  id="field-reply_to"
                  type="email"
                  aria-label={t('replyTo')}
                  placeholder={campaign.from.email}
                  value={desk.values.reply_to ?? ''}
                  onChange={(event) => desk.set({ reply_to: event.currentTarget.value || null })}
                  maxLength={254}
                  error={desk.errors.reply_to}
                />
              </Section>
            </Box>
            <Preview campaignId={campaign.id} desk={desk} />
          </Box>
          <ConfirmModal
            opened={isAsking}
            onClose={() => ask(false)}
            onConfirm={() => {
              ask(false)
              give()
            }}
            busy={isBusy}
            title={t('askTitle', { waiting })}
            confirmLabel={t('confirm', { waiting })}
          >
            {t('ask', { waiting, got })}
          </ConfirmModal>
          <UnsavedGuard when={hasChanges && !isBusy} />
        </Page>
      </Spoken.Provider>
    </Changes.Provider>
  )
}

/** Which letters there are, and how many got each. */
function Letters({ id }: { id: string }) {
  const t = useTranslations('campaigns.revise')
  const receipt = useQuery(api.campaigns.receipt.queryOptions({ params: { id } }))
  const nameOf = useLanguageName()
  if (!receipt.data) return null
  const { letters } = receipt.data
  const isInSeveral = new Set(letters.map(({ language }) => language)).size > 1
  return (
    <Section title={t('before')}>
      <List listStyleType="none" spacing={4}>
        {letters.map(({ no, subject, language, people }) => (
          <List.Item key={no}>
            <Text size="sm" className="break">
              {t('letter', { no })}: <strong>{subject}</strong> {isInSeveral && `· ${nameOf(language)} `}·{' '}
              {t('got', { people })}
            </Text>
          </List.Item>
        ))}
      </List>
    </Section>
  )
}
