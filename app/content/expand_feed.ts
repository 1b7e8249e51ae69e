import { Output, Tag, type Template } from 'liquidjs'
import { InvalidTemplate } from './errors.ts'
import { engineFor, feedEngine, parseLiquid, type FeedMedium, type Manner } from './liquid.ts'
import { forgivingABusyMachine, underAClock } from './under_a_clock.ts'

const DEADLINE_MS = 2_000

/** What a letter over a feed may name: `feed.items`, each with title, url, summary, author, image, published_at. */
export interface FeedScope {
  title: string
  url: string | null
  items: object[]
}

/**
 * A letter with what its feed holds in place of the parts that name the feed; all else, the readers' merge tags included,
 * stays as it was written. What a feed says is text here: neither markup nor a merge tag of ours, whatever it contains.
 *
 * @throws InvalidTemplate with field and line
 */
export function expandFeed(
  source: string,
  {
    feed,
    medium,
    field,
    manner,
    time,
  }: { feed: FeedScope; medium: FeedMedium; field: string; manner: Manner; time: Date }
): string {
  const nodes = parseLiquid(source, { field, medium: 'text', manner })
  const begins = nodes.map(({ token }) => token.begin)
  const scope = { feed, edition_time: time.toISOString() }
  return nodes
    .map((node, at) => {
      const written = source.slice(begins[at], begins[at + 1] ?? source.length)
      return namesFeed(node, { field, manner }) ? rendered(written, { medium, manner, scope, field }) : written
    })
    .join('')
}

/** Whether this part is the feed's; one that mixes it with a reader's values cannot be told apart. */
function namesFeed(node: Template, { field, manner }: { field: string; manner: Manner }): boolean {
  if (!(node instanceof Tag || node instanceof Output)) return false
  const names = Object.keys(engineFor('text', manner).analyzeSync([node], { partials: false }).globals)
  if (!names.includes('feed')) return false
  const [line] = node.token.getPosition()
  const other = names.find((name) => name !== 'feed' && name !== 'edition_time')
  if (other) {
    throw new InvalidTemplate(
      `Line ${line}: inside a part about the feed stands ${other}, a value of the reader’s. Put it before or after that part.`,
      { field, line }
    )
  }
  if (node instanceof Tag && !['for', 'if', 'unless', 'case'].includes(node.name)) {
    throw new InvalidTemplate(
      `Line ${line}: {% ${node.name} %} cannot be used with the feed. Use feed.items directly.`,
      {
        field,
        line,
      }
    )
  }
  return true
}

function rendered(
  written: string,
  { medium, manner, scope, field }: { medium: FeedMedium; manner: Manner; scope: object; field: string }
): string {
  const engine = feedEngine(medium, manner)
  try {
    return forgivingABusyMachine(
      () => underAClock(() => String(engine.parseAndRenderSync(written, scope)), DEADLINE_MS),
      DEADLINE_MS / 2
    )
  } catch (error: any) {
    if (error instanceof InvalidTemplate || !/Error$/.test(error?.name ?? '')) throw error
    throw new InvalidTemplate(`The part about the feed cannot be made: ${String(error.message).split('\n')[0]}`, {
      field,
    })
  }
}
