/** What journeys do and what every screen must hold, in a real browser. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { getActiveTestOrFail } from '@japa/runner'
import type { BrowserContext, Locator, Page } from 'playwright'
import type { User } from '#identity'
import { until } from './processes.ts'

const require = createRequire(import.meta.url)

const baseUrl = () => `http://${process.env.HOST}:${process.env.PORT}`

/**
 * A page of the app, already signed in, with nothing moving on it.
 *
 * @example
 * const { workspace, user } = await bakery()
 * const { page, complaints, open } = await journey(browserContext, user)
 * await open(`/w/${workspace.id}/topics`)
 */
export async function journey(context: BrowserContext, user?: User, { expected }: { expected?: RegExp[] } = {}) {
  // also one that a test opened for a second person: its live line would keep the server from ending
  getActiveTestOrFail().cleanup(() => context.close())
  if (user) await signIn(context, user)
  const page = await context.newPage()
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const complaints = watch(page, { expected })
  const open = async (path: string) => {
    await page.goto(`${baseUrl()}${path}`)
    await page.waitForSelector('[data-page-title]')
  }
  return { page, complaints, open }
}

/** Through the same door as the sign-in page, without drawing it. */
async function signIn(context: BrowserContext, user: User, password = 'correct horse battery') {
  await context.request.get(`${baseUrl()}/api/v1/session`)
  const xsrf = (await context.cookies()).find(({ name }) => name === 'XSRF-TOKEN')!.value
  const answer = await context.request.post(`${baseUrl()}/api/v1/session`, {
    data: { email: user.email, password },
    headers: { 'x-xsrf-token': decodeURIComponent(xsrf), 'accept': 'application/json' },
  })
  if (!answer.ok()) throw new Error(`The sign-in failed: ${answer.status()} ${await answer.text()}`)
}

const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
type Rules = { type: string; values: string[] }
const EVERYTHING: Rules = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }
/** What the colours can break; all else is the same in both schemes. */
const COLOURS: Rules = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }

/** WCAG 2.0 to 2.2, A and AA, in light and in dark. The message names each rule and the element that breaks it. */
export const assertAccessible = (page: Page) =>
  inBothSchemes(page, async (scheme, rules) => {
    await page.waitForSelector(`html[data-mantine-color-scheme=${scheme}]`)
    await settled(page)
    return axe(page, rules)
  })

/** The same of a public page, which follows the reader's device by CSS alone and takes no script (its CSP says so). */
export const assertPageAccessible = (page: Page) =>
  inBothSchemes(page, async (_scheme, rules) => {
    const findings = await axe(page, rules)
    const isWide = await page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth')
    return isWide ? [...findings, 'the page is wider than its window'] : findings
  })

/** The scheme it is in first; it stays in the other one, since each change draws the whole page anew. */
async function inBothSchemes(page: Page, look: (scheme: string, rules: Rules) => Promise<string[]>) {
  const isDark = await page.evaluate<boolean>(`matchMedia('(prefers-color-scheme: dark)').matches`)
  const schemes = ['light', 'dark'] as const
  for (const scheme of isDark ? schemes.toReversed() : schemes) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    const isFirst = (scheme === 'dark') === isDark
    const findings = await look(scheme, isFirst ? EVERYTHING : COLOURS)
    if (findings.length > 0)
      throw new Error(`${page.url()} in ${scheme}: ${findings.length} findings\n${findings.join('\n')}`)
  }
}

/** Nothing moves any more: half-faded text has half its contrast. */
const settled = (page: Page) =>
  page.evaluate(`(async () => {
    const moving = () => document.getAnimations().filter(({ playState }) => playState === 'running')
    for (let some; (some = moving()).length > 0; ) await Promise.allSettled(some.map(({ finished }) => finished))
  })()`)

/** In the page, as text: its CSP refuses added scripts, and this side has no DOM to type them with. */
async function axe(page: Page, runOnly: Rules): Promise<string[]> {
  if (!(await page.evaluate(`'axe' in window`))) await page.evaluate(axeSource)
  const { violations } = await page.evaluate<{ violations: Finding[] }>(
    `axe.run(document, { runOnly: ${JSON.stringify(runOnly)}, resultTypes: ['violations'] })`
  )
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, html, failureSummary }) =>
        `${id}: ${target.join(' ')} ${html.slice(0, 160)}\n    ${failureSummary.split('\n')[1]?.trim()}`
    )
  )
}

interface Finding {
  id: string
  nodes: { target: string[]; html: string; failureSummary: string }[]
}

/**
 * Notes what must not happen while a page is used: a word on the console's error channel, an uncaught error, a request to
 * another host. `expected` are patterns of what a test provokes on purpose.
 */
export function watch(page: Page, { expected = [] }: { expected?: RegExp[] } = {}) {
  const complaints: string[] = []
  const complain = (text: string) => {
    if (!expected.some((pattern) => pattern.test(text))) complaints.push(text)
  }
  page.on(
    'console',
    (message) => message.type() === 'error' && complain(`console: ${message.text()} ${message.location().url}`)
  )
  page.on('pageerror', (error) => complain(`error: ${error.message}`))
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url())
    if (protocol.startsWith('http') && host !== new URL(page.url()).host && page.url() !== 'about:blank')
      complain(`foreign request: ${request.url()}`)
  })
  return complaints
}

/** What a select offers, chosen as a keyboard would: typed, then Enter. */
export async function choose(page: Page, label: string | RegExp, option: string, nth = 0) {
  const field = page.getByRole('combobox', { name: label }).nth(nth)
  await field.click()
  await page.getByRole('option', { name: option, exact: true }).click()
}

/** Until a field holds these words: what is chosen elsewhere on the page comes a moment later. */
export const holds = (field: Locator, words: string) =>
  until(`the field holds “${words}”`, async () => (await field.inputValue()) === words)

/** Until a notice says so. */
export const said = (page: Page, words: string | RegExp) => page.getByRole('alert').getByText(words).first().waitFor()

/** The answer to a DELETE comes late: the line has told of the end by then, and nothing may ask for what is gone. */
export const answersLate = (page: Page, path: string) =>
  page.route(`**/api/v1/${path}`, async (route) => {
    if (route.request().method() !== 'DELETE') return route.fallback()
    const response = await route.fetch()
    await page.waitForTimeout(1_000)
    await route.fulfill({ response })
  })
