import { useTranslations } from 'use-intl'
import { later, Page } from '~/ui'
import { MeasuringPolicy } from './measuring_policy'

const RetentionSection = later(() => import('./retention_section'), 'RetentionSection', 8)

/** Whose opens and clicks are noted, and how long what is known of people is kept. */
export function PrivacySettings() {
  const t = useTranslations('settings')
  return (
    <Page title={t('parts.privacy')} lead={t('privacy.lead')}>
      <MeasuringPolicy />
      <RetentionSection />
    </Page>
  )
}
