import { createHash } from 'node:crypto'
import { DomUtils, parseDocument } from 'htmlparser2'
import iconv from 'iconv-lite'
import { DateTime } from 'luxon'
import { parseFeed } from 'feedsmith'
import { CannotFetch, shortened } from '#platform'

/** One item, as a letter may name it: plain words, whole http(s) addresses, a time in UTC. */
export interface FeedItem {
  /** What tells it from others, whatever its feed calls it: 64 hexadecimal digits. */
  key: string
  /** The same for one that its feed calls otherwise today: its title, its moment and its path. Null where it has no moment. */
  likeness: string | null
  title: string
  url: string | null
  summary: string
  author: string | null
  image: string | null
  published_at: string | null
}

export interface Feed {
  title: string
  url: string | null
  /** Newest first, at most a hundred. */
  items: FeedItem[]
}

const MOST_ITEMS = 100
const LONGEST = { title: 300, summary: 600 }

/**
 * Reads RSS (also 1.0), Atom or JSON Feed. Entities of a document's own are refused (they can be made to grow without
 * end), and nothing of it is markup any more afterwards.
 *
 * @throws CannotFetch when it is no feed
 */
export function readFeed(body: Buffer, { contentType = '', url }: { contentType?: string; url: string }): Feed {
  const text = decoded(body, contentType)
  if (/<!ENTITY/i.test(text)) throw new CannotFetch('It defines entities of its own, which are not read.')
  try {
    return feedFrom(parseFeed(text) as AnyFeed, url)
  } catch (error) {
    if (error instanceof CannotFetch) throw error
    throw new CannotFetch('This is no feed: neither RSS nor Atom nor JSON Feed.')
  }
}

/** By what the server says, else what the document says of itself, else UTF-8. */
function decoded(body: Buffer, contentType: string): string {
  const head = body.subarray(0, 200).toString('latin1')
  const named = /charset="?([\w-]+)/i.exec(contentType)?.[1] ?? /encoding=["']([\w-]+)/i.exec(head)?.[1] ?? 'utf-8'
  return iconv.decode(body, iconv.encodingExists(named) ? named : 'utf-8').trimStart()
}

interface AnyFeed {
  format: 'rss' | 'rdf' | 'atom' | 'json'
  feed: any
}

function feedFrom({ format, feed }: AnyFeed, from: string): Feed {
  const home = address(
    format === 'atom' ? alternate(feed.links) : format === 'json' ? feed.home_page_url : feed.link,
    from
  )
  const base = home ?? from
  const raw: any[] = (format === 'atom' ? feed.entries : feed.items) ?? []
  const items = raw.slice(0, 1_000).map((one) => item(partsOf(format, one), base))
  return {
    title: words(valueOf(feed.title), LONGEST.title),
    url: home,
    items: eachOnce(newestFirst(items.filter(({ title, url }) => title || url))).slice(0, MOST_ITEMS),
  }
}

interface Parts {
  id?: string
  title?: string
  link?: string
  text?: string
  author?: string
  image?: string
  date?: string
}

function partsOf(format: AnyFeed['format'], one: any): Parts {
  if (format === 'atom') {
    return {
      id: one.id,
      title: valueOf(one.title),
      link: alternate(one.links),
      text: valueOf(one.summary) ?? valueOf(one.content),
      author: one.authors?.[0]?.name,
      image: pictureOf(one),
      date: one.published ?? one.updated,
    }
  }
  if (format === 'json') {
    return {
      id: one.id,
      title: one.title,
      link: one.url ?? one.external_url,
      text: one.summary ?? one.content_text ?? one.content_html,
      author: one.authors?.[0]?.name,
      image: one.image ?? one.banner_image,
      date: one.date_published ?? one.date_modified,
    }
  }
  return {
    id: valueOf(one.guid),
    title: one.title,
    link: one.link ?? (one.guid?.isPermaLink === false ? undefined : valueOf(one.guid)),
    text: one.description ?? one.content?.encoded,
    author: one.dc?.creators?.[0] ?? one.authors?.[0]?.name,
    image: pictureOf(one),
    date: one.pubDate ?? one.dc?.dates?.[0],
  }
}

