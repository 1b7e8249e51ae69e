import db from '@adonisjs/lucid/services/db'
import { appUrl } from '#config/app'
import { setEnvironment } from './environment.ts'
import { providerCampaign } from './provider_campaign.ts'
import { sesStandIn, type SesTrouble } from './ses_stand_in.ts'

export const SES_CREDENTIALS = {
  access_key_id: 'AKIABLUEDOORBAKERY00',
  secret_access_key: 'a secret of the bakery, forty characters',
  region: 'eu-west-1',
  configuration_set: 'bakery',
}

/** Amazon SES, as the product reaches it in this test. */
export async function sesInPlace(options: Parameters<typeof sesStandIn>[0] = {}) {
  const ses = await sesStandIn(options)
  setEnvironment({ SES_BASE_URL: ses.url })
  return ses
}

/** A campaign that waits in a workspace whose mail leaves by SES. */
export async function sesCampaign({
  troubles = [],
  ...wish
}: {
  client: any
  people?: number
  troubles?: SesTrouble[]
}) {
  const ses = await sesInPlace()
  const story = await providerCampaign({ ...wish, account: { kind: 'ses', credentials: SES_CREDENTIALS } })
  ses.trouble(...troubles)
  const { webhook_key: key, account } = await db
    .from('provider_accounts')
    .where({ workspace_id: story.workspace.id })
    .first()
  return {
    ...story,
    ses,
    key,
    account,
    shown: async () =>
      (await wish.client.get(`/api/v1/providers/${story.provider.id}`).bearerToken(story.token)).body(),
    /** As SNS posts: JSON that says it is text. */
    post: (message: object, webhookKey = key) =>
      fetch(`${appUrl}/webhooks/ses/${webhookKey}`, {
        method: 'POST',
        headers: { 'content-type': 'text/plain; charset=UTF-8' },
        body: JSON.stringify(message),
      }),
    mailOf: (no: number) => ses.mails.find(({ tags }) => tags.m === String(story.ids[no]))!,
  }
}
