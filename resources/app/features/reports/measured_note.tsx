import { Text } from '@mantine/core'
import { useTranslations } from 'use-intl'

/** Some people's mails carry nothing that could be counted: what the rates of opens and clicks are counted of. */
export function MeasuredNote({ measured, accepted }: { measured: number; accepted: number }) {
  const t = useTranslations('measuring')
  return (
    <Text size="sm" mb="lg" maw="60rem">
      {t('report', { measured, accepted })}
    </Text>
  )
}
