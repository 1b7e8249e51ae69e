import { Context, Liquid, type Template } from 'liquidjs'
import { InvalidTemplate } from './errors.ts'
import { forgivingABusyMachine, underAClock } from './under_a_clock.ts'

/** Where a merge tag's value ends up decides how it is written: as HTML, as plain text, or inside an address. */
export type Medium = 'html' | 'text' | 'url'

/** How dates and numbers read: the workspace's, frozen with the edition. */
export interface Manner {
  timezone: string
  locale: string
}

const TAGS = ['if', 'unless', 'case', 'for', 'break', 'continue', 'assign', 'capture', 'comment', '#']
const GONE_FILTERS = ['sample', 'inspect', 'jsonify', 'sha256', 'hmac_sha256']
const WRITTEN_ANYWAY = ['raw', 'escape', 'xml_escape', 'escape_once']
const ENCODED_ANYWAY = ['url_encode', 'cgi_escape', 'uri_escape']
const DATE_FILTERS = ['date', 'date_to_xmlschema', 'date_to_rfc822', 'date_to_string', 'date_to_long_string']
const DEADLINE_MS = 900
const RENDER_LIMIT_MS = 300
const engines = new Map<string, Liquid>()

/**
 * Liquid, locked down (LiquidJS alone is no sandbox: it reads files and reaches prototypes). No file, no partial, own
 * properties only, an allow-list of tags, limits on parsing, time and memory. Output is always written for its medium:
 * `raw` does not switch that off and `escape` does not do it twice. The clock is the edition's, so that the same
 * edition and the same data give the same bytes for ever.
 */
export function engineFor(medium: Medium, { timezone, locale }: Manner): Liquid {
  const key = `${medium} ${timezone} ${locale}`
  let engine = engines.get(key)
  if (!engine) {
    engine = lockedDown(medium, { timezone, locale })
    if (engines.size > 300) engines.clear()
    engines.set(key, engine)
  }
  return engine
}

/** Where a feed's words end up: in a source that is still to be read as Markdown or HTML, or in a line of text. */
export type FeedMedium = 'markdown' | 'html' | 'text'

/** The same for what comes from outside and stands in a source before that is compiled. */
export const feedEngine = (medium: FeedMedium, manner: Manner): Liquid =>
  lockedDown('text', manner, (value) => inSource(writtenOut(value), medium))

