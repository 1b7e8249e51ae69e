import { getActiveTestOrFail, test } from '@japa/runner'
import net from 'node:net'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { SMTPServerOptions } from 'smtp-server'
import db from '@adonisjs/lucid/services/db'
import { cancelShipment, resumeShipment, sendAllOf } from '#delivery'
import { claimBatch } from '#app/delivery/sender/claim_batch'
import { theSystem } from '#identity'
import { audience, connect, connectServer, freeze, letTimePass, progressOf, receiptOf } from '#tests/support/campaign'
import { mailServer } from '#tests/support/mail_server'
import { owner } from '#tests/support/owner'
import { theProvider } from '#tests/support/stand_in'
import { setEnvironment } from '#tests/support/environment'

/** A campaign that leaves by a mail server of the workspace's own. */
async function byServer({ people = 8, ...options }: SMTPServerOptions & { people?: number } = {}) {
  const server = await mailServer(options)
  const story = await audience({ people })
  const { account } = await connectServer(story.workspace, server)
  const frozen = await freeze(story)
  const workspaceId = story.workspace.id
  return {
    ...story,
    ...frozen,
    server,
    account,
    send: () => sendAllOf({ workspaceId }),
    budget: () => db.from('rate_budgets').where({ account }).first(),
    change: { workspaceId, shipmentId: frozen.shipment.id, actor: theSystem },
  }
}

