import { closeDueReconfirmations } from '#campaigns'
import { castOfWeakProof, questionsSent, timeIsOver } from './asking.ts'
import { letTheWorkerWork } from './worker.ts'

export type Cast = Awaited<ReturnType<typeof castOfWeakProof>>

/** The question is drafted through the door and sent; its mails wait in the Outbox. */
export async function asked(client: any, more: object = {}) {
  const cast = await castOfWeakProof(client)
  const made = await cast.api.post('/reconfirmations', { topic_id: String(cast.topic.id), silence: 'keep', ...more })
  made.assertStatus(201)
  const { id, campaign_id: campaignId } = made.body()
  ;(await cast.api.post(`/campaigns/${campaignId}/send`)).assertStatus(202)
  const mails = await questionsSent(cast.workspace)
  await letTheWorkerWork(cast.workspace)
  const mailTo = (name: string) => mails.find(({ to }) => to.includes(`${name}@`))!
  const account = async () => (await cast.api.get(`/reconfirmations/${id}`)).body()
  return { ...cast, id: id as string, campaignId: campaignId as string, mails, mailTo, account }
}

/** Its time for answers is over. */
export const close = async ({ workspace, id }: { workspace: Cast['workspace']; id: string }) => {
  await timeIsOver(id)
  await closeDueReconfirmations({ workspaceId: workspace.id })
}

/** Where somebody stands, and how they got there. */
export const stands = async ({ api }: Cast, contactId: number) =>
  (await api.get(`/contacts/${contactId}/consents`)).body()
