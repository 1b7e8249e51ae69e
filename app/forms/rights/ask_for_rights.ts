import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { appUrl } from '#config/app'
import { Contact, LINK_DAYS, requestByLink } from '#contacts'
import { acceptMessages } from '#delivery'
import { Workspace } from '#identity'
import { readLeave } from '#tracking'
import { theReader, type Circumstances } from '../circumstances.ts'
import { recordOf, takenReader, type KnownReader } from '../reader_of_token.ts'
import type { Words } from '../reader_words.ts'
import { rightsToken } from './rights_link.ts'

/** What a reader can ask for by themselves (GDPR art. 15 and 20, 17). */
export type AskedRight = 'access' | 'erasure'

/**
 * A reader wants their data, or to be deleted. Their link may have been forwarded, so nothing is given and nothing deleted for
 * it: a mail to the address that they have today says who asked for what, and the link in that one does it. Who was deleted and
 * not erased can ask, too: what is kept of them is theirs.
 *
 * @returns the reader, whether or not a mail leaves now; null when there is nobody
 */
export async function askForRights({
  token,
  right,
  words,
  circumstances,
}: {
  token: string
  right: AskedRight
  words: Words
  circumstances: Circumstances
}): Promise<KnownReader | null> {
  const named = readLeave(token)
  if (!named) return null
  return db.transaction(async (trx) => {
    const reader = await takenReader(named, trx)
    const record = reader && recordOf(reader)
    if (!record) return null
    const { workspaceId } = reader
    const contact = await Contact.query({ client: trx }).where({ workspaceId, id: record.id }).firstOrFail()
    const actor = theReader(reader, circumstances)
    const request = await requestByLink({ workspaceId, contact, kind: right, actor, trx })
    if (request) await mail({ reader, right, requestId: request.id, words, trx })
    return reader
  })
}

/** Nothing in it is anybody's own words, so that it carries nothing of whoever pressed the button. */
async function mail({
  reader,
  right,
  requestId,
  words: { t, language },
  trx,
}: {
  reader: KnownReader
  right: AskedRight
  requestId: number
  words: Words
  trx: TransactionClientContract
}) {
  const { workspaceId, person } = reader
  const { email } = recordOf(reader)!
  const workspace = await Workspace.query({ client: trx }).where('id', workspaceId).firstOrFail()
  const facts = { workspace: workspace.name, days: LINK_DAYS }
  const sender = [workspace.name, ...(workspace.postalAddress ?? '').split('\n')].filter(Boolean).join(', ')
  await acceptMessages(
    workspace,
    [
      {
        ...(person ? { contact_id: person.id } : {}),
        to: email,
        ...(workspace.defaultFromEmail ? {} : { from: await senderOf(reader, trx) }),
        subject: '{{ data.subject }}',
        content: { kind: 'markdown', source: SOURCE },
        data: {
          subject: t(`rights.${right}.subject`, facts),
          lead: t(`rights.${right}.lead`, facts),
          action: t(`rights.${right}.action`),
          token: rightsToken({ workspaceId, requestId }),
          language,
          note: t(`rights.${right}.note`, facts),
          sender,
        },
        locale: language,
        isByRight: true,
      },
    ],
    { isList: false, trx }
  )
}

/** The same for everybody, so that it is compiled once. */
const SOURCE = `{{ data.lead }}

**[{{ data.action }}](${appUrl}/r/{{ data.token }}?lang={{ data.language }})**

{{ data.note }}

{{ data.sender }}`

/** Who the campaign was from: the reader knows them. Reads `shipments` and `editions`, by SELECT only. */
async function senderOf({ workspaceId, campaignId }: KnownReader, trx: TransactionClientContract) {
  const { rows } = await trx.rawQuery(
    `select e.from_name as name, e.from_email as email from shipments s
     join editions e on e.workspace_id = s.workspace_id and e.id = s.edition_id
     where s.workspace_id = ? and s.campaign_id = ?`,
    [workspaceId, campaignId]
  )
  return rows[0] as { name: string; email: string }
}