/** A server that takes each mail and hangs up instead of answering. */
async function silentServer() {
  const taken: string[] = []
  let isWell = false
  const server = net.createServer((socket) => {
    let [to, isInData, heard] = ['', false, '']
    socket.on('error', () => {})
    socket.write('220 bakery.test\r\n')
    socket.on('data', (bytes) => {
      const text = (heard += bytes.toString())
      if (!text.endsWith(isInData ? '\r\n.\r\n' : '\r\n')) return
      heard = ''
      to = /RCPT TO:<(.+?)>/i.exec(text)?.[1] ?? to
      if (isInData) {
        isInData = false
        taken.push(to)
        return isWell ? void socket.write('250 taken\r\n') : void socket.destroy()
      }
      isInData = /^DATA/im.test(text)
      socket.write(isInData ? '354 go on\r\n' : '250 ok\r\n')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  getActiveTestOrFail().cleanup(() => void server.close())
  return { taken, port: (server.address() as net.AddressInfo).port, getWell: () => (isWell = true) }
}

test.group('Where keys are not remembered', () => {
  test('a server that hangs up before it has a mail costs nobody their certainty', async ({ assert }) => {
    const rude = net.createServer((socket) => void socket.end('220 bakery.test\r\n'))
    rude.listen(0, '127.0.0.1')
    await once(rude, 'listening')
    getActiveTestOrFail().cleanup(() => void rude.close())
    const story = await byServer({ people: 20 })
    await db.from('provider_accounts').where({ workspace_id: story.workspace.id }).delete()
    await connectServer(story.workspace, { port: (rude.address() as net.AddressInfo).port })
    await story.send()
    assert.containsSubset(await progressOf(story.shipment), { state: 'running', unconfirmed: 0, accepted: 0 })
    const well = await mailServer({})
    await db.from('provider_accounts').where({ workspace_id: story.workspace.id }).delete()
    await connectServer(story.workspace, well)
    for (let round = 0; round < 3; round++) {
      await letTimePass(story.shipment)
      await story.send()
    }
    assert.containsSubset(await receiptOf(story.shipment), { closes: true, accepted: { total: 20 } })
    assert.lengthOf(well.received, 20)
  })

  test('a server that takes mails and never answers is stopped before it has used up the audience', async ({
    assert,
  }) => {
    const silent = await silentServer()
    const story = await audience({ people: 200 })
    const { account } = await connectServer(story.workspace, silent)
    const { shipment } = await freeze(story)
    for (let round = 0; round < 15; round++) {
      await sendAllOf({ workspaceId: story.workspace.id })
      await letTimePass(shipment)
    }
    const stopped = await progressOf(shipment)
    assert.equal(stopped.state, 'stopped')
    assert.match(stopped.stop_reason!, /^in_doubt: /)
    assert.equal(stopped.unconfirmed, silent.taken.length)
    assert.isBelow(stopped.unconfirmed, 60)
    silent.getWell()
    await db.transaction((trx) =>
      resumeShipment({ workspaceId: story.workspace.id, shipmentId: shipment.id, actor: theSystem, trx })
    )
    for (let round = 0; round < 3; round++) {
      await letTimePass(shipment)
      await sendAllOf({ workspaceId: story.workspace.id })
    }
    const account2 = await receiptOf(shipment)
    assert.containsSubset(account2, { closes: true, accepted: { total: 200 - stopped.unconfirmed } })
    assert.lengthOf(new Set(silent.taken), 200, 'nobody got two')
    assert.lengthOf(silent.taken, 200)
    assert.equal((await db.from('rate_budgets').where({ account }).first()).failures, 0, 'it works again')
  })

  test('what the server said is written down as soon as the database takes it', async ({ assert, cleanup }) => {
    const story = await byServer()
    const name = `full_${story.workspace.id}`
    await owner().rawQuery(
      `create function ${name}() returns trigger language plpgsql as
         $$ begin if new.workspace_id = ${story.workspace.id} then raise exception 'no space' using errcode = '53100'; end if; return new; end $$;
       create trigger ${name} before insert on messages for each row execute function ${name}();`
    )
    const mend = () => owner().rawQuery(`drop function if exists ${name} cascade`)
    cleanup(() => mend() as any)
    const sending = story.send()
    await sleep(700)
    await mend()
    await sending
    assert.containsSubset(await receiptOf(story.shipment), { closes: true, accepted: { total: 8 } })
    assert.lengthOf(story.server.received, 8)
  })

  test('who certainly got nothing stays certain when their worker dies before it has put them back', async ({
    assert,
  }) => {
    const story = await byServer()
    await story.server.close()
    await story.send()
    const [sealed] = await db.from('batches').where({ workspace_id: story.workspace.id })
    assert.containsSubset(sealed, { state: 'sealed', doubtful: false })
    await letTimePass(story.shipment)
    const taken = await claimBatch({ worker: 'one that dies', workspaceId: story.workspace.id })
    assert.containsSubset(taken, { wasSealed: true, doubtful: false })
    await letTimePass(story.shipment)
    await story.send()
    assert.containsSubset(await progressOf(story.shipment), { unconfirmed: 0 })
  })

  test('while the account rests, who certainly got nothing goes by the next', async ({ assert }) => {
    await theProvider()
    const story = await audience({ people: 5 })
    const { account } = await connect(story.workspace)
    const smtp = await mailServer()
    await connectServer(story.workspace, { ...smtp, isFallback: true })
    const { shipment } = await freeze(story)
    process.env.RESEND_BASE_URL = 'http://127.0.0.1:9'
    await sendAllOf({ workspaceId: story.workspace.id })
    assert.containsSubset(await progressOf(shipment), { sending: 5 })
    await letTimePass(shipment)
    await db
      .from('rate_budgets')
      .where({ account })
      .update({ paused_until: new Date(Date.now() + 600_000), failures: 9 })
    await sendAllOf({ workspaceId: story.workspace.id })
    assert.lengthOf(smtp.received, 5)
    assert.containsSubset(await progressOf(shipment), { state: 'finished', accepted: 5 })
  })

  test('the mail server of the environment is left alone while it is down', async ({ assert }) => {
    let calls = 0
    const refuser = net.createServer((socket) => {
      calls++
      socket.destroy()
    })
    refuser.listen(0, '127.0.0.1')
    await once(refuser, 'listening')
    setEnvironment({ SMTP_URL: `smtp://127.0.0.1:${(refuser.address() as net.AddressInfo).port}` })
    getActiveTestOrFail().cleanup(() => void refuser.close())
    const story = await audience({ people: 200 })
    const { shipment } = await freeze(story)
    await sendAllOf({ workspaceId: story.workspace.id })
    assert.containsSubset(await progressOf(shipment), { state: 'running', unconfirmed: 0 })
    assert.isBelow(calls, 60, 'three batches of eight, and then a pause')
    assert.match((await progressOf(shipment)).waiting_for!.reason, /^provider/)
    await db.transaction((trx) =>
      cancelShipment({ workspaceId: story.workspace.id, shipmentId: shipment.id, actor: theSystem, trx })
    )
  })
})
