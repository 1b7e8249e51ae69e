import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleX,
  IconClick,
  IconClockPause,
  IconFileImport,
  IconMailOpened,
  IconPencil,
  IconRobot,
  IconSend,
  type Icon,
} from '@tabler/icons-react'
import { useTranslations } from 'use-intl'

/** As GET /contacts/:id/timeline answers (app/reporting/contact_timeline.ts). */
export interface Fact {
  id: string
  at: string
  kind: 'consent' | 'mail' | 'auto_reply' | 'open' | 'click' | 'unsubscribed' | 'import' | 'change'
  details: Record<string, any>
}

type Tone = 'good' | 'bad' | 'busy' | 'neutral'

export function signOf({ kind, details }: Fact): { icon: Icon; tone: Tone } {
  switch (kind) {
    case 'consent':
      if (details.action === 'withdraw') return { icon: IconCircleX, tone: 'bad' }
      return details.action === 'request'
        ? { icon: IconClockPause, tone: 'busy' }
        : { icon: IconCircleCheck, tone: 'good' }
    case 'mail':
      return ['bounced', 'complained', 'failed'].includes(details.state)
        ? { icon: IconAlertTriangle, tone: 'bad' }
        : { icon: IconSend, tone: 'busy' }
    case 'open':
      return details.verdict === 'machine'
        ? { icon: IconRobot, tone: 'neutral' }
        : { icon: IconMailOpened, tone: 'good' }
    case 'click':
      return details.verdict === 'machine' ? { icon: IconRobot, tone: 'neutral' } : { icon: IconClick, tone: 'good' }
    case 'auto_reply':
      return { icon: IconRobot, tone: 'neutral' }
    case 'unsubscribed':
      return { icon: IconCircleX, tone: 'bad' }
    case 'import':
      return { icon: IconFileImport, tone: 'neutral' }
    default:
      return { icon: IconPencil, tone: 'neutral' }
  }
}

/** Of app/tracking/verdict.ts. */
const rules = [
  'burst',
  'too_fast',
  'method',
  'prefetch',
  'no_user_agent',
  'scanner',
  'scanner_referrer',
  'apple_privacy',
] as const

const states = [
  'queued',
  'sending',
  'accepted',
  'delivered',
  'bounced',
  'complained',
  'failed',
  'withheld',
  'unconfirmed',
  'cancelled',
] as const
const verdicts = ['human', 'machine', 'unsure'] as const
const changes = [
  'created',
  'updated',
  'deleted',
  'restored',
  'merged',
  'exported',
  'restricted',
  'restriction_lifted',
  'erased',
] as const

/** A fact as a sentence, and what there is to add. */
export function useTelling() {
  const t = useTranslations('contacts.timeline')
  const all = useTranslations('contacts')
  const oneOf = <T extends string>(known: readonly T[], word: unknown): T | null =>
    known.find((one) => one === word) ?? null
  const campaignOf = ({ campaign, service }: Fact['details']) =>
    campaign ?? (service ? t('serviceMail') : t('aCampaign'))

  return ({ kind, details }: Fact): { title: string; more: string[] } => {
    switch (kind) {
      case 'consent': {
        const action = oneOf(['grant', 'request', 'confirm', 'withdraw'] as const, details.action) ?? 'grant'
        const basis = action === 'withdraw' ? '' : all(`basis.${details.basis as 'unknown'}.name`)
        return {
          title:
            details.channel === 'tracking'
              ? t(action === 'withdraw' ? 'opensAndClicks.withdraw' : 'opensAndClicks.grant')
              : t(`consent.${action}`, { topic: details.topic ?? t('aTopic') }),
          more: [
            details.statement ? `“${details.statement}”` : '',
            [basis, details.source, details.reason].filter(Boolean).join(' · '),
            details.by ? t('by', { name: details.by }) : '',
          ],
        }
      }
      case 'mail': {
        const state = oneOf(states, details.state)
        return {
          title: state ? t(`mail.${state}`, { campaign: campaignOf(details) }) : campaignOf(details),
          more: [
            details.subject ? `“${details.subject}”` : '',
            details.note ?? (details.reason ? String(details.reason).replaceAll('_', ' ') : ''),
          ],
        }
      }
      case 'open':
      case 'click': {
        const verdict = oneOf(verdicts, details.verdict) ?? 'unsure'
        const rule = oneOf(rules, details.rule)
        return {
          title: t(`${kind}.${verdict}`, { campaign: campaignOf(details) }),
          more: [
            details.url ?? '',
            verdict === 'machine' && details.rule
              ? t('because', { rule: rule ? t(`rules.${rule}`) : String(details.rule).replaceAll('_', ' ') })
              : '',
          ],
        }
      }
      case 'auto_reply':
        return { title: t('autoReply', { campaign: campaignOf(details) }), more: [] }
      case 'unsubscribed':
        return { title: t('unsubscribed', { campaign: campaignOf(details) }), more: [] }
      case 'import':
        return {
          title: t(details.outcome === 'new' ? 'import.new' : 'import.changed', { file: details.file_name }),
          more: [t('import.line', { line: details.line })],
        }
      default: {
        const action = oneOf(changes, String(details.action).replace('contact.', ''))
        const changed: string[] = details.details?.changed ?? []
        return {
          title: action
            ? t(`change.${action}`)
            : t('change.other', { action: String(details.action).replaceAll(/[._]/g, ' ') }),
          more: [
            changed.length ? changed.map((name) => name.replaceAll('_', ' ')).join(', ') : '',
            details.by ? t('by', { name: details.by }) : '',
          ],
        }
      }
    }
  }
}
