import { test } from '@japa/runner'
import { addressHash, addressKey, mailboxKey } from '#consent'

test.group('addressKey', () => {
  test('{given} is {key}')
    .with([
      { given: '  Ada@Example.COM ', key: 'ada@example.com' },
      { given: 'ada+news@bakery.test', key: 'ada+news@bakery.test' },
      { given: 'post@Bäckerei-Grün.de', key: 'post@xn--bckerei-grn-l8a53a.de' },
      { given: 'jose\u0301@example.com', key: 'jos\u00E9@example.com' },
      { given: "o'brien@example.ie", key: "o'brien@example.ie" },
    ])
    .run(({ assert }, { given, key }) => {
      assert.equal(addressKey(given), key)
      assert.equal(addressKey(addressKey(given)), key)
    })

  test('{$self} is refused')
    .with([
      '',
      'ada',
      '@example.com',
      'ada@',
      'ada@localhost',
      'ada lovelace@example.com',
      '"ada"@example.com',
      'ada@@example.com',
      'ada..l@example.com',
      '.ada@example.com',
      'ada@exa mple.com',
      'ada@example..com',
      'ada@-example.com',
      'ada@1.2.3.4',
      'ada@[1.2.3.4]',
      'ada@example.com>',
      'Ada <ada@example.com>',
      'ada\u0000@example.com',
      'ada@example.com\nBcc: eve@example.com',
      `${'a'.repeat(65)}@example.com`,
      `ada@${'a'.repeat(250)}.com`,
      'ada@ex%61mple.com',
    ])
    .run(({ assert }, given) => {
      assert.throws(() => addressKey(given), /e-mail address/)
    })

  test('the hash is of the workspace: nobody can compare two workspaces', ({ assert }) => {
    assert.notDeepEqual(addressHash(1, 'ada@example.com'), addressHash(2, 'ada@example.com'))
    assert.deepEqual(addressHash(1, 'ada@example.com'), addressHash(1, 'ada@example.com'))
  })
})

test.group('mailboxKey', () => {
  test('{given} leads to {key}')
    .with([
      { given: 'ada@bakery.test', key: 'ada@bakery.test' },
      { given: 'ada+news+more@bakery.test', key: 'ada@bakery.test' },
      { given: 'a.d.a@bakery.test', key: 'a.d.a@bakery.test' },
      { given: 'a.d.a+1@gmail.com', key: 'ada@gmail.com' },
      { given: 'ada@googlemail.com', key: 'ada@gmail.com' },
      { given: '+ada@bakery.test', key: '+ada@bakery.test' },
    ])
    .run(({ assert }, { given, key }) => assert.equal(mailboxKey(addressKey(given)), key))
})
