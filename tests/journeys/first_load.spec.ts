import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'

const KILOBYTE = 1024

interface Chunk {
  file: string
  src?: string
  isEntry?: boolean
  imports?: string[]
  dynamicImports?: string[]
}

/** What a browser fetches before the first screen is drawn: the entry, the screen's parts, and all that these import. */
function firstLoad(manifest: Record<string, Chunk>, parts: string[]): string[] {
  const entry = Object.keys(manifest).find((key) => manifest[key].isEntry)!
  const seen = new Set<string>()
  const take = (key: string) => {
    if (seen.has(key)) return
    seen.add(key)
    manifest[key].imports?.forEach(take)
  }
  take(entry)
  for (const part of parts) take(`resources/app/features/${part}.tsx`)
  return [...seen].map((key) => manifest[key].file).filter((file) => file.endsWith('.js'))
}

const LIST = 258
const EDITOR = 288
/** A screen by its parts, and the KB of gzipped JavaScript that it may cost. The desk where campaigns are written may cost more. */
const screens: [string, string[], number][] = [
  ['the overview', ['overview/overview_screen'], LIST],
  ['the contacts', ['contacts/contacts_screen'], LIST],
  ['a contact', ['contacts/contact_screen'], LIST],
  ['the fields of contacts', ['contacts/fields_screen'], LIST],
  ['an import', ['imports/import_screen', 'imports/import_setup'], LIST],
  ['a segment', ['segments/segment_screen'], LIST],
  ['the settings', ['settings/workspace_settings'], LIST],
  ['a sending domain', ['domains/domain_screen'], LIST],
  ['the segments', ['segments/segments_screen'], LIST],
  ['the topics', ['consent/topics_screen'], LIST],
  ['the campaigns', ['campaigns/campaigns_screen'], LIST],
  ['the forms', ['forms/forms_screen'], LIST],
  ['a form that is written', ['forms/form_screen', 'forms/builder'], LIST],
  ['the sign-ups of a form', ['forms/sign_ups_screen'], LIST],
  ['the recurring campaigns', ['recurring/recurring_list_screen'], LIST],
  ['a recurring campaign', ['recurring/recurring_screen'], LIST],
  ['the service mail', ['messages/messages_screen'], LIST],
  ["a campaign's report", ['reports/report_screen'], LIST],
  ['a campaign that is sent', ['campaigns/campaign_screen', 'campaigns/sending_view'], LIST],
  ['a campaign that is written', ['campaigns/campaign_screen', 'campaigns/editor'], EDITOR],
]

test.group('The web app that was built', () => {
  for (const [name, parts, most] of screens) {
    test(`needs at most ${most} KB of JavaScript, gzipped, for ${name}`, ({ assert }) => {
      const assets = app.publicPath('assets')
      const manifest = JSON.parse(readFileSync(join(assets, '.vite', 'manifest.json'), 'utf8'))
      const files = firstLoad(manifest, parts)
      const size = files.reduce((sum, file) => sum + gzipSync(readFileSync(join(assets, file))).length, 0)
      assert.isAbove(files.length, 2)
      assert.isAtMost(size / KILOBYTE, most)
    })
  }
})
