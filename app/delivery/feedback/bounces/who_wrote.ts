import type { Email } from 'postal-mime'

export const headerOf = ({ headers }: Email, name: string): string | null =>
  headers.find(({ key }) => key === name)?.value ?? null

/** Names that mail systems sign with, before the @ or in front of the address. */
const MAILER =
  /^[\s"'\\]*(?:mailer[- _.]?daemon|mail[- _.]?daemon|mdaemon|post[_-]?master|mail[- _.]?deliver|delivery subsystem|mail (?:administrator|system)|system administrator|e?mail[- _.]?server|imss|bounces?@|nobody@|system@|noreply-?dsn)/i

/** What they write about: in the subject, or at the beginning of the letter. */
const RETURNED =
  /undeliver|deliver(?:y|ed)[^]{0,40}(?:fail|status|problem|error|delay|unable|not|report)|(?:fail|not|unable|could ?n.t)[^]{0,30}deliver|returned (?:mail|to sender)|returning (?:message|mail) to sender|failure notice|mail (?:system|delivery|fail|error)|failed mail|nondeliverable|non-?delivery|message (?:status|bounced)|(?:automatically|message was) (?:rejected|not accepted)|was not accepted|user unknown|no such user|requested action not taken|(?:error|trouble) (?:sending|delivering)|did not reach|unzustell|nicht zugestellt|non remis|échec|no se pudo|impossibile recapitare|warning: (?:could not|message)|не (?:может быть )?доставлен|недоставлен|无法(?:发送|投递|送达)|退信|传输失败|投递失败|お届けできません|送信できません|配信できません/i

/** The subject of a report that nobody else would give a letter, whoever signs. Answers to one and copies of one begin otherwise. */
const SUBJECT =
  /^\W*(?:undeliver(?:able|ed)\b|non-?delivery\b|delivery (?:status notification|failure|has failed)|mail (?:could not be delivered|delivery (?:failed|failure|warning))|failure notice\s*$|returned mail\b|message (?:you sent )?(?:blocked|delivery (?:failure|has failed)))/i

/** Written by a mail server, not by a person: it has such a name, or none at all (RFC 3464 §2, RFC 5321 §4.5.5), and says so. */
export function isFromMailer(email: Email): boolean {
  if (headerOf(email, 'x-failed-recipients') !== null) return true
  if (isByPerson(email)) return false
  if (SUBJECT.test(email.subject ?? '')) return true
  const path = headerOf(email, 'return-path')?.trim() ?? ''
  const signed = namesOf(email).some((name) => MAILER.test(name)) || /^<?mailer-daemon\b/i.test(path)
  const isNobody = hasNoSender(email, path) && !isAutoReply(email)
  return (signed || isNobody) && RETURNED.test(`${email.subject ?? ''} ${beginningOf(email)}`)
}

function namesOf({ from }: Email): string[] {
  return from && 'address' in from ? [from.address ?? '', from.name ?? ''] : []
}

const hasNoSender = (email: Email, path: string) => path === '<>' || namesOf(email)[0] === ''

/** People answer and pass on what they get (RFC 5322 §3.6.4, §3.6.5); a server answers nobody's subject. */
const isByPerson = (email: Email) =>
  /^\s*(?:re|aw|sv|antw|odp|fwd?|wg|tr|rv|i)\s*:/i.test(email.subject ?? '') &&
  !namesOf(email).some((name) => MAILER.test(name))

const beginningOf = ({ text, html }: Email) => (text ?? html ?? '').slice(0, 600)

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