/** Texts come bare or as { value }, by format. */
const valueOf = (text: any): string | undefined => (typeof text === 'object' ? text?.value : text) ?? undefined

const alternate = (links: any[] = []): string | undefined =>
  (links.find(({ rel = 'alternate' }) => rel === 'alternate') ?? links[0])?.href

/** What the feed shows for it, else what it encloses, else the first picture of its text. */
function pictureOf({ media, enclosures = [], links = [], itunes, description, content }: any): string | undefined {
  const enclosed = [...enclosures, ...links].find(({ type }) => /^image\//.test(type ?? ''))
  const shown =
    media?.thumbnails?.[0] ??
    media?.contents?.find(({ medium, type }: any) => medium === 'image' || /^image\//.test(type ?? ''))
  return (
    shown?.url ??
    enclosed?.url ??
    enclosed?.href ??
    itunes?.image ??
    firstPicture(content?.encoded ?? valueOf(content) ?? description)
  )
}

function firstPicture(html: unknown): string | undefined {
  if (typeof html !== 'string') return undefined
  return DomUtils.getElementsByTagName('img', parseDocument(html).children, true, 1)[0]?.attribs.src
}

function item({ id, title, link, text, author, image, date }: Parts, base: string): FeedItem {
  const url = address(link, base)
  const shown = { title: words(title, LONGEST.title), url, published_at: moment(date) }
  return {
    key: hashOf(String(id ?? url ?? title ?? '')),
    likeness: likenessOf(shown),
    ...shown,
    summary: words(text, LONGEST.summary),
    author: words(author, 120) || null,
    image: address(image, base),
  }
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')

/** A feed that moves to https or to another host, or makes new ids whenever it is read, has no news. */
function likenessOf({ title, url, published_at: at }: Pick<FeedItem, 'title' | 'url' | 'published_at'>) {
  if (at === null || title === '') return null
  const { pathname = '', search = '' } = url === null ? {} : new URL(url)
  return hashOf(JSON.stringify([title, at, pathname, search]))
}

/** What a feed holds twice is one item. */
function eachOnce(items: FeedItem[]): FeedItem[] {
  const seen = new Set<string>()
  return items.filter(({ key, likeness }) => {
    const names = likeness === null ? [key] : [key, likeness]
    if (names.some((name) => seen.has(name))) return false
    for (const name of names) seen.add(name)
    return true
  })
}

/** Where a line ends for a reader. */
const ENDS = /<(?:\/(?:p|div|h[1-6]|li|tr|td|blockquote)|br)\b[^>]*>/gi

/** What a reader would see of it, in one line. */
function words(html: unknown, longest: number): string {
  if (html === undefined || html === null) return ''
  const document = parseDocument(String(html).replace(ENDS, ' $&'))
  for (const name of ['script', 'style', 'iframe', 'noscript']) {
    for (const hidden of DomUtils.getElementsByTagName(name, document.children, true)) DomUtils.removeElement(hidden)
  }
  const text = DomUtils.innerText(document.children as never)
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u001f\u007f\u200b\u2028\u2029\s]+/g, ' ')
    .trim()
    .toWellFormed()
  return text.length <= longest ? text : `${shortened(text, longest).replace(/\s+\S*$/, '')}…`
}

function address(written: unknown, base: string): string | null {
  if (typeof written !== 'string' || !URL.canParse(written.trim(), base)) return null
  const { protocol, href } = new URL(written.trim(), base)
  return ['http:', 'https:'].includes(protocol) && href.length <= 2_000 ? href : null
}

function moment(date: unknown): string | null {
  if (typeof date !== 'string') return null
  const found = [DateTime.fromRFC2822(date), DateTime.fromISO(date, { zone: 'utc' }), DateTime.fromHTTP(date)].find(
    ({ isValid }) => isValid
  )
  return found?.toUTC().toISO() ?? null
}

/** As the feed has them where it does not say when. */
const newestFirst = (items: FeedItem[]): FeedItem[] =>
  items.some(({ published_at: at }) => at === null)
    ? items
    : [...items].sort((a, b) => b.published_at!.localeCompare(a.published_at!))
