import { Text } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { LinkAnchor } from '~/ui'

/** Where a topic is to be chosen and there is none yet: says so, and leads to the making of one. */
export function NoTopics() {
  const t = useTranslations('topics')
  const { workspaceId = '' } = useParams({ strict: false })
  return (
    <Text size="sm">
      {t('none')}{' '}
      <LinkAnchor
        underline="always"
        to="/w/$workspaceId/topics"
        params={{ workspaceId }}
        search={{ new: '1' }}
        size="sm"
      >
        {t('makeOne')}
      </LinkAnchor>
    </Text>
  )
}
