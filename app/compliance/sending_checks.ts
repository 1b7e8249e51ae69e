import { appUrl } from '#config/app'
import { block, blockIfReal, ok, warn, type Check } from './check.ts'
import { domainChecks } from './domain_checks.ts'
import type { Facts } from './facts.ts'
import { frequencyCheck } from './frequency_check.ts'
import { quotaCheck } from './quota_check.ts'
import { isLocal } from './reach.ts'

const FREE_MAIL =
  /^(gmail|googlemail|yahoo|ymail|rocketmail|hotmail|outlook|live|msn|aol|icloud|me|mac|gmx|web|t-online|freenet|mail|proton|protonmail|pm|zoho|yandex|qq|163|126|orange|laposte|free|wanadoo|libero|virgilio|comcast|verizon|btinternet)\.[a-z.]{2,6}$/i
const ADDRESS = /^[^\s@<>",;:\\()[\]]+@[^\s@<>",;:\\()[\]]+\.[^\s@<>",;:\\()[\].]{2,}$/

/** Who it is for, who sends it and by which way: promises to readers, providers and the law. */
export function sendingChecks(facts: Facts): Check[] {
  return [
    topic(facts),
    ...audience(facts),
    ...frequencyCheck(facts),
    from(facts),
    ...fromName(facts),
    ...sendingDomain(facts),
    ...domainChecks(facts),
    replyTo(facts),
    unsubscribe(facts),
    postalAddress(facts),
    volume(facts),
    ...quotaCheck(facts),
    provider(facts),
    tested(facts),
  ]
}

function topic({ topic: chosen }: Facts): Check {
  if (!chosen)
    return block('topic', 'No topic is chosen: consent is always for a topic.', {
      fix: 'Choose one.',
      field: 'topic_id',
    })
  if (!chosen.isActive) {
    return block('topic', `The topic “${chosen.name}” is archived.`, { fix: 'Choose another.', field: 'topic_id' })
  }
  return ok('topic', `Goes to people who agreed to “${chosen.name}”.`)
}

function audience({ draft, audience: counts, audienceProblem, topic: chosen }: Facts): Check[] {
  const { segment_ids: segments = [], tag_names: tags = [], contact_ids: contacts = [] } = draft.audience
  if (!draft.asks && segments.length + tags.length + contacts.length === 0) {
    return [block('audience', 'Nobody is chosen.', { fix: 'Choose segments, tags or people.', field: 'audience' })]
  }
  if (audienceProblem) {
    return [
      block('audience', audienceProblem.message, { fix: 'Choose again.', field: audienceProblem.field ?? 'audience' }),
    ]
  }
  if (!chosen) return []
  const evidence = { ...counts }
  if (counts.mailable === 0) {
    return [
      block('audience', `None of ${counts.candidates} people may get it.`, {
        fix: 'Look at the reasons, or choose other people.',
        field: 'audience',
        evidence,
      }),
    ]
  }
  const excluded = counts.candidates - counts.mailable
  return [
    ok(
      'audience',
      excluded === 0
        ? `${counts.mailable} people get it.`
        : `${counts.mailable} of ${counts.candidates} people get it; ${excluded} do not, each for a reason.`,
      evidence
    ),
  ]
}

function from(facts: Facts): Check {
  const { draft, workspace } = facts
  const { email } = draft.from
  const domain = email.split('@')[1]?.toLowerCase() ?? ''
  if (!ADDRESS.test(email)) {
    return block('from', email ? `${email} is not an e-mail address.` : 'There is no sender address.', {
      fix: 'Give an address of your own domain.',
      field: 'from.email',
    })
  }
  if (FREE_MAIL.test(domain)) {
    return blockIfReal(facts)('from', `${domain} is a free mail service: bulk mail in its name is rejected.`, {
      fix: 'Use an address of your own domain.',
      field: 'from.email',
    })
  }
  const usual = workspace.defaultFromEmail?.split('@')[1]?.toLowerCase()
  if (usual && usual !== domain) {
    return warn('from', `You usually send from ${usual}, this goes out from ${domain}.`, {
      fix: 'Check that this is meant.',
      field: 'from.email',
    })
  }
  return ok('from', `Sent by ${draft.from.name ? `${draft.from.name} <${email}>` : email}.`)
}

/** Google asks for a name that says who sends, and nothing else (reference: sender-rules B8 7). */
function fromName({ draft: { from: sender, subject } }: Facts): Check[] {
  const name = sender.name.trim()
  const words = subject.trim().toLowerCase()
  const wrong = /\p{Extended_Pictographic}/u.test(name)
    ? 'has a picture in it, which looks like a trick'
    : /\{[{%]/.test(name)
      ? 'is made of a reader’s own data'
      : words.length > 3 && name.toLowerCase().includes(words)
        ? 'repeats the subject'
        : null
  if (!wrong) return []
  const fix = 'Let it say who sends, in plain words.'
  return [warn('from_name', `The sender’s name “${name}” ${wrong}.`, { fix, field: 'from.name' })]
}

/** Google and others reject what its domain does not vouch for; the provider knows whether ours does. */
function sendingDomain({ draft, domains }: Facts): Check[] {
  if (!domains) return []
  if (domains.note !== null) {
    return [
      warn('domain', `Whether your domain is verified could not be seen: ${domains.note}`, {
        fix: 'Look at Settings → Sending.',
      }),
    ]
  }
  const wanted = draft.from.email.split('@')[1]?.toLowerCase() ?? ''
  const match = domains.data.find(({ name }) => name.toLowerCase() === wanted)
  if (match?.status === 'verified') return [ok('domain', `${wanted} is verified at the provider.`)]
  return [
    block(
      'domain',
      match ? `${wanted} is not verified yet (${match.status}).` : `The provider does not know ${wanted}.`,
      {
        fix: 'Verify it in Settings → Sending, or send from a verified domain.',
        field: 'from.email',
        evidence: { domains: domains.data.map(({ name, status }) => ({ name, status })) },
      }
    ),
  ]
}

function replyTo({ draft }: Facts): Check {
  const address = draft.replyTo ?? draft.from.email
  if (draft.replyTo && !ADDRESS.test(draft.replyTo)) {
    return block('reply_to', `${draft.replyTo} is not an e-mail address.`, { fix: 'Correct it.', field: 'reply_to' })
  }
  return /^(no|do-?not)[-_.]?reply@/i.test(address)
    ? warn('reply_to', `Answers go to ${address}, where nobody reads them.`, {
        fix: 'Give an address that somebody reads.',
        field: 'reply_to',
      })
    : ok('reply_to', `Answers go to ${address}.`)
}

function unsubscribe(facts: Facts): Check {
  if (facts.isReal && isLocal(appUrl)) {
    return block(
      'unsubscribe',
      `Readers could not unsubscribe: this installation calls itself ${appUrl}, which only you can open.`,
      {
        fix: 'Set APP_URL to the address by which the world reaches it.',
        evidence: { app_url: appUrl },
      }
    )
  }
  return ok(
    'unsubscribe',
    'Every mail carries a way out: a link in the text, and one click in the mail program (RFC 8058).'
  )
}

function postalAddress(facts: Facts): Check {
  return facts.workspace.postalAddress?.trim()
    ? ok('postal_address', 'The sender’s postal address stands in the footer.')
    : blockIfReal(facts)(
        'postal_address',
        'The workspace has no postal address; the law wants it in every such mail.',
        {
          fix: 'Add it in Settings → Workspace.',
          field: 'workspace.postal_address',
        }
      )
}

function volume({ audience: { mailable }, largestSend }: Facts): Check {
  return largestSend !== null && mailable > 2 * largestSend
    ? warn(
        'volume',
        `${mailable} people are more than twice your largest sending of the last 30 days (${largestSend}).`,
        {
          fix: 'Mailbox providers mistrust jumps: grow step by step.',
          evidence: { mailable, largest_in_30_days: largestSend },
        }
      )
    : ok('volume', 'The number of mails is nothing unusual.')
}

function provider({ provider: kind, isReal }: Facts): Check {
  if (kind === 'capture') {
    return warn('provider', 'No mail provider is connected: the mails stay in the Outbox, nobody gets them.', {
      fix: 'Connect one in Settings → Sending, or go on to try things out.',
    })
  }
  return isReal
    ? ok('provider', kind === 'resend' ? 'Sent through Resend.' : 'Sent through your SMTP server.')
    : warn(
        'provider',
        'The provider is a stand-in on another address than Resend’s own: nobody outside gets these mails.'
      )
}

function tested({ draft }: Facts): Check {
  return draft.isTested
    ? ok('test', 'You tested exactly this.')
    : warn('test', 'Nobody has sent this version to themselves.', { fix: 'Send yourself a test.' })
}
