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

/** What a browser fetches before the first screen is drawn: the entry, one screen, and all that these import. */
function firstLoad(manifest: Record<string, Chunk>, screen: string): string[] {
  const entry = Object.keys(manifest).find((key) => manifest[key].isEntry)!
  const seen = new Set<string>()
  const take = (key: string) => {
    if (seen.has(key)) return
    seen.add(key)
    manifest[key].imports?.forEach(take)
  }
  take(entry)
  take(screen)
  return [...seen].map((key) => manifest[key].file).filter((file) => file.endsWith('.js'))
}

test.group('The web app that was built', () => {
  const screens = ['overview/overview_screen', 'consent/topics_screen', 'segments/segments_screen']
  for (const screen of screens) {
    test(`needs at most 260 KB of JavaScript, gzipped, for ${screen}`, ({ assert }) => {
      const assets = app.publicPath('assets')
      const manifest = JSON.parse(readFileSync(join(assets, '.vite', 'manifest.json'), 'utf8'))
      const files = firstLoad(manifest, `resources/app/features/${screen}.tsx`)
      const size = files.reduce((sum, file) => sum + gzipSync(readFileSync(join(assets, file))).length, 0)
      assert.isAbove(files.length, 2)
      assert.isAtMost(size / KILOBYTE, 260)
    })
  }
})
