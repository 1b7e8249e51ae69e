import { readFileSync } from 'node:fs'
import { test } from '@japa/runner'
import { readableRecord, recordWords } from '#contacts'

const catalogue = (language: string, name: string) =>
  JSON.parse(readFileSync(new URL(`../../../resources/lang/${language}/${name}.json`, import.meta.url), 'utf8'))
const keysOf = (tree: object, above = ''): string[] =>
  Object.entries(tree).flatMap(([key, one]) =>
    typeof one === 'string' ? [`${above}${key}`] : keysOf(one, `${above}${key}.`)
  )

test.group('A record for people to read', () => {
  test('whatever is said to readers is said in each of their four languages', ({ assert }) => {
    for (const name of ['reader', 'sign_up', 'record']) {
      const english = keysOf(catalogue('en', name)).sort()
      for (const language of ['de', 'fr', 'es']) {
        assert.deepEqual(keysOf(catalogue(language, name)).sort(), english, `${language}/${name}`)
      }
    }
  })

  test('has names, states, moments and yes or no in the reader’s language', ({ assert }) => {
    const record = {
      contact: {
        first_name: 'Ada',
        created_at: '2026-03-02T09:30:00.000Z',
        attributes: { state: 'granted', vip: true },
      },
      consents: { state: [{ status: 'granted', may_receive: false, reason: 'suppressed_complaint', weaknesses: [] }] },
      engagements: [{ kind: 'open', verdict: 'human' }],
      privacy_requests: [{ kind: 'access', state: 'open' }],
      messages: [],
    }
    const [about, agreed, reacted, asked, mails] = readableRecord(record, recordWords(['de-AT']))
    assert.deepEqual(about, {
      title: 'Über Sie',
      items: [
        [
          { name: 'Vorname', value: 'Ada' },
          { name: 'Angelegt', value: '2. März 2026, 09:30:00 UTC' },
          { name: 'Weitere Angaben, state', value: 'granted' },
          { name: 'Weitere Angaben, vip', value: 'ja' },
        ],
      ],
    })
    assert.deepEqual(agreed.items[0], [
      { name: 'Stand', value: 'zugestimmt' },
      { name: 'Darf man Ihnen schreiben?', value: 'nein' },
      { name: 'Grund', value: 'Sie haben es als Spam gemeldet' },
    ])
    assert.deepEqual(reacted.items[0], [
      { name: 'Art', value: 'geöffnet' },
      { name: 'Mensch oder Maschine', value: 'Mensch' },
    ])
    assert.deepEqual(asked.items[0].at(-1), { name: 'Stand', value: 'offen' })
    assert.deepEqual(mails, { title: 'E-Mails, die Ihnen geschickt wurden', items: [] })
  })

  test('speaks English to whom it cannot speak otherwise, and leaves words of others alone', ({ assert }) => {
    const words = recordWords([null, 'ja'])
    assert.equal(words.language, 'en')
    const [section] = readableRecord({ history: [{ action: 'contact.created', reason: 'She came by.' }] }, words)
    assert.deepEqual(section.items[0], [
      { name: 'What happened', value: 'record made' },
      { name: 'Reason', value: 'She came by.' },
    ])
  })
})
