import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getActiveTestOrFail } from '@japa/runner'

export interface Post {
  id: string
  /** What the feed calls it; its id, unless told. */
  guid?: string
  title: string
  text?: string
  at?: string
}

/**
 * Somebody's blog: an RSS feed with an ETag that answers conditional requests, at an address of this machine, which is
 * allowed for the test. `posts` and `answer` can be changed on the way.
 */
export async function feedServer(posts: Post[] = []) {
  const blog = {
    posts,
    answer: null as null | { status: number; headers?: Record<string, string>; body?: string | Buffer },
    asked: [] as IncomingHttpHeaders[],
    url: '',
  }
  const server = createServer((request, response) => {
    blog.asked.push(request.headers)
    if (blog.answer) {
      response.writeHead(blog.answer.status, blog.answer.headers)
      return response.end(blog.answer.body)
    }
    const body = rss(blog.posts)
    const etag = `"${Buffer.from(body).length}-${blog.posts.length}"`
    if (request.headers['if-none-match'] === etag) return response.writeHead(304).end()
    response.writeHead(200, { 'content-type': 'application/rss+xml', etag }).end(body)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  blog.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed.xml`
  const before = process.env.ALLOW_PRIVATE_ADDRESSES
  process.env.ALLOW_PRIVATE_ADDRESSES = 'true'
  getActiveTestOrFail().cleanup(() => {
    server.closeAllConnections()
    server.close()
    if (before === undefined) delete process.env.ALLOW_PRIVATE_ADDRESSES
    else process.env.ALLOW_PRIVATE_ADDRESSES = before
  })
  return blog
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

const rss = (posts: Post[]) => `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>The oven’s blog</title><link>https://oven.test/</link><description>Bread</description>
${posts
  .map(
    ({ id, guid = id, title, text = 'About it.', at = '2026-11-02T09:00:00Z' }) => `<item>
  <title>${escaped(title)}</title><link>https://oven.test/${id}</link><guid isPermaLink="false">${escaped(guid)}</guid>
  <description>${escaped(text)}</description><pubDate>${new Date(at).toUTCString()}</pubDate></item>`
  )
  .join('\n')}
</channel></rss>`
