import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useRef, type RefObject } from 'react'
import { useTranslations } from 'use-intl'
import { useMay, useWorkspace } from '~/shell/me'
import { addressOf } from '~/shell/navigation'
import { ErrorPanel, Page, Waiting } from '~/ui'
import { campaignQuery, campaignRoute, isEditable, type Campaign } from './campaign'

const Editor = lazy(() => import('./editor').then((file) => ({ default: file.Editor })))
const SendingView = lazy(() => import('./sending_view').then((file) => ({ default: file.SendingView })))

/** One campaign: a desk to write at while it is a draft, a window to watch from while it leaves. */
export function CampaignScreen() {
  const t = useTranslations('campaigns')
  const { id: workspaceId } = useWorkspace()
  const { id } = useParams({ from: campaignRoute })
  const mayWrite = useMay()('campaigns:write')
  const campaign = useQuery(campaignQuery(id))
  const crumbs = [{ label: t('title'), to: addressOf(workspaceId, 'campaigns') }]
  const wait = (
    <Page title={campaign.data?.name ?? t('title')} crumbs={crumbs}>
      {campaign.isError ? <ErrorPanel error={campaign.error} retry={campaign.refetch} /> : <Waiting rows={10} />}
    </Page>
  )
  const wasDesk = useRef<boolean>(undefined)
  if (!campaign.data) return wait
  const seen = campaign.data as Campaign
  const isDesk = isEditable(seen)
  return (
    <Suspense fallback={wait}>
      {isDesk ? (
        <Editor key={id} campaign={seen} crumbs={crumbs} mayWrite={mayWrite} />
      ) : (
        <SendingView campaign={seen} crumbs={crumbs} />
      )}
      <FocusOnTurn isDesk={isDesk} wasDesk={wasDesk} />
    </Suspense>
  )
}

/** From the desk to the window and back the button that was pressed is gone: the focus goes to the heading, as on a new page. */
function FocusOnTurn({ isDesk, wasDesk }: { isDesk: boolean; wasDesk: RefObject<boolean | undefined> }) {
  useEffect(() => {
    const hasTurned = wasDesk.current !== undefined && wasDesk.current !== isDesk
    wasDesk.current = isDesk
    if (!hasTurned) return
    const timer = setTimeout(() => document.querySelector<HTMLElement>('[data-page-title]')?.focus(), 50)
    return () => clearTimeout(timer)
  }, [isDesk, wasDesk])
  return null
}
