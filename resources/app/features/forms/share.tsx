import { Text } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { Counter, Percent } from '~/ui'
import type { SignUps } from './form'

/** How many confirmed, of those who were asked; who still can is neither a yes nor a no. */
export function Share({ signUps: { asked, confirmed, waiting, agreed } }: { signUps: SignUps }) {
  const t = useTranslations('forms.list')
  return (
    <>
      <Counter value={confirmed} />
      {asked > 0 && (
        <>
          {' · '}
          <Percent part={confirmed} of={asked} digits={0} />
        </>
      )}
      {waiting > 0 && (
        <Text size="xs" c="dimmed">
          {t('waiting', { count: waiting })}
        </Text>
      )}
      {agreed > 0 && (
        <Text size="xs" c="dimmed">
          {t('agreed', { count: agreed })}
        </Text>
      )}
    </>
  )
}
