/** A real browser for the journeys, wherever the tests run. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { browserClient } from '@japa/browser-client'
import { chromium, type Browser, type LaunchOptions } from 'playwright'

const require = createRequire(import.meta.url)

/** No sandbox: containers and root have none. Nothing that would weaken what a page may do. */
const args = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
  '--font-render-hinting=none',
]

/** For tests/bootstrap.ts: gives each test of a journey `browser`, `browserContext` and `visit`. */
export const journeysBrowser = () => browserClient({ runInSuites: ['journeys'], launcher: launchBrowser })

/**
 * CHROMIUM_PATH, else the Chromium that npm brought along (Linux on x64), else an installed Chrome or Edge.
 * @throws one line that says what to do when there is none
 */
export async function launchBrowser(options: LaunchOptions = {}): Promise<Browser> {
  const reasons: string[] = []
  for (const { name, find } of sources()) {
    try {
      return patient(await chromium.launch({ ...options, args, ...(await find()) }))
    } catch (error) {
      reasons.push(`${name}: ${String(error instanceof Error ? error.message : error).split('\n')[0]}`)
    }
  }
  throw new Error(`No browser for the journeys. Set CHROMIUM_PATH to a Chromium or Chrome. Tried ${reasons.join('; ')}`)
}

/** On a busy machine a page takes its time; what never comes is still waited for in vain before the test's own time is over. */
function patient(browser: Browser): Browser {
  const { newContext } = browser
  browser.newContext = async (options) => {
    const context = await newContext.call(browser, options)
    context.setDefaultTimeout(90_000)
    return context
  }
  return browser
}

function sources(): { name: string; find: () => Promise<LaunchOptions> }[] {
  const given = process.env.CHROMIUM_PATH
  if (given) return [{ name: `CHROMIUM_PATH (${given})`, find: async () => ({ executablePath: given }) }]
  const packaged = { name: '@sparticuz/chromium', find: packagedChromium }
  return [
    ...(process.platform === 'linux' && process.arch === 'x64' ? [packaged] : []),
    { name: 'Chrome', find: async () => ({ channel: 'chrome' }) },
    { name: 'Edge', find: async () => ({ channel: 'msedge' }) },
  ]
}

/**
 * Unpacks the package's browser, fonts and libraries, once for each version, into a folder that appears only when it is
 * whole: several runs may begin at once.
 */
async function packagedChromium(): Promise<LaunchOptions> {
  const folder = await unpacked()
  return {
    executablePath: join(folder, 'chromium'),
    env: {
      ...(process.env as Record<string, string>),
      FONTCONFIG_PATH: join(folder, 'fonts'),
      LD_LIBRARY_PATH: [join(folder, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':'),
    },
  }
}

async function unpacked(): Promise<string> {
  const home = dirname(dirname(require.resolve('@sparticuz/chromium')))
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))
  const folder = join(tmpdir(), `assent-chromium-${version}-${process.getuid?.() ?? 0}`)
  if (existsSync(folder)) return folder
  const workshop = mkdtempSync(`${folder}-`)
  const before = process.env.TMPDIR
  process.env.TMPDIR = workshop
  try {
    mkdirSync(workshop, { recursive: true })
    const { default: packaged, inflate } = await import('@sparticuz/chromium')
    await packaged.executablePath()
    await inflate(join(home, 'bin', 'al2023.tar.br'))
    writeFileSync(join(workshop, 'fonts', 'fonts.conf'), fontsOf(folder))
    if (!existsSync(folder)) renameSync(workshop, folder)
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
    rmSync(workshop, { recursive: true, force: true })
  }
  return folder
}

/** The package's own list names the folders of a cloud function; where there is no font at all, Chromium gives up. */
const fontsOf = (folder: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${folder}/fonts/cache</cachedir>
</fontconfig>
`
