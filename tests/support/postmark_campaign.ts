import { appUrl } from '#config/app'
import { setEnvironment } from './environment.ts'
import { postmarkStandIn, type PostmarkTrouble } from './postmark_stand_in.ts'
import { providerCampaign } from './provider_campaign.ts'

/** Postmark, as the product reaches it in this test. */
export async function postmarkInPlace(options: Parameters<typeof postmarkStandIn>[0] = {}) {
  const server = await postmarkStandIn(options)
  setEnvironment({ POSTMARK_BASE_URL: server.url })
  return server
}

let servers = 0

/** A campaign that waits in a workspace whose mail leaves by Postmark. */
export async function postmarkCampaign({
  troubles = [],
  ...wish
}: {
  client: any
  people?: number
  troubles?: PostmarkTrouble[]
}) {
  const postmark = await postmarkInPlace()
  const credentials = { server_token: `bakery-token-${++servers}` }
  const story = await providerCampaign({ ...wish, account: { kind: 'postmark', credentials } })
  postmark.trouble(...troubles)
  return {
    ...story,
    postmark,
    mailTo: (no: number) => postmark.mails.find(({ To }) => To === `p${no}@people.test`)!,
    /** As Postmark posts to the webhook that it was given. */
    post(event: object, { password }: { password?: string } = {}) {
      const [{ Url, HttpAuth }] = postmark.webhooks
      const login = `${HttpAuth.Username}:${password ?? HttpAuth.Password}`
      return fetch(`${appUrl}${new URL(Url).pathname}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'authorization': `Basic ${Buffer.from(login).toString('base64')}`,
        },
        body: JSON.stringify(event),
      })
    },
  }
}
