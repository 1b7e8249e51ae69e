import { inWords } from '#consent'
import { ok, warn, type Check } from './check.ts'
import type { Facts } from './facts.ts'

/**
 * How many have got as many campaigns lately as the workspace or the topic allows (reference: sender-rules B8 27). As it stands
 * now: each is asked again when their turn comes.
 */
export function frequencyCheck({ caps, overCaps, audience }: Facts): Check[] {
  if (caps.length === 0 || audience.mailable === 0) return []
  const most = `At most ${caps.map(inWords).join(', and ')} for one person.`
  const evidence = { caps: caps.map(({ mails, days }) => ({ mails, days })), withheld: overCaps }
  if (overCaps === 0) return [ok('frequency', `${most} Nobody of them is there yet.`, evidence)]
  const message =
    overCaps === 1
      ? `${most} One of them is there already and would be left out.`
      : `${most} ${overCaps} of them are there already and would be left out.`
  return [
    warn('frequency', message, { fix: 'Wait some days, or change the cap in the settings or the topic.', evidence }),
  ]
}
