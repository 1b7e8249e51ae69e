/** Whether a human did it, and the rule that says so: it can be judged again later. */
export interface Verdict {
  verdict: 'human' | 'machine' | 'unknown'
  rule: string
}

const SCANNERS =
  /barracuda|proofpoint|mimecast|msoffice|microsoft office|ms-office|symantec|messagelabs|trend ?micro|forcepoint|websense|fireeye|trellix|ironport|sophos|fortinet|zscaler|avanan|cloudmark|bitdefender|kaspersky|urlscan|virustotal|slackbot|twitterbot|facebookexternalhit|linkedinbot|whatsapp|telegrambot|discordbot|skypeuripreview|googlebot|bingbot|bingpreview|yandex|baiduspider|duckduckbot|applebot|petalbot|ahrefs|semrush|crawler|spider|\bbot\b|headlesschrome|phantomjs|selenium|puppeteer|playwright|python-requests|python-urllib|aiohttp|curl\/|wget\/|go-http-client|okhttp|java\/|apache-httpclient|libwww|ruby|node-fetch|axios|undici|scrapy|safelinks|linkprotect|urldefense/i

/** Sites that rewrite links in order to look at them first (sender-rules B4). */
const SCANNING_REFERRERS =
  /safelinks\.protection\.outlook\.com|linkprotect\.cudasvc\.com|urldefense\.(proofpoint\.)?com|protect-\w+\.mimecast\.com/i

export interface Sign {
  kind: 'open' | 'click'
  method: string
  userAgent: string
  /** Purpose, Sec-Purpose and X-Moz: a browser that loads ahead says so. */
  purpose: string
  referrer: string
}

/**
 * What the request alone tells. Time is told later, in the database: `too_fast` after delivery, `burst` of links.
 * Picture proxies load for their owner or ahead of time, nobody can tell which: Gmail's is unknown, Apple's is always ahead.
 */
export function verdictOf({ kind, method, userAgent, purpose, referrer }: Sign): Verdict {
  const machine = (rule: string): Verdict => ({ verdict: 'machine', rule })
  if (method !== 'GET') return machine('method')
  if (/prefetch|preview|prerender/i.test(purpose)) return machine('prefetch')
  if (userAgent.trim() === '') return machine('no_user_agent')
  if (SCANNERS.test(userAgent)) return machine('scanner')
  if (kind === 'click' && SCANNING_REFERRERS.test(referrer)) return machine('scanner_referrer')
  if (kind === 'open' && /googleimageproxy|ggpht\.com/i.test(userAgent))
    return { verdict: 'unknown', rule: 'gmail_proxy' }
  if (kind === 'open' && /yahoomailproxy/i.test(userAgent)) return { verdict: 'unknown', rule: 'yahoo_proxy' }
  if (kind === 'open' && /^mozilla\/5\.0$/i.test(userAgent.trim())) return machine('apple_privacy')
  return { verdict: 'human', rule: 'none' }
}
