import { useTranslations } from 'use-intl'
import { Page } from '~/ui'

export function OverviewScreen() {
  const t = useTranslations('overview')
  return <Page title={t('title')}>{null}</Page>
}
