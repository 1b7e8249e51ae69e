import { Text } from '@mantine/core'
import { useTranslations } from 'use-intl'

/** Rows that cannot be read as a person, and say no: the one thing that counts of them. */
export function RejectedNoes({ count, mt }: { count: number; mt: string | number }) {
  const t = useTranslations('imports')
  if (count === 0) return null
  return (
    <Text size="sm" mt={mt} data-count="invalid_said_no">
      {t('rejectedNoes', { count })}
    </Text>
  )
}
