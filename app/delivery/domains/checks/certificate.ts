import { checkServerIdentity, connect, type PeerCertificate } from 'node:tls'
import { cleanLine } from '#platform'

export interface Certificate {
  names: string[]
  issuer: string
  validTo: Date
  isForHost: boolean
  /** Why its chain is not trusted; null when it is. */
  refusal: string | null
}

const PATIENCE_MS = 5_000

/** What a server shows when one connects, nothing sent. */
export function certificateOf(url: string): Promise<Certificate | { failed: string }> {
  const { hostname, port } = new URL(url)
  const host = hostname.replace(/^\[|\]$/g, '')
  return new Promise((resolve) => {
    // looked at before it is trusted: nothing is said to it
    const socket = connect({ host, port: Number(port) || 443, servername: host, rejectUnauthorized: false }, () => {
      const certificate = socket.getPeerCertificate()
      finish(certificate?.valid_to ? read(certificate, host, socket.authorizationError) : { failed: 'it shows none' })
    })
    const timer = setTimeout(() => finish({ failed: 'no answer in time' }), PATIENCE_MS)
    socket.on('error', (error: NodeJS.ErrnoException) => finish({ failed: error.code ?? error.message }))
    function finish(outcome: Certificate | { failed: string }) {
      clearTimeout(timer)
      socket.destroy()
      resolve(outcome)
    }
  })
}

function read(certificate: PeerCertificate, host: string, refused: unknown): Certificate {
  const names = (certificate.subjectaltname ?? '').split(', ').filter(Boolean).slice(0, 5)
  const refusal = refused ? String((refused as Error).message ?? refused) : null
  const isForHost = checkServerIdentity(host, certificate) === undefined
  return {
    names: names.map((name) => cleanLine(name).slice(0, 253)),
    issuer: cleanLine(String(certificate.issuer?.O ?? certificate.issuer?.CN ?? '?')).slice(0, 100),
    validTo: new Date(certificate.valid_to),
    isForHost,
    refusal: refusal === 'CERT_HAS_EXPIRED' ? null : refusal && cleanLine(refusal),
  }
}
