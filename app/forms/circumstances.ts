import type { HttpContext } from '@adonisjs/core/http'
import type { Actor } from '#identity'
import type { Reader } from '#tracking'

/** From where somebody spoke, as the ledger keeps it. */
export interface Circumstances {
  /** Null: they wrote a mail. */
  ip: string | null
  userAgent: string | null
}

export const circumstancesOf = ({ request }: Pick<HttpContext, 'request'>): Circumstances => ({
  ip: request.ip(),
  userAgent: request.header('user-agent')?.slice(0, 500) ?? null,
})

/** The person themselves acts: nobody of the team. */
export const theReader = (
  { contactId }: { contactId: Reader['contactId'] | null },
  { ip, userAgent }: Circumstances
): Actor => ({
  kind: 'person',
  id: contactId,
  label: 'The person themselves',
  ip,
  userAgent,
})
