import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { api } from '~/api'
import { useMay } from '~/shell/me'
import { addressOf } from '~/shell/navigation'
import { later, Page, useSearchState } from '~/ui'
import { ProofsSection } from './proofs_section'
import { RoundsSection } from './rounds_section'

const AskModal = later(() => import('./ask_modal'), 'AskModal', 0)
const SunsetSection = later(() => import('./sunset_section'), 'SunsetSection', 6)

/** Who is worth asking again, who was asked, and who is asked by the clock. */
export function AskingScreen() {
  const t = useTranslations('reconfirming')
  const { workspaceId } = useParams({ from: '/w/$workspaceId/topics/asking' })
  const [search, setSearch] = useSearchState('/w/$workspaceId/topics/asking')
  const mayAsk = useMay()('campaigns:write')
  const proofs = useQuery(api.reconfirmations.proofs.queryOptions())
  const asked = proofs.data?.data.find(({ topic_id: id }) => id === search.ask)
  return (
    <Page title={t('title')} lead={t('lead')} crumbs={[{ label: t('topics'), to: addressOf(workspaceId, 'topics') }]}>
      <ProofsSection proofs={proofs} onAsk={mayAsk ? (topicId) => setSearch({ ask: topicId }) : undefined} />
      <RoundsSection search={search} onSearch={setSearch} />
      <SunsetSection />
      {asked && mayAsk && <AskModal topic={asked} onClose={() => setSearch({ ask: undefined }, { replace: true })} />}
    </Page>
  )
}
