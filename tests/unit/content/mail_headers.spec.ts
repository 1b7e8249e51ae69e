import { test } from '@japa/runner'
import { mailHeaders } from '#content'
import { leaveByMail } from '#tracking'

test.group('Mail headers', () => {
  const at = { unsubscribeUrl: 'https://mail.bluedoor.test/u/abc', workspaceId: 3, campaignId: 7 }

  test('are exactly those of RFC 8058, RFC 2919 and Google', ({ assert }) => {
    assert.deepEqual(mailHeaders({ ...at, topic: { id: 12, name: 'Weekly "specials"' } }), {
      'List-Unsubscribe': '<https://mail.bluedoor.test/u/abc>',
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      'List-Id': '"Weekly specials" <topic-12.workspace-3.mail.bluedoor.test>',
      'Feedback-ID': 'campaign-7:topic-12:workspace-3:assent',
    })
  })

  test('the way by mail comes after the page, with the same token', ({ assert }) => {
    const headers = mailHeaders({ ...at, leaveBy: leaveByMail('a&b+c@müller.test'), topic: { id: 1, name: 'News' } })
    assert.equal(
      headers['List-Unsubscribe'],
      '<https://mail.bluedoor.test/u/abc>, <mailto:a%26b+c@xn--mller-kva.test?subject=unsubscribe.abc>'
    )
  })

  test('a name with other letters or line breaks stays one ASCII line', ({ assert }) => {
    for (const name of ['Überraschung\r\nBcc: x@example.test', '日本語のお知らせ']) {
      assert.match(mailHeaders({ ...at, topic: { id: 1, name } })['List-Id'], /^[\x20-\x7e]+$/)
    }
  })
})
