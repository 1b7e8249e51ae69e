import { mkdtemp, rm } from 'node:fs/promises'
import http from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { BodyBuffers } from './body_buffers.js'
import { Control } from './control.js'
import { answerControl } from './control_door.js'
import { answer } from './front_door.js'
import { readArguments, readOptions, usage } from './options.js'
import { World } from './world.js'

/**
 * Starts a server that speaks Resend's protocol. Its base URL is all that the product knows of it.
 * @param {Record<string, unknown>} [given] options, see `options.js`
 * @returns {Promise<Control & { url: string, port: number, close: () => Promise<void> }>} `url` has no slash at its end
 */
export async function startStandIn(given = {}) {
  const options = readOptions(given)
  const isTemporary = !options.dir
  if (isTemporary) options.dir = await mkdtemp(join(tmpdir(), 'stand_in_'))
  const world = await World.create(options)
  const control = new Control(world)
  const buffers = new BodyBuffers()
  const server = http.createServer(async (incoming, outgoing) => {
    const body = await buffers.read(incoming)
    if (!body) return
    await serve({ world, control, incoming, outgoing, body })
    buffers.giveBack(body)
  })
  await listen(server, options)
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())

  return Object.assign(control, {
    port,
    url: `http://${options.host}:${port}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
      await world.close()
      if (isTemporary) await rm(options.dir, { recursive: true })
    },
  })
}

async function serve({ world, control, incoming, outgoing, body }) {
  const { pathname: path, searchParams: query } = new URL(incoming.url, 'http://stand-in')
  const request = { method: incoming.method, path, query, headers: incoming.headers, body }
  const given = path.startsWith('/_control/') ? await answerControl(control, request) : await answer(world, request)
  if (given.isDropped) return incoming.socket.destroy()
  if (given.isHanging) return
  outgoing.writeHead(given.status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(given.body),
    ...given.headers,
  })
  outgoing.end(given.body)
}

function listen(server, { port, host }) {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
}

async function main() {
  const given = readArguments(process.argv.slice(2))
  if (given.help) return console.log(usage())
  keepYoungHeapSmall()
  const standIn = await startStandIn(given)
  console.log(`Stand-in ready at ${standIn.url}`)
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(signal, () => standIn.close())
}

/** Request bodies die young; a young heap that does not grow frees them early, and the process stays a third smaller. */
function keepYoungHeapSmall() {
  setFlagsFromString('--semi-space-growth-factor=1')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main()
