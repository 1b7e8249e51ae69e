import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { test } from '@japa/runner'
import { CannotFetch, fetchPublic, postPublic } from '#platform'
import { setEnvironment } from '#tests/support/environment'
import { feedServer } from '#tests/support/feed_server'

const limits = { maxBytes: 100_000, timeoutMs: 30_000 }
const failing = async (url: string, more: object = {}) => {
  try {
    await fetchPublic(url, { ...limits, ...more })
    return null
  } catch (error) {
    if (!(error instanceof CannotFetch)) throw error
    return error.message
  }
}

test.group('An address that is read for a user', () => {
  test('is never a machine next to ours', async ({ assert }) => {
    for (const url of [
      'http://127.0.0.1/',
      'http://localhost/',
      'http://[::1]/',
      'http://[::ffff:127.0.0.1]/',
      'http://0x7f000001/',
      'http://2130706433/',
      'http://169.254.169.254/latest/meta-data',
      'http://10.0.0.1/',
      'http://192.168.0.1/',
      'http://100.64.0.1/',
      'http://0.0.0.0/',
    ]) {
      assert.match((await failing(url)) ?? 'it was read', /private network/, url)
    }
  })

  test('is of the web, without a password', async ({ assert }) => {
    assert.match((await failing('file:///etc/passwd'))!, /Only http/)
    assert.match((await failing('ftp://example.org/'))!, /Only http/)
    assert.match((await failing('https://me:secret@example.org/'))!, /password/)
    assert.match((await failing('nothing'))!, /no web address/)
  })

  test('may lead on a few times, to the web alone', async ({ assert }) => {
    const blog = await feedServer()
    blog.answer = { status: 302, headers: { location: '/again' } }
    assert.match((await failing(blog.url))!, /more than 4 redirects/)
    assert.lengthOf(blog.asked, 5)
    blog.answer = { status: 302, headers: { location: 'file:///etc/passwd' } }
    assert.match((await failing(blog.url))!, /Only http/)
  })

  test('is judged again at each hop', async ({ assert, cleanup }) => {
    const blog = await feedServer()
    blog.answer = { status: 302, headers: { location: 'http://169.254.169.254/' } }
    const original = blog.url
    const server = createServer((_, response) => {
      // from here on nothing private is allowed: the next hop must be refused
      delete process.env.ALLOW_PRIVATE_ADDRESSES
      response.writeHead(302, { location: original }).end()
    })
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
    cleanup(() => void server.close())
    assert.match((await failing(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`))!, /private network/)
    assert.lengthOf(blog.asked, 0)
  })

  test('is bounded in size, also when it is packed, and in time', async ({ assert, cleanup }) => {
    const blog = await feedServer()
    blog.answer = { status: 200, headers: { 'content-encoding': 'gzip' }, body: gzipSync(Buffer.alloc(10_000_000)) }
    assert.match((await failing(blog.url))!, /larger than/)
    blog.answer = { status: 200, headers: { 'content-encoding': 'gzip' }, body: gzipSync('packed') }
    assert.equal((await fetchPublic(blog.url, limits)).body.toString(), 'packed')
    const drip = createServer((_, response) => {
      response.writeHead(200)
      const timer = setInterval(() => response.write('.'), 50)
      response.on('close', () => clearInterval(timer))
    })
    await new Promise<void>((ready) => drip.listen(0, '127.0.0.1', ready))
    cleanup(() => void drip.close())
    const { port } = drip.address() as AddressInfo
    assert.match((await failing(`http://127.0.0.1:${port}/`, { timeoutMs: 400 }))!, /within 0.4 seconds|too long/)
  })
})

test.group('A secret that is sent for a user', () => {
  const posting = async (url: string, timeoutMs = 30_000) => {
    try {
      const { status } = await postPublic(url, { body: 'secret=1', maxBytes: 1_000, timeoutMs })
      return status
    } catch (error) {
      if (!(error instanceof CannotFetch)) throw error
      return error.message
    }
  }

  test('goes by https, to the web alone', async ({ assert }) => {
    assert.match(String(await posting('http://example.org/')), /https only/)
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '10.0.0.1', '169.254.169.254'])
      assert.match(String(await posting(`https://${host}/`)), /private network/, host)
  })

  test('is led nowhere else, and waits for nobody', async ({ assert, cleanup }) => {
    const seen: string[] = []
    const server = createServer(async (request, response) => {
      seen.push(`${request.method} ${request.url}`)
      if (request.url === '/slow') return
      response.writeHead(307, { location: '/other' }).end()
    })
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
    setEnvironment({ ALLOW_PRIVATE_ADDRESSES: 'true' })
    cleanup(() => {
      server.closeAllConnections()
      server.close()
    })
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    assert.equal(await posting(`${origin}/`), 307)
    assert.match(String(await posting(`${origin}/slow`, 300)), /did not answer within 0.3 seconds/)
    assert.deepEqual(seen, ['POST /', 'POST /slow'])
  })
})
