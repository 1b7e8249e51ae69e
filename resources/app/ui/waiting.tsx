import { Skeleton, Stack } from '@mantine/core'
import { useTranslations } from 'use-intl'

/** The shape of what is coming, on the first load only: later pages keep the one before until they are there. */
export function Waiting({ rows = 6 }: { rows?: number }) {
  const t = useTranslations('common')
  return (
    <Stack className="raised" p="md" gap="md" role="status" aria-label={t('loading')}>
      {Array.from({ length: rows }, (_, i) => (
        <Skeleton key={i} height={22} radius="sm" width={`${92 - ((i * 17) % 38)}%`} />
      ))}
    </Stack>
  )
}
