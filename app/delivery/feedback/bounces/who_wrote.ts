import type { Email } from 'postal-mime'

export const headerOf = ({ headers }: Email, name: string): string | null =>
  headers.find(({ key }) => key === name)?.value ?? null

const MAILER = /^(?:mailer-?daemon|mail-?daemon|postmaster|mail-?delivery|bounces?|nobody|system|noreply-?dsn)@/i
const RETURNED =
  /undeliver|deliver(?:y|ed)[^]{0,40}(?:fail|status|problem|error|delay|unable|not)|(?:fail|not|unable|could ?n.t)[^]{0,30}deliver|returned (?:mail|to sender)|failure notice|mail (?:system|delivery)|nondeliverable|message (?:status|bounced)|unzustell|nicht zugestellt|non remis|échec|no se pudo|impossibile recapitare|warning: (?:could not|message)/i

/** Written by a mail server, not by a person: it comes from its name, or from nobody (RFC 3464 §2, RFC 5321 §4.5.5), and says so. */
export function isFromMailer(email: Email): boolean {
  if (headerOf(email, 'x-failed-recipients') !== null) return true
  const from = (email.from && 'address' in email.from && email.from.address) || ''
  const path = headerOf(email, 'return-path')?.trim()
  return (
    (MAILER.test(from) || path === '<>') && RETURNED.test(`${email.subject ?? ''} ${(email.text ?? '').slice(0, 600)}`)
  )
}

const AWAY =
  /^(?:re: )?(?:auto(?:matic|mated)?[- :]*(?:reply|response|antwort)?\b|out of (?:the )?office|abwesen|automatische|réponse automatique|absence|respuesta automática|risposta automatica|resposta automática|automatisch|away from)/i

/** RFC 3834 §5, and what programs wrote before it. */
export function isAutoReply(email: Email): boolean {
  const submitted = headerOf(email, 'auto-submitted')
  if (submitted !== null) return /^auto-(?:replied|notified)/i.test(submitted.trim())
  const marks = ['x-autoreply', 'x-autorespond', 'x-autoresponder', 'x-auto-reply']
  if (marks.some((name) => headerOf(email, name) !== null)) return true
  return /auto_?reply/i.test(headerOf(email, 'precedence') ?? '') || AWAY.test(email.subject ?? '')
}
