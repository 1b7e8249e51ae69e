import db from '@adonisjs/lucid/services/db'
import { audit, type Actor } from '#identity'
import { touch } from '#platform'
import { DomainKnown, InvalidDomain, TooManyDomains } from '../errors.ts'
import { SendingDomain } from '../models/sending_domain.ts'
import { addAtResend, resendOf, type Region, type Told } from './at_resend.ts'
import { requestCheck } from './check_domain.ts'
import { domainName } from './domain_name.ts'

const MOST = 50

export interface DomainWish {
  workspaceId: number
  domain: string
  region?: Region
  /** Where bounces return to; the provider's, else the domain itself. */
  returnPath?: string
  dkimSelectors?: string[]
  replyToDomain?: string | null
  actor: Actor
}

/**
 * Watches a domain from now on. Where Resend is connected it is added there, or found there; where its key may only send,
 * or mail leaves by another way, only the DNS is watched, and a note says so. The first look follows at once.
 *
 * @throws InvalidDomain, DomainKnown, TooManyDomains
 */
export async function addDomain({ workspaceId, actor, region, ...wish }: DomainWish): Promise<SendingDomain> {
  const domain = domainName(wish.domain)
  if (!domain) {
    throw new InvalidDomain(
      `${wish.domain} is not a domain that mail can be sent from. Give one like news.example.com.`,
      { field: 'domain' }
    )
  }
  await refuseKnown(workspaceId, domain)
  const resend = await resendOf(workspaceId)
  const told = resend ? await addAtResend(resend, { name: domain, region }) : null
  return db.transaction(async (trx) => {
    const row = new SendingDomain().useTransaction(trx)
    row.merge({
      workspaceId,
      domain,
      returnPath: wish.returnPath ?? domain,
      dkimSelectors: wish.dkimSelectors ?? [],
      replyToDomain: wish.replyToDomain ?? null,
      ...(told ? providerFacts(told, domain) : {}),
    } as any)
    await row.save()
    const subject = { type: 'sending_domain', id: row.id }
    await audit('sending_domain.added', { workspaceId, actor, subject, details: { domain }, trx })
    await requestCheck({ workspaceId, domainId: row.id }, { trx })
    await touch(trx, workspaceId, ['domains', `domains/${row.id}`])
    return row
  })
}

async function refuseKnown(workspaceId: number, domain: string) {
  const known = await db.from('sending_domains').where({ workspace_id: workspaceId }).select('id', 'domain').limit(MOST)
  const same = known.find((row) => row.domain === domain)
  if (same) throw new DomainKnown(`${domain} is watched already.`, { field: 'domain', id: String(same.id) })
  if (known.length >= MOST) {
    throw new TooManyDomains(`A workspace watches at most ${MOST} domains. Remove one that you no longer send from.`, {
      field: 'domain',
    })
  }
}

/** What is noted of a domain that mail cannot be sent from through Resend. */
export const NOT_THERE = 'Resend does not know this domain: it takes no mail from it.'

/** What the provider says, as columns; the return path and the selectors are those of its records. */
export function providerFacts(told: Told, domain: string) {
  if (told.kind === 'gone') return { providerId: null, providerStatus: null, providerNote: NOT_THERE }
  if (told.kind === 'unheard') return { providerNote: told.note }
  const { id, status, region, tracks, asked } = told.domain
  const spf = asked.find(({ type, value }) => type === 'TXT' && /^v=spf1/i.test(value))
  const below = `._domainkey.${domain}`
  const selectors = asked.filter(({ host }) => host.endsWith(below)).map(({ host }) => host.slice(0, -below.length))
  return {
    providerId: id,
    providerStatus: status,
    providerRegion: region,
    providerTracks: tracks,
    providerRecords: asked,
    providerNote: null,
    ...(spf ? { returnPath: spf.host } : {}),
    ...(selectors.length > 0 ? { dkimSelectors: selectors } : {}),
  }
}
