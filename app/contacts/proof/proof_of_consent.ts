import db from '@adonisjs/lucid/services/db'
import {
  consentLedger,
  consentState,
  restJson,
  restsOf,
  sealOf,
  trackingOfPerson,
  verifyLedger,
  wishesOf,
  wishJson,
} from '#consent'
import type { Workspace } from '#identity'
import { Contact } from '../models/contact.ts'
import { restrictionJson, restrictionOfContact } from '../privacy/restriction.ts'

/**
 * The evidence about one person (GDPR art. 7(1)): where they stand, every declaration with its wording, source, time and
 * place, and whether the chain of their entries holds, recomputed now. Records that were merged into theirs come along.
 */
export async function proofOfConsent({ workspace, contact }: { workspace: Workspace; contact: Contact }) {
  const merged = await Contact.of(workspace).where('merged_into', contact.id).orderBy('id')
  return {
    workspace: { id: String(workspace.id), name: workspace.name, postal_address: workspace.postalAddress },
    contact: {
      id: String(contact.id),
      email: contact.email,
      first_name: contact.firstName,
      last_name: contact.lastName,
    },
    generated_at: new Date().toISOString(),
    ...(await recordOf(contact)),
    merged: await Promise.all(
      merged.map(async (other) => ({ contact_id: String(other.id), ...(await recordOf(other)) }))
    ),
  }
}
export type Proof = Awaited<ReturnType<typeof proofOfConsent>>
export type ProofRecord = Pick<Proof, 'state' | 'ledger' | 'tracking' | 'chain'>

/** Where a contact stands, how they got there, and what they asked for beside it. */
export async function consentsOf(contact: Contact) {
  const { workspaceId, id: contactId, emailHash } = contact
  const [state, ledger, wishes, rests, tracking, restriction] = await Promise.all([
    consentState({ workspaceId, contactId, emailHash }),
    consentLedger({ workspaceId, contactId }),
    wishesOf({ workspaceId, contactId }),
    restsOf({ workspaceId, contactId, client: db }),
    trackingOfPerson({ workspaceId, contactId }),
    restrictionOfContact(contact),
  ])
  return {
    state,
    ledger,
    wishes: wishes.map(wishJson),
    rests: rests.map(restJson),
    tracking,
    restriction: restrictionJson(restriction),
  }
}

async function recordOf(contact: Contact) {
  const of = { workspaceId: contact.workspaceId, contactId: contact.id }
  const { entries, breaks } = await verifyLedger(of)
  const chain = { verified: breaks.length === 0, entries, breaks, seal: await sealOf(of) }
  return { ...(await consentsOf(contact)), chain }
}