/** Text that is neither Markdown nor HTML nor Liquid any more. An address stays one. */
function inSource(value: string, medium: FeedMedium): string {
  if (/^https?:\/\/\S+$/.test(value)) return value.replace(/[()[\]{}<>"'`\\*_|~]/g, (sign) => percent(sign))
  // a word joiner between braces, unseen: else a feed could name our readers' values
  const inert = value.toWellFormed().replace(/\{(?=[{%])/g, '{\u2060')
  if (medium === 'text') return inert
  if (medium === 'html') return inert.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
  return inert.replace(/[!-/:-@[-`{-~]/g, '\\$&')
}

const percent = (sign: string) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`

function lockedDown(medium: Medium, { timezone, locale }: Manner, write?: (value: unknown) => string): Liquid {
  const engine = new Liquid({
    templates: {},
    ownPropertyOnly: true,
    strictFilters: true,
    parseLimit: 1e6,
    renderLimit: RENDER_LIMIT_MS,
    memoryLimit: 1e7,
    timezoneOffset: timezone,
    locale,
    ...(medium === 'html' ? { outputEscape: 'escape' as const } : {}),
    ...(write ? { outputEscape: write } : {}),
    ...(medium === 'url' ? { outputEscape: (value: unknown) => inUrl(writtenOut(value)) } : {}),
  })
  for (const tag of Object.keys(engine.tags)) if (!TAGS.includes(tag)) delete engine.tags[tag]
  for (const filter of GONE_FILTERS) delete engine.filters[filter]
  const asItIs = (value: unknown) => value
  for (const filter of WRITTEN_ANYWAY) engine.registerFilter(filter, asItIs)
  if (medium === 'url') for (const filter of ENCODED_ANYWAY) engine.registerFilter(filter, asItIs)
  for (const filter of DATE_FILTERS) withTheEditionsClock(engine, filter)
  return engine
}

/** A value inside an address. Half a character, which some database let through, must not break the mail. */
export const inUrl = (value: string) => encodeURIComponent(value.toWellFormed())

const writtenOut = (value: unknown) => (value === null || value === undefined ? '' : String(value))

/** 'now' is when the edition was frozen; a date without a zone means the same day everywhere. */
function withTheEditionsClock(engine: Liquid, name: string) {
  const original = engine.filters[name] as (this: any, value: unknown, ...rest: unknown[]) => unknown
  engine.registerFilter(name, function (this: any, value: unknown, ...rest: unknown[]) {
    if (value === 'now' || value === 'today')
      return original.call(this, this.context.getSync(['edition_time']), ...rest)
    if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?)?$/.test(value)) {
      return original.call(this, value, ...rest)
    }
    const moment = value.length === 10 ? `${value}T00:00:00Z` : `${value.replace(' ', 'T')}Z`
    return original.call(this, moment, rest[0], ...(name === 'date' ? [rest[1] ?? 0] : rest.slice(1)))
  })
}

/** Parses a source as its author wrote it, so that a mistake is told with the field and the line. */
export function parseLiquid(
  source: string,
  { field, medium, manner }: { field: string; medium: Medium; manner: Manner }
) {
  try {
    return engineFor(medium, manner).parse(source)
  } catch (error: any) {
    if (!['ParseError', 'TokenizationError', 'AssertionError'].includes(error?.name)) throw error
    const line: number | undefined = error.token?.getPosition?.()[0]
    throw new InvalidTemplate(`${line ? `Line ${line}: ` : ''}${inPeoplesWords(String(error.message))}`, {
      field,
      line,
    })
  }
}

function inPeoplesWords(message: string): string {
  const what = message.split('\n')[0].replace(/, line:\d+.*$/, '')
  const filter = /undefined filter: (\S+)/.exec(what)
  if (filter) return `The filter "${filter[1]}" does not exist. Check its spelling or remove it.`
  const output = /output "?(.*?)"? not closed/.exec(what)
  if (output) return `The merge tag ${output[1].slice(0, 40)} is opened with {{ but never closed. Add }}.`
  const open = /tag "?(\{%-?\s*(\w+).*?)"? not closed/.exec(what)
  if (open) return `${open[1].slice(0, 60)} is never closed. Add {% end${open[2]} %}.`
  const tag = /tag "(.+?)" not found/.exec(what)
  if (tag?.[1].startsWith('end') || tag?.[1] === 'else' || tag?.[1] === 'elsif') {
    return `{% ${tag[1]} %} has no matching opening tag before it.`
  }
  if (tag) return `{% ${tag[1]} %} cannot be used. Possible are: ${TAGS.slice(0, 9).join(', ')}.`
  if (/invalid value expression/.test(what))
    return 'This merge tag is empty or cannot be read. Write, for example, {{ contact.first_name }}.'
  if (/parse length limit/.test(what)) return 'The text is too long. Shorten it to less than a million characters.'
  return `This merge tag cannot be read (${what}).`
}

/**
 * Renders templates of ours in one go; a template that would run for ever is stopped within a second. `withOneMemory`: they
 * are parts of one template, and a later one knows what an earlier one assigned.
 */
export function renderAll(
  jobs: { template: Template[]; medium: Medium; field: string; watched: boolean }[],
  { scope, manner, withOneMemory = false }: { scope: Record<string, unknown>; manner: Manner; withOneMemory?: boolean }
): string[] {
  const renderJobs = () => {
    const memory = withOneMemory ? memoryFor(engineFor(jobs[0].medium, manner), scope) : scope
    return jobs.map((job) => renderJob(job, memory))
  }
  const renderJob = ({ template, medium, field }: (typeof jobs)[number], memory: object) => {
    try {
      return String(engineFor(medium, manner).renderSync(template, memory))
    } catch (error: any) {
      if (!/^(Render|UndefinedVariable|Parse)Error$/.test(error?.name ?? '')) throw error
      const why = whyItStopped(String(error.message))
      throw /limit exceeded/.test(error.message)
        ? InvalidTemplate.tooSlow(why, field)
        : new InvalidTemplate(why, { field })
    }
  }
  const isWatched = jobs.some((job) => job.watched)
  return forgivingABusyMachine(
    () => (isWatched ? underAClock(renderJobs, DEADLINE_MS) : renderJobs()),
    RENDER_LIMIT_MS / 2
  )
}

const memoryFor = (engine: Liquid, scope: object) =>
  new Context(scope, engine.options, { sync: true }, { liquid: engine })

function whyItStopped(message: string): string {
  if (/limit exceeded/.test(message)) return 'The template takes too long or grows too large. Shorten its loops.'
  return `The template cannot be rendered: ${message.split('\n')[0].replace(/, line:\d+.*$/, '')}.`
}
