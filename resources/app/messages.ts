/**
 * The one catalogue: every word people read, in ICU message syntax. English is complete and comes with the app; another
 * language is a folder beside it with the same files, loaded when chosen. A feature owns its file.
 */
import campaigns from '@lang/en/campaigns.json'
import common from '@lang/en/common.json'
import contacts from '@lang/en/contacts.json'
import identity from '@lang/en/identity.json'
import imports from '@lang/en/imports.json'
import outbox from '@lang/en/outbox.json'
import overview from '@lang/en/overview.json'
import reports from '@lang/en/reports.json'
import segments from '@lang/en/segments.json'
import settings from '@lang/en/settings.json'
import shell from '@lang/en/shell.json'
import suppressions from '@lang/en/suppressions.json'
import topics from '@lang/en/topics.json'

export const messages = {
  campaigns,
  common,
  contacts,
  identity,
  imports,
  outbox,
  overview,
  reports,
  segments,
  settings,
  shell,
  suppressions,
  topics,
}

declare module 'use-intl' {
  interface AppConfig {
    Messages: typeof messages
  }
}
