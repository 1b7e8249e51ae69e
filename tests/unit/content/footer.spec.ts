import { test } from '@japa/runner'
import { bakeryWorkspace, copyFor, letter } from './bakery_letter.ts'

const footers = (workspace: { postalAddress?: string | null; locale?: string }) =>
  copyFor(letter({ workspace: { ...bakeryWorkspace, ...workspace } }))

test.group('The footer of a mail', () => {
  test('has the sender’s address line by line, in both parts, as it was written', ({ assert }) => {
    const { html, text } = footers({ postalAddress: '1 Harbour Street\r\nBristol BS1 4RN <UK>\n{{ contact.email }}' })
    assert.include(html, '1 Harbour Street<br>Bristol BS1 4RN &lt;UK&gt;<br>&#123;&#123; contact.email }}</p>')
    assert.match(text, /1 Harbour Street\r?\nBristol BS1 4RN <UK>\n\{\{ contact\.email \}\}\n/)
  })

  test('has no gap where no address is known', ({ assert }) => {
    assert.notInclude(footers({ postalAddress: null }).html, '<br>')
  })

  test('speaks the language of the letter, else English', ({ assert }) => {
    const german = footers({ locale: 'de-AT' })
    assert.include(german.html, '>Abmelden</a>')
    assert.include(german.text, 'Abmelden: ')
    assert.include(footers({ locale: 'pt-BR' }).html, '>Unsubscribe</a>')
  })
})
