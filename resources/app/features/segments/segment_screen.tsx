import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { api } from '~/api'
import { ErrorPanel, Page, Waiting } from '~/ui'
import { emptyGroup, newCondition, type Rule } from './rule'
import { SegmentEditor } from './segment_editor'

/** A segment that exists. */
export function SegmentScreen() {
  const t = useTranslations('segments')
  const { id } = useParams({ from: '/w/$workspaceId/segments/$id' })
  const segment = useQuery(api.segments.show.queryOptions({ params: { id } }))
  if (segment.data) return <SegmentEditor key={id} segment={{ ...segment.data, rule: segment.data.rule as Rule }} />
  return (
    <Page title={t('one')}>
      {segment.isError ? <ErrorPanel error={segment.error} retry={segment.refetch} /> : <Waiting />}
    </Page>
  )
}

/** A segment that does not exist yet, with a first condition to fill in. */
export function NewSegmentScreen() {
  return <SegmentEditor segment={null} begin={emptyGroup('all', [{ ...newCondition(), isFresh: false }])} />
}
