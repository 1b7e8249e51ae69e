/**
 * The one catalogue: every word people read, in ICU message syntax. English is complete; another language is a folder
 * beside it with the same files. A feature owns its file, and adds it here for its types. The words travel with the parts
 * of the app that say them: a file that asks for the translations of contacts brings contacts.json along (vite.config.ts).
 */
import { useSyncExternalStore } from 'react'
import type bounces from '@lang/en/bounces.json'
import type campaigns from '@lang/en/campaigns.json'
import common from '@lang/en/common.json'
import type contacts from '@lang/en/contacts.json'
import type domains from '@lang/en/domains.json'
import type forms from '@lang/en/forms.json'
import type identity from '@lang/en/identity.json'
import type imports from '@lang/en/imports.json'
import type measuring from '@lang/en/measuring.json'
import type mails from '@lang/en/messages.json'
import type outbox from '@lang/en/outbox.json'
import type overview from '@lang/en/overview.json'
import type privacy from '@lang/en/privacy.json'
import type providers from '@lang/en/providers.json'
import type quarantine from '@lang/en/quarantine.json'
import type reconfirming from '@lang/en/reconfirming.json'
import type recurring from '@lang/en/recurring.json'
import type reports from '@lang/en/reports.json'
import type retention from '@lang/en/retention.json'
import type segments from '@lang/en/segments.json'
import type settings from '@lang/en/settings.json'
import shell from '@lang/en/shell.json'
import type suppressions from '@lang/en/suppressions.json'
import type topics from '@lang/en/topics.json'
import type wordings from '@lang/en/wordings.json'

export interface Messages {
  bounces: typeof bounces
  campaigns: typeof campaigns
  common: typeof common
  contacts: typeof contacts
  domains: typeof domains
  forms: typeof forms
  identity: typeof identity
  imports: typeof imports
  measuring: typeof measuring
  messages: typeof mails
  outbox: typeof outbox
  overview: typeof overview
  privacy: typeof privacy
  providers: typeof providers
  quarantine: typeof quarantine
  reconfirming: typeof reconfirming
  recurring: typeof recurring
  reports: typeof reports
  retention: typeof retention
  segments: typeof segments
  settings: typeof settings
  shell: typeof shell
  suppressions: typeof suppressions
  topics: typeof topics
  wordings: typeof wordings
}

let present: Partial<Messages> = { common, shell }
const readers = new Set<() => void>()

/** Called by a part of the app as it arrives, before it is drawn. */
export function register<Feature extends keyof Messages>(feature: Feature, words: Messages[Feature]) {
  if (present[feature]) return
  present = { ...present, [feature]: words }
  for (const tell of readers) tell()
}

/** All words that have arrived; a screen never asks for others. */
export function useMessages() {
  return useSyncExternalStore(subscribe, () => present) as Messages
}

function subscribe(tell: () => void) {
  readers.add(tell)
  return () => readers.delete(tell)
}

declare module 'use-intl' {
  interface AppConfig {
    Messages: Messages
  }
}
