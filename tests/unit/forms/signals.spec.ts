import { readFileSync } from 'node:fs'
import { test } from '@japa/runner'
import { CERTAIN, DOUBTFUL, signalNames, signals, weigh } from '#app/forms/quarantine/signals'
import { signsOfRequest } from '#app/forms/quarantine/signs_of_request'
import { signsOfWords } from '#app/forms/quarantine/signs_of_words'

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const browser = { userAgent: FIREFOX, acceptLanguage: 'de', hasOrigin: true, pageSeconds: 20 }

test.group('The signals of doubt', () => {
  test('each has a sentence; only one is certain by itself, and no sum is', ({ assert }) => {
    const words = JSON.parse(
      readFileSync(new URL('../../../resources/lang/en/quarantine.json', import.meta.url), 'utf8')
    )
    assert.sameMembers(Object.keys(words.signals), signalNames)
    assert.deepEqual(
      signalNames.filter((name) => signals[name] >= CERTAIN),
      ['trap']
    )
    const all = weigh(signalNames.filter((name) => name !== 'trap'))
    assert.include(all, { verdict: 'doubtful', score: 99 })
    assert.include(weigh(['trap']), { verdict: 'certain', score: 100 })
    assert.deepEqual(weigh([]), { verdict: 'clean', score: 0, signals: {} })
  })

  test('a person without JavaScript is clean, also in a hurry, in a crowd or with a name of their own', ({
    assert,
  }) => {
    const usual = signsOfRequest(browser)
    assert.deepEqual(usual, [])
    for (const more of [
      ['quick'],
      ['network_busy'],
      ['form_burst'],
      ['other_script'],
      ['role'],
      ['mail_unknown'],
    ] as const) {
      assert.equal(weigh([...usual, 'proof_missing', ...more]).verdict, 'clean', more.join())
    }
    assert.isBelow(weigh(['proof_missing', 'quick']).score, DOUBTFUL)
  })

  test('a program that calls itself one, or hides it badly, is doubtful as soon as it solves no puzzle', ({
    assert,
  }) => {
    const program = { acceptLanguage: null, hasOrigin: false, pageSeconds: null }
    for (const userAgent of [
      null,
      '',
      ' ',
      'curl/8.9.1',
      'python-requests/2.32',
      FIREFOX.replace('Firefox', 'HeadlessChrome'),
    ]) {
      const found = signsOfRequest({ ...program, userAgent })
      assert.equal(weigh([...found, 'proof_missing']).verdict, 'doubtful', String(userAgent))
    }
    assert.deepEqual(signsOfRequest({ ...program, userAgent: FIREFOX }), ['agent_bare', 'no_page'])
  })

  test('the age of the page counts at both ends', ({ assert }) => {
    const at = (pageSeconds: number) => signsOfRequest({ ...browser, pageSeconds })
    assert.deepEqual([at(3), at(4), at(86_400), at(86_401)], [['quick'], [], [], ['old_page']])
  })

  test('people’s names are names; random letters, another script and web addresses are seen', ({ assert }) => {
    const field = (name: string) => ({ name, label: name, required: false, hidden: false, value: null })
    const fields = ['first_name', 'last_name', 'attributes.city'].map(field)
    const signs = (answers: Record<string, unknown>) => signsOfWords(answers, { fields, language: 'en' })
    for (const name of ['McDonald', 'DeLaCruz', "O'Brien-MacLeod", 'van der Berg', 'ÅSA', 'Zoë', '李 Wei', '…', '']) {
      assert.deepEqual(signs({ first_name: name, last_name: name }), [], name)
    }
    assert.deepEqual(signs({ first_name: 'xKqLzPdRkw' }), ['random_name'])
    assert.deepEqual(signs({ last_name: 'Иванова' }), ['other_script'])
    assert.deepEqual(signs({ 'attributes.city': 'see https://casino.test' }), ['web_address'])
    assert.deepEqual(signs({ 'attributes.city': 'Wien, 1. Bezirk', 'attributes.other': 'http://x' }), [])
    assert.deepEqual(signs({ 'attributes.city': ['http://x'] }), [])
    const hidden = [{ ...field('attributes.city'), hidden: true }]
    assert.deepEqual(signsOfWords({ 'attributes.city': 'http://x' }, { fields: hidden, language: 'de' }), [])
  })
})
