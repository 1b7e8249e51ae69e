import { spawn } from 'node:child_process'
import { once } from 'node:events'
import http from 'node:http'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const MAILS_A_BATCH = 100

/**
 * How fast the stand-in takes ready-made batches, each with its own idempotency key: mails a second, mails a second of its own
 * CPU time (what one core would take if it had it to itself), and its memory.
 *
 *   node tests/stand_in/throughput.js --mails 100000 --size 20000 --bodies disk --connections 4
 */
async function main() {
  const { mails, size, bodies, connections, events } = readChoices()
  const { url, stop } = await start(bodies, events)
  const batches = Math.ceil(mails / MAILS_A_BATCH)
  const bodiesToSend = Array.from({ length: 8 }, (_, round) => batchOf(size, round))
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections })

  let next = 0
  const started = performance.now()
  const work = async () => {
    for (let batch = next++; batch < batches; batch = next++) {
      await post(`${url}/emails/batch`, bodiesToSend[batch % bodiesToSend.length], `c/1/${batch}`, agent)
    }
  }
  await Promise.all(Array.from({ length: connections }, work))
  const seconds = (performance.now() - started) / 1_000

  const stats = await (await fetch(`${url}/_control/stats`)).json()
  console.log({
    mails: stats.accepted,
    mailsPerSecond: Math.round(stats.accepted / seconds),
    mailsPerCpuSecond: Math.round(stats.accepted / stats.cpu_seconds),
    rssMB: Math.round(stats.rss / 1e6),
  })
  agent.destroy()
  await stop()
}

function readChoices() {
  const choice = (value) => ({ type: /** @type {const} */ ('string'), default: value })
  const { values } = parseArgs({
    options: {
      mails: choice('100000'),
      size: choice('20000'),
      connections: choice('4'),
      bodies: choice('disk'),
      events: choice('auto'),
    },
  })
  const { mails, size, connections, ...words } = values
  return { ...words, mails: Number(mails), size: Number(size), connections: Number(connections) }
}

async function start(bodies, events) {
  const server = fileURLToPath(new URL('server.js', import.meta.url))
  const child = spawn(process.execPath, [server, '--rps', '0', '--bodies', bodies, '--events', events], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(child.stdout, 'data')
  const stop = async () => {
    const exited = once(child, 'exit')
    child.kill()
    await exited
  }
  return { url: String(line).trim().split(' ').at(-1), stop }
}

function batchOf(size, round) {
  const row = '<tr><td style="padding:10px">A paragraph of the Blue Door Bakery’s letter, à bientôt.</td></tr>\n'
  const html = `<table role="presentation">${row.repeat(Math.ceil(size / row.length))}`.slice(0, size)
  const mails = Array.from({ length: MAILS_A_BATCH }, (_, place) => ({
    from: 'Blue Door Bakery <news@bakery.test>',
    headers: { 'List-Unsubscribe': `<https://bakery.test/u/${round}-${place}>` },
    html,
    subject: 'Fresh bread on Friday',
    tags: [
      { name: 'd', value: `${round}-${place}` },
      { name: 'c', value: 'friday' },
    ],
    text: 'Fresh bread on Friday.',
    to: `person${round}-${place}@bakery.test`,
  }))
  return Buffer.from(JSON.stringify(mails))
}

function post(url, body, key, agent) {
  const headers = {
    'authorization': 'Bearer re_bench',
    'user-agent': 'throughput',
    'content-type': 'application/json',
    'content-length': body.length,
    'idempotency-key': key,
  }
  return new Promise((resolve, reject) => {
    const call = http.request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume()
      response.on('end', () => {
        if (response.statusCode === 200) resolve(undefined)
        else reject(new Error(`The stand-in answered ${response.statusCode}`))
      })
    })
    call.on('error', reject)
    call.end(body)
  })
}

await main()
