import { test } from '@japa/runner'
import { CompiledTemplate } from '../../../app/content/compiled_template.ts'
import { engineFor, type Medium } from '../../../app/content/liquid.ts'

const manner = { timezone: 'Europe/London', locale: 'en' }
const constants = {
  workspace: { name: 'Blue "Door" & Sons', postal_address: '' },
  topic: { name: 'Weekly <specials>' },
  edition_time: '2026-11-01T08:00:00Z',
}

const people: Record<string, unknown>[] = [
  { first_name: 'Ada', city: 'Bristol', points: 12, vip: true },
  { first_name: '', city: null, points: 0, vip: false },
  {},
  { first_name: `<b onclick="x('1')">&amp;</b>`, city: 'Zürich – 東京 😀', points: 1.5, vip: 'no' },
  { first_name: '\ud83d', city: ['Bristol', 'Bath'], points: { a: 1 }, vip: null },
  { first_name: '{{ contact.city }}', city: 'line\n\n\nbreaks\t"quoted"\\', points: -0, vip: 0 },
]

const templates = [
  'plain',
  '',
  'Hello {{ contact.first_name }}!',
  '{{contact.first_name}}{{ contact.city }}{{ contact.points }}{{ contact.vip }}',
  'Hello {{ contact.first_name | default: "friend & co" }}, {{ contact.city | default: \'\' }}.',
  '{{ contact.first_name | default: contact.city }} {{ contact.vip | default: "x", allow_false: true }}',
  '{{ contact.first_name | upcase | append: "!" }} {{ contact.city | size }} {{ contact.city.size }} {{ contact.city.first }}',
  '{{ contact["first_name"] }} {{ contact[workspace.name] }} {{ contact.points.a }}',
  '{{ workspace.name }} {{ topic.name | upcase }} {{ "now" | date: "%Y" }} {{ "literal" }} {{ 1.50 }} {{ nil }} {{ true }}',
  'a {% if contact.city %}in {{ contact.city }}{% else %}nowhere{% endif %} b',
  '{% if contact.vip %}V{% elsif contact.points %}P{{ contact.points }}{% else %}{{ contact.first_name }}{% endif %}',
  '{% if contact.points > 3 and contact.vip %}many{% endif %}{% unless contact.city == "Bristol" %}away{% endunless %}',
  '{% case contact.city %}{% when "Bristol" %}near{% else %}far{% endcase %}',
  '{% if workspace.postal_address %}{{ workspace.postal_address }}{% endif %}{% if true %}yes{% endif %}',
  '{% if contact.city %}{% if contact.vip %}both{% endif %}{% assign x = "set" %}{% endif %}{{ x }}',
  '{% assign name = contact.first_name | default: "you" %}{{ name }} {{ name }}',
  '{% for word in contact.city %}{{ word }}{% break %}{% endfor %} {% capture c %}{{ contact.city }}{% endcapture %}{{ c }}',
  '{% assign n = 0 %}{% for w in contact.city %}{% assign n = n | plus: 1 %}{% endfor %}Hi {{ contact.first_name }}, {{ n }} of {{ contact.points }}.',
  '{% if contact.vip %}{% capture who %}<b>{{ contact.first_name }}</b>{% endcapture %}{% endif %}a {{ who }} b {{ who | default: "you" }}',
  '{% assign contact = workspace %}{{ contact.name }} {{ contact.first_name }}{% if contact.name %}!{% endif %}',
  'a {% for w in contact.city limit: 1 %}{{ w }}{% endfor %} b {% for w in contact.city offset: continue %}{{ w }}{% endfor %} c {{ w }}',
  'a {% if contact.vip %}b{% break %}c{% endif %} d {{ contact.first_name }}',
  '{% assign x = contact.points %}{% if x > 3 %}many{% elsif contact.vip %}vip{% endif %} {% assign x = x | append: "." %}{{ x }}{{ x }}',
  '  {{- contact.first_name -}}  {%- if contact.city -%} x {%- endif -%}  ',
  '{% comment %}{{ contact.first_name }}{% endcomment %}{% # nothing %}end',
  '{{ link_1 }} {{ open_url }} {% if open_url %}<img src="{{ open_url }}">{% endif %}',
  '{{ constructor }} {{ contact.constructor }} {{ contact.__proto__ }} {{ nobody.there }} {{ contact }}',
  '{{ contact.first_name | raw }} {{ contact.first_name | escape }} {{ contact.first_name | url_encode }}',
]

/** Half a character cannot be encoded: then both fail. */
function orFailure(render: () => string): string {
  try {
    return render()
  } catch (error) {
    return /URI malformed/.test(String(error)) ? 'fails' : String(error)
  }
}

test.group('A compiled template', () => {
  for (const medium of ['html', 'text', 'url'] as Medium[]) {
    test(`gives for ${medium} what Liquid gives for the whole, to the character`, ({ assert }) => {
      for (const source of templates) {
        const compiled = new CompiledTemplate(source, { field: 'text', medium, manner, constants })
        const engine = engineFor(medium, manner)
        const whole = engine.parse(source)
        for (const contact of people) {
          const scope = { ...constants, contact, link_1: 'https://mail.test/c/a?b=1&c="2"', open_url: null }
          const expected = orFailure(() => engine.renderSync(whole, scope))
          assert.equal(
            orFailure(() => String(compiled.fill(scope))),
            expected,
            `${source} ${JSON.stringify(contact)}`
          )
        }
      }
    })
  }

  test('shares among all people whatever does not depend on them', ({ assert }) => {
    const compiled = new CompiledTemplate('{{ workspace.name }}: {{ contact.first_name }}, {{ topic.name }}', {
      field: 'text',
      medium: 'text',
      manner,
      constants,
    })
    const [one, another] = people.map((contact) => compiled.fill({ ...constants, contact }))
    assert.deepEqual(one.strings, ['Blue "Door" & Sons: ', ', Weekly <specials>'])
    assert.strictEqual(one.strings, another.strings)
    assert.deepEqual(one.values, ['Ada'])
  })
})
