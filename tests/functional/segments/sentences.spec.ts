import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { describeRule } from '#segments'
import { plantSegment } from '#tests/support/people'
import { bakery } from '#tests/support/workspace'

test('A rule is told in one sentence of plain English', async ({ assert }) => {
  const { workspace } = await bakery()
  const of = { workspace_id: workspace.id }
  const [topic] = await db
    .table('topics')
    .insert({ ...of, name: 'News' })
    .returning('id')
  const [campaign] = await db
    .table('campaigns')
    .insert({ ...of, name: 'Autumn', created_by: 'x', updated_by: 'x' })
    .returning('id')
  await db.table('contact_fields').insert({ ...of, key: 'born', label: 'Birthday', type: 'date' })
  const vips = await plantSegment(workspace.id, 'VIPs', { tag: 'vip' })
  const consent = { consent: { channel: 'email', topic_id: String(topic.id), status: 'granted' } }
  const told: [unknown, string][] = [
    [{ all: [] }, 'Everyone.'],
    [consent, 'People who agreed to “News”.'],
    [{ field: 'attributes.born', op: 'gte', value: '2000-01-01' }, 'People whose Birthday is on or after 2000-01-01.'],
    [
      { field: 'attributes.born', op: 'anniversary_in_days', value: 7 },
      'People whose Birthday has its anniversary within 7 days.',
    ],
    [{ field: 'locale', op: 'in', value: ['de', 'fr'] }, 'People whose Locale is one of “de” or “fr”.'],
    [
      {
        all: [
          { any: [{ segment_id: vips }, { event: 'clicked', campaign_id: String(campaign.id), at_least: 2 }] },
          { not: { any: [{ tag: 'press' }, { event: 'bounced' }] } },
          { not: { event: 'received', within_days: 1 } },
        ],
      },
      'People (who are in the segment “VIPs” or who clicked in the campaign “Autumn” at least 2 times), ' +
        'not (who have the tag “press” or who bounced on a mail) and who did not receive a mail in the last day.',
    ],
  ]
  for (const [rule, sentence] of told) assert.equal(await describeRule(rule, workspace.id), sentence)
})
