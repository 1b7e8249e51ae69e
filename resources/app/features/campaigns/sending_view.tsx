import { Group, Progress as Bar, Text } from '@mantine/core'
import { useFormatter, useTranslations } from 'use-intl'
import { useWorkspace } from '~/shell/me'
import { addressOf } from '~/shell/navigation'
import { DateTime, later, LinkButton, Page, Section, Stat, useSearchState, type Crumb } from '~/ui'
import { Brakes } from './brakes'
import { campaignRoute, isOpen, isStopped, stopOf, type Campaign, type Progress } from './campaign'
import { CampaignBadge } from './campaign_badge'
import { CampaignMenu } from './campaign_menu'
import classes from './editor.module.css'
import { SendingPlan } from './sending_plan'
import { SendingState } from './sending_state'

/** A desk of its own, fetched when a letter is changed on its way. */
const Revise = later(() => import('./revise'), 'Revise', 0)

const numbers = [
  'candidates',
  'excluded',
  'queued',
  'sending',
  'accepted',
  'delivered',
  'bounced',
  'complained',
  'withheld',
  'failed',
  'unconfirmed',
  'cancelled',
] as const
/** Shown even while nobody stands there; who waits only until everybody is settled. */
const always = new Set<string>(['candidates', 'excluded', 'accepted', 'delivered', 'bounced'])
const onTheWay = new Set<string>(['queued', 'sending'])

/** From the moment it leaves: how far it is, person by person counted, by itself; and the brakes. */
export function SendingView({ campaign, crumbs }: { campaign: Campaign; crumbs: Crumb[] }) {
  const t = useTranslations('campaigns.live')
  const { id: workspaceId } = useWorkspace()
  const { progress } = campaign
  const [search, setSearch] = useSearchState(campaignRoute)
  if (search.step === 'revise' && progress) {
    const leave = () => setSearch({ step: undefined })
    return <Revise campaign={campaign} progress={progress} crumbs={crumbs} onClose={leave} />
  }
  return (
    <Page
      title={campaign.name}
      badge={<CampaignBadge status={campaign.status} />}
      crumbs={crumbs}
      lead={
        <>
          {campaign.subject} · <DateTime value={campaign.send_started_at} zone />
        </>
      }
      actions={
        <>
          <LinkButton to={addressOf(workspaceId, `campaigns/${campaign.id}/report`)}>{t('report')}</LinkButton>
          <LinkButton
            variant="default"
            visibleFrom="xs"
            to={addressOf(workspaceId, `campaigns/${campaign.id}/report`)}
            search={{ tab: 'receipt' } as never}
          >
            {t('receipt')}
          </LinkButton>
          <CampaignMenu campaign={campaign} />
        </>
      }
    >
      <SendingState campaign={campaign} />
      {progress && (
        <Section
          title={t('title')}
          actions={hasOwnButtons(campaign) ? null : <Brakes campaign={campaign} progress={progress} />}
        >
          <HowFar progress={progress} />
          <div className={classes.numbers}>
            {numbers
              .filter((name) => always.has(name) || progress[name] > 0 || (isOpen(campaign) && onTheWay.has(name)))
              .map((name) => (
                <Stat key={name} label={t(`count.${name}`)} definition={t(`means.${name}`)} value={progress[name]} />
              ))}
          </div>
        </Section>
      )}
      <SendingPlan campaign={campaign} />
    </Page>
  )
}

/** While it can be taken back, and where it asks, the buttons stand with the words above. */
const hasOwnButtons = (campaign: Campaign) =>
  Boolean(campaign.progress?.starts_at) || (isStopped(campaign) && stopOf(campaign).question !== undefined)

function HowFar({ progress }: { progress: Progress }) {
  const t = useTranslations('campaigns.live')
  const format = useFormatter()
  const all = progress.candidates - progress.excluded
  const done = all - progress.queued - progress.sending
  const share = all > 0 ? done / all : 1
  const part = (n: number) => (all > 0 ? (n / all) * 100 : 0)
  const settled = t('of', { done, all })
  return (
    <>
      <Group justify="space-between" align="baseline" mb={6}>
        <Text fz="2rem" fw={650} lh={1.2} className="tabular">
          {/* cut off, not rounded: 100 % is everybody */}
          {format.number(share, {
            style: 'percent',
            maximumFractionDigits: share < 1 && share > 0.99 ? 1 : 0,
            roundingMode: 'trunc',
          })}
        </Text>
        <Text size="sm" c="dimmed" className="tabular">
          {settled}
        </Text>
      </Group>
      <Bar.Root size={18} mb="lg" aria-label={settled}>
        <Bar.Section value={part(progress.accepted)} aria-label={t('count.accepted')} color="door" />
        <Bar.Section
          value={part(progress.withheld + progress.cancelled)}
          aria-label={t('count.withheld')}
          color="yellow.6"
        />
        <Bar.Section
          value={part(progress.failed + progress.unconfirmed)}
          aria-label={t('count.failed')}
          color="red.7"
        />
        <Bar.Section value={part(progress.sending)} aria-label={t('count.sending')} color="door.3" striped animated />
      </Bar.Root>
    </>
  )
}
