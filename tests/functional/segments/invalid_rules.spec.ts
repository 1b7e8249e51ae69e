import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { bakery } from '#tests/support/workspace'

const deep = (levels: number): unknown => (levels === 0 ? { tag: 'vip' } : { not: deep(levels - 1) })
const leaf = { field: 'email', op: 'is_set' }

const refused: [string, unknown, string, string][] = [
  ['not an object', 'everyone', 'rule', 'one of: all, any'],
  ['an unknown kind', { all: [{ feld: 'x' }] }, 'rule.all[0]', 'Possible: all, any'],
  ['two kinds at once', { all: [], any: [leaf] }, 'rule', 'cannot stand together'],
  ['an unknown key', { tag: 'vip', op: 'eq' }, 'rule.op', 'Possible: tag'],
  ['an empty group', { any: [] }, 'rule.any', 'empty'],
  ['an empty group inside', { all: [{ all: [] }] }, 'rule.all[0].all', 'empty'],
  [
    'an unknown field',
    { all: [leaf, { field: 'email_key', op: 'eq', value: 'x' }] },
    'rule.all[1].field',
    'first_name',
  ],
  ['an undefined attribute', { field: 'attributes.nope', op: 'eq', value: 'x' }, 'rule.field', 'attributes.spent'],
  ['an unknown operator', { any: [{ field: 'email', op: 'like', value: 'x' }] }, 'rule.any[0].op', 'starts_with'],
  ['an operator of another type', { field: 'attributes.spent', op: 'contains', value: '1' }, 'rule.op', 'between'],
  ['a text for a number', { field: 'attributes.spent', op: 'gt', value: '10' }, 'rule.value', 'numbers'],
  ['no number', { field: 'attributes.spent', op: 'eq' }, 'rule.value', 'numbers'],
  ['an object for a text', { field: 'email', op: 'eq', value: { a: 1 } }, 'rule.value', 'text'],
  ['a NUL', { field: 'email', op: 'eq', value: 'a\0b' }, 'rule.value', 'cannot be stored'],
  ['half a pair', { field: 'email', op: 'eq', value: '\uD800' }, 'rule.value', 'cannot be stored'],
  ['no list for in', { field: 'email', op: 'in', value: 'a' }, 'rule.value', 'list'],
  ['an empty list', { field: 'email', op: 'in', value: [] }, 'rule.value', 'list'],
  ['a wrong one in a list', { field: 'attributes.spent', op: 'in', value: [1, 'x'] }, 'rule.value[1]', 'numbers'],
  ['a value with is_set', { field: 'email', op: 'is_set', value: true }, 'rule.value', 'no value'],
  ['a range upside down', { field: 'attributes.spent', op: 'between', value: [2, 1] }, 'rule.value', 'Swap'],
  ['a day that is none', { field: 'attributes.birthday', op: 'eq', value: '2026-02-30' }, 'rule.value', '2026-10-03'],
  ['a moment that is none', { field: 'created_at', op: 'after', value: 'yesterday' }, 'rule.value', '2026-10-03'],
  ['negative days', { field: 'created_at', op: 'in_last_days', value: -1 }, 'rule.value', 'whole number'],
  ['endless anniversaries', { field: 'created_at', op: 'anniversary_in_days', value: 367 }, 'rule.value', '366'],
  ['an empty tag', { tag: '' }, 'rule.tag', 'empty'],
  ['an unknown event', { event: 'read' }, 'rule.event', 'clicked'],
  ['never at least', { event: 'opened', at_least: 0 }, 'rule.at_least', 'from 1'],
  ['a campaign that is no id', { event: 'opened', campaign_id: "1' or true" }, 'rule.campaign_id', 'not an id'],
  [
    'an unknown topic',
    { consent: { channel: 'email', topic_id: '0', status: 'granted' } },
    'rule.consent.topic_id',
    'topic',
  ],
  [
    'an unknown channel',
    { consent: { channel: 'fax', topic_id: '0', status: 'granted' } },
    'rule.consent.channel',
    'email',
  ],
  ['an unknown segment', { not: { segment_id: '0' } }, 'rule.not.segment_id', 'no such segment'],
  ['too deep', deep(10), `rule${'.not'.repeat(10)}`, '10 levels'],
  ['too many leaves', { any: Array.from({ length: 101 }, () => leaf) }, 'rule.any[100]', '100 conditions'],
]

test.group('A rule that cannot be', () => {
  for (const [name, rule, field, hint] of refused) {
    test(`is refused at its path: ${name}`, async ({ client, assert }) => {
      const { workspace, token } = await bakery()
      await db.table('contact_fields').multiInsert([
        { workspace_id: workspace.id, key: 'spent', label: 'Spent', type: 'number' },
        { workspace_id: workspace.id, key: 'birthday', label: 'Birthday', type: 'date' },
      ])
      const answer = await client
        .post('/api/v1/segments/preview')
        .bearerToken(token)
        .json({ rule } as any)
      answer.assertStatus(422)
      const [error] = answer.body().errors
      assert.equal(error.code, 'E_INVALID_RULE', error.message)
      assert.equal(error.field, field)
      assert.include(error.message, hint)
    })
  }

  test('the largest that may be still runs', async ({ client }) => {
    const { token } = await bakery()
    const rule = { any: Array.from({ length: 100 }, (_, i) => ({ field: 'email', op: 'contains', value: `${i}%_\\` })) }
    ;(await client.post('/api/v1/segments/preview').bearerToken(token).json({ rule })).assertStatus(200)
    ;(
      await client
        .post('/api/v1/segments/preview')
        .bearerToken(token)
        .json({ rule: deep(9) as any })
    ).assertStatus(200)
  })
})
