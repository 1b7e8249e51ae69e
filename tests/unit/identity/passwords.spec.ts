import { test } from '@japa/runner'
import { refuseWeakPassword } from '#app/identity/accounts/passwords'
import { emailKey } from '#app/identity/accounts/email_key'
import { isLocale, isTimezone } from '#app/identity/workspaces/workspace_settings'

const refused = (password: string, email = 'ada.baker@bluedoor.test') => {
  try {
    refuseWeakPassword(password, { email })
    return null
  } catch (error) {
    return (error as Error).message
  }
}

test.group('Passwords', () => {
  test('have ten characters, counted as people do', ({ assert }) => {
    assert.match(refused('123456789')!, /at least 10/)
    assert.match(refused('🥐🥖🥨🥯🧇')!, /at least 10/)
    assert.isNull(refused('🥐🥖🥨🥯🧇🍞🥪🌮🍕🍔'))
    assert.match(refused('x'.repeat(201))!, /at most 200/)
  })

  test('are not the address, nor its name', ({ assert }) => {
    assert.match(refused('Ada.Baker@BlueDoor.test')!, /e-mail/)
    assert.match(refused('adalovelace', 'AdaLovelace@example.com')!, /e-mail/)
  })

  test('are not among those that are guessed first', ({ assert }) => {
    for (const password of ['1234567890', 'Password123', 'qwertyuiop', 'aaaaaaaaaaaa', 'abababababab']) {
      assert.match(refused(password)!, /guessed/, password)
    }
    assert.isNull(refused('correct horse battery'))
  })
})

test.group('Settings', () => {
  test('know IANA zones and language tags', ({ assert }) => {
    for (const zone of ['Europe/Vienna', 'UTC', 'America/Argentina/Ushuaia']) assert.isTrue(isTimezone(zone), zone)
    for (const zone of ['', 'Vienna', '+02:00', 'Europe/Nowhere']) assert.isFalse(isTimezone(zone), zone)
    assert.isTrue(isLocale('de-AT'))
    assert.isFalse(isLocale('german!'))
  })

  test('an address is one account, however it is spelled', ({ assert }) => {
    assert.equal(emailKey('  Ada@Example.COM '), emailKey('ada@example.com'))
  })
})
