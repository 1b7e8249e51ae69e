import { Readable } from 'node:stream'
import canonicalize from 'canonicalize'
import db from '@adonisjs/lucid/services/db'
import { ZipFile } from 'yazl'
import { TooBusy } from '#platform'
import { appUrl } from '#config/app'
import { receiptColumns } from '../accounting/receipt_csv.ts'
import { PeopleFile, type Wanted } from './people_file.ts'
import { signingKey, type SigningKey } from './signing_key.ts'

const LONGEST_MS = 15 * 60_000
const AT_ONCE = 2
let running = 0

/**
 * The account of a campaign for somebody who does not trust us: a ZIP with every person and step (`receipt.csv`), every
 * total and reason with the fingerprint of that list (`receipt.json`, canonical by RFC 8785), and a signature over exactly
 * those bytes (`receipt.json.sig`, Ed25519). All of one moment, read page by page in one snapshot, so that any size costs
 * the same memory. Null when it was never sent.
 *
 * @throws TooBusy when this process makes two already: each holds a connection for as long as its reader takes
 */
export async function signedReceipt(wanted: Wanted): Promise<Readable | null> {
  const { workspace, campaign } = wanted
  const shipment = await db.from('shipments').where({ workspace_id: workspace.id, campaign_id: campaign.id }).first()
  if (!shipment) return null
  if (running >= AT_ONCE) throw new TooBusy('Two receipts are being made already. Try again in a minute.')
  const key = await signingKey()
  running++
  const zip = new ZipFile()
  const out = zip.outputStream as unknown as Readable
  const people = new PeopleFile(wanted)
  const tooLate = setTimeout(() => out.destroy(new Error('Making a receipt took too long.')), LONGEST_MS)
  const fail = (error: unknown) => out.destroy(error as Error)
  const csv = Readable.from(people.lines())
  zip.on('error', fail)
  out.once('close', () => {
    clearTimeout(tooLate)
    running--
    csv.destroy()
  })
  zip.addReadStream(csv, 'receipt.csv')
  zip.addBuffer(Buffer.from(HOW_TO_CHECK(key)), 'README.txt')
  const statement = once(() => statementOf(wanted, { people, key }))
  zip.addReadStreamLazy('receipt.json', (give) => give(null, Readable.from([statement()])))
  zip.addReadStreamLazy('receipt.json.sig', (give) => give(null, Readable.from([key.sign(statement())])))
  zip.end()
  return out
}

function statementOf({ workspace, campaign }: Wanted, { people, key }: { people: PeopleFile; key: SigningKey }) {
  const { account, rows, bytes } = people
  const isFinal = account!.finished_at !== null && account!.open === 0 && account!.closes
  return Buffer.from(
    canonicalize({
      type: 'assent.receipt',
      version: 1,
      status: isFinal ? 'final' : 'interim',
      issued_at: new Date().toISOString(),
      issuer: appUrl,
      key_id: key.id,
      key_url: keyUrl(key),
      workspace: { id: String(workspace.id), name: workspace.name },
      campaign: { id: String(campaign.id), name: campaign.name },
      account,
      people: { file: 'receipt.csv', columns: receiptColumns, rows, bytes, sha256: people.hash.digest('hex') },
    })!
  )
}

const keyUrl = ({ id }: SigningKey) => `${appUrl}/receipt-keys/${id}`

const HOW_TO_CHECK = (
  key: SigningKey
) => `receipt.json       what became of everyone, in numbers, and the SHA-256 of receipt.csv
receipt.csv        what became of everyone, by name, step by step
receipt.json.sig   the signature over receipt.json (Ed25519)

Is it genuine? Take the key from the installation that issued it, and ask OpenSSL (3 or newer):

  curl -o key.pem ${keyUrl(key)}
  openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in receipt.json -sigfile receipt.json.sig
  sha256sum receipt.csv        must be people.sha256 of receipt.json
`

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null
  return () => (made ??= { value: make() }).value
}
