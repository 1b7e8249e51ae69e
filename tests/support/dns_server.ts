/** A name server on this machine that speaks the protocol (RFC 1035, over UDP and TCP), for what the product asks the DNS. */
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { getActiveTestOrFail } from '@japa/runner'
import { AUTHORITATIVE_ANSWER, decode, encode, TRUNCATED_RESPONSE, type Packet } from 'dns-packet'

type Kind = 'TXT' | 'MX' | 'CNAME' | 'A' | 'AAAA'

const RCODE = { SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 }
const MOST_BY_UDP = 1_232

/**
 * @example
 * const dns = await dnsServer()
 * dns.set('acme.example', 'TXT', 'v=spf1 -all')
 * dns.set('acme.example', 'MX', '10 mx.acme.example')
 * dns.break('slow.example', 'silent')
 */
export async function dnsServer() {
  const records = new Map<string, string[]>()
  const broken = new Map<string, 'SERVFAIL' | 'REFUSED' | 'silent'>()
  const questions: string[] = []
  const held = new Map<string, Promise<void>>()
  let isHolding = false

  const answer = async (bytes: Buffer, limit: number): Promise<Buffer | null> => {
    const { id, flags = 0, questions: asked = [] } = decode(bytes)
    const [question] = asked
    const name = question.name.toLowerCase()
    questions.push(`${question.type} ${name}`)
    const whenReleased = held.get(name)
    held.delete(name)
    const answers = found(name, question.type as Kind)
    if (whenReleased) isHolding = true
    await whenReleased
    const fault = broken.get(name)
    if (fault === 'silent') return null
    const base: Packet = { type: 'response', id, questions: [question] }
    if (fault) return encode({ ...base, flags: flags | RCODE[fault] })
    const flagsOf = answers.length > 0 || exists(name) ? AUTHORITATIVE_ANSWER : RCODE.NXDOMAIN
    const whole = encode({ ...base, flags: flags | flagsOf, answers: answers as Packet['answers'] })
    return whole.length <= limit ? whole : encode({ ...base, flags: flags | TRUNCATED_RESPONSE })
  }

  /** As a resolver would that follows aliases. */
  const found = (name: string, type: Kind): object[] => {
    const own = (records.get(`${type} ${name}`) ?? []).map((value) => ({
      name,
      type,
      ttl: 1,
      data: dataOf(type, value),
    }))
    const [alias] = records.get(`CNAME ${name}`) ?? []
    if (own.length > 0 || !alias) return own
    return [{ name, type: 'CNAME', ttl: 1, data: alias }, ...found(alias, type)]
  }
  const exists = (name: string) =>
    [...records.keys()].some((key) => key.endsWith(` ${name}`) || key.endsWith(`.${name}`))

  const tcp = createServer((socket) => {
    socket.on('error', () => socket.destroy())
    socket.on('data', async (bytes) => {
      const reply = await answer(bytes.subarray(2), 65_535)
      if (!reply) return
      const length = Buffer.alloc(2)
      length.writeUInt16BE(reply.length)
      socket.write(Buffer.concat([length, reply]))
    })
  })
  const { udp, port } = await onePort(tcp)
  udp.on('message', async (bytes, from) => {
    const reply = await answer(bytes, MOST_BY_UDP)
    if (reply) udp.send(reply, from.port, from.address)
  })
  getActiveTestOrFail().cleanup(() => {
    udp.close()
    tcp.close()
  })

  return {
    /** As DNS_SERVERS wants it. */
    address: `127.0.0.1:${port}`,
    /** Every question that came, as `TXT acme.example`. */
    questions,
    /** Puts these in place of what is there; none takes it away. An MX is written `10 mx.acme.example`, the null MX `0 .`. */
    set: (name: string, type: Kind, ...values: string[]) =>
      void (values.length > 0 ? records.set(`${type} ${name}`, values) : records.delete(`${type} ${name}`)),
    /** The next question about this name is answered with what is there now, but not before the returned function is called. */
    holdNext(name: string): () => void {
      const { promise, resolve } = Promise.withResolvers<void>()
      held.set(name, promise)
      return resolve
    },
    isHolding: () => isHolding,
    break: (name: string, fault: 'SERVFAIL' | 'REFUSED' | 'silent' | null) =>
      void (fault ? broken.set(name, fault) : broken.delete(name)),
  }
}

/** A port for both: what is free for TCP may be in use by somebody's question over UDP. */
async function onePort(tcp: Server): Promise<{ udp: Socket; port: number }> {
  for (;;) {
    tcp.listen(0, '127.0.0.1')
    await once(tcp, 'listening')
    const { port } = tcp.address() as AddressInfo
    const udp = createSocket('udp4')
    try {
      udp.bind(port, '127.0.0.1')
      await once(udp, 'listening')
      return { udp, port }
    } catch (error) {
      udp.close()
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
      await new Promise((closed) => tcp.close(closed))
    }
  }
}

export type DnsServer = Awaited<ReturnType<typeof dnsServer>>

function dataOf(type: Kind, value: string) {
  if (type === 'MX') {
    const [preference, exchange] = value.split(' ')
    return { preference: Number(preference), exchange }
  }
  // one string holds 255 bytes at most (RFC 1035 §3.3)
  return type === 'TXT' ? (value.match(/[^]{1,255}/g) ?? ['']) : value
}

/** The product asks here while the test runs. */
export async function ownDns(): Promise<DnsServer> {
  const server = await dnsServer()
  const before = process.env.DNS_SERVERS
  process.env.DNS_SERVERS = server.address
  getActiveTestOrFail().cleanup(() => {
    if (before === undefined) delete process.env.DNS_SERVERS
    else process.env.DNS_SERVERS = before
  })
  return server
}
