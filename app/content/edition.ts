import type { Picture } from './document.ts'
import type { Link, Utm } from './link_register.ts'
import type { Manner } from './liquid.ts'
import type { Variable } from './variables.ts'

export interface EditionInput {
  workspace: { name: string; postalAddress: string | null; timezone: string; locale: string }
  topicName: string
  from: { name: string; email: string }
  replyTo: string | null
  subject: string
  preheader: string
  content: { kind: 'markdown' | 'html'; source: string }
  /** The author's own plain-text part; made from the content when absent. */
  text?: string | null
  tracking: { opens: boolean; clicks: boolean }
  utm?: Utm | null
  /** The number of its first link, where earlier ones belong to a letter that has gone out already. */
  firstLink?: number
  /** How to leave by mail, up to the reader's token; null: only by the page. */
  leaveBy?: string | null
  /** Service mail: no way out of a subscription, for there is none, and no footer of ours. */
  isService?: boolean
  /** What 'now' means in date filters; the moment of compiling when absent. */
  time?: Date
}

/**
 * Content frozen for sending, as plain data: it can be stored and read back, and the same edition with the same merge
 * values gives the same bytes. `html`, `text`, `subject` are Liquid with slots `{{ link_1 }}` for the links.
 */
export interface CompiledEdition {
  renderer: 1
  from: { name: string; email: string }
  replyTo: string | null
  subject: string
  preheader: string
  html: string
  text: string
  links: Link[]
  pictures: Picture[]
  /** Addresses that lead nowhere from a mail and were left out. */
  uselessLinks: string[]
  variables: (Variable & { field: string })[]
  tracking: { opens: boolean; clicks: boolean }
  leaveBy: string | null
  manner: Manner
  time: string
  workspace: { name: string; postal_address: string }
  topic: { name: string }
}
