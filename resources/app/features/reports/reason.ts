import { useTranslations } from 'use-intl'

/** A reason's sentence; one that we do not know by name is shown as the provider put it. */
export function useReason() {
  const t = useTranslations('reports.reasons')
  return (reason: string) => (t.has(reason as 'none') ? t(reason as 'none') : reason.replaceAll('_', ' '))
}
