import { test } from '@japa/runner'
import { snapshot } from '#app/delivery/sender/compose_mails'

test.group('What is kept of a person for a mail', () => {
  test('is what the letter asks for and they have, and nothing that every object has', ({ assert }) => {
    const keys = ['contact.city', 'contact.constructor', 'contact.__proto__', 'contact.toString', 'workspace.name']
    assert.deepEqual(snapshot({ city: 'Bristol', email: 'ada@example.com' }, keys), { contact: { city: 'Bristol' } })
  })
})
