/** E-mails are sent through a real mail server, once, and are retried when it is down. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'
import { testApp } from '../../../test/app.ts'
import { bySmtp, forgetInFolder, intoFolder, senderOf } from './carriers.ts'
import { deliverMail, post } from './mail.ts'

/** A mail server that keeps what it gets; it answers “come back later” as often as asked to. */
async function mailServer(refusals = 0) {
  const got: string[] = []
  let left = refusals
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: async (stream, _session, done) => {
      const message = await text(stream)
      if (left-- > 0) return done(Object.assign(new Error('come back later'), { responseCode: 451 }))
      got.push(message)
      done()
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as { port: number }
  return {
    got,
    address: `smtp://127.0.0.1:${port}`,
    close: () => new Promise<void>((resolve) => server.close(resolve)),
  }
}

const letter = {
  to: 'amina@example.org',
  subject: 'رسالة',
  text: 'مرحبا\nhttps://example.org/account/link/abc=def\n',
  language: 'ar',
}

test('an e-mail goes out with the transaction that wrote it, to the server, once', async (t) => {
  const { app } = await testApp()
  const server = await mailServer()
  t.after(server.close)
  await assert.rejects(
    app.database.write(async (tx) => {
      await post(tx, letter, app.environment.now())
      throw new Error('nothing of this happened')
    }),
  )
  assert.equal(await deliverMail(app.database, bySmtp(server.address, 'q@example.org'), app.environment.now), 0)
  await app.database.write((tx) => post(tx, letter, app.environment.now()))
  assert.equal(await deliverMail(app.database, bySmtp(server.address, 'q@example.org'), app.environment.now), 1)
  assert.equal(await deliverMail(app.database, bySmtp(server.address, 'q@example.org'), app.environment.now), 0)
  assert.equal(server.got.length, 1)
  assert.match(server.got[0]!, /To: <?amina@example\.org>?/)
  assert.match(server.got[0]!, /Content-Language: ar/)
})

test('the site is named as the sender, unless the operator says another name', async (t) => {
  const { app } = await testApp()
  const server = await mailServer()
  t.after(server.close)
  const senders = [
    senderOf({ mailFrom: 'q@example.org', siteName: 'Ministry, "Radio" <TV>' }),
    senderOf({ mailFrom: 'Our team <q@example.org>', siteName: 'Ministry' }),
  ]
  for (const from of senders) {
    await app.database.write((tx) => post(tx, letter, app.environment.now()))
    await deliverMail(app.database, bySmtp(server.address, from), app.environment.now)
  }
  assert.match(server.got[0]!, /^From: "Ministry, Radio <TV>" <q@example\.org>\r$/m)
  assert.match(server.got[1]!, /^From: Our team <q@example\.org>\r$/m)
})

test('what somebody waits for goes before news, however much of that there is', async () => {
  const { app } = await testApp()
  await app.database.write(async (tx) => {
    for (let at = 0; at < 60; at++)
      await post(tx, { ...letter, subject: 'News', unsubscribe: `https://q.example/${at}` }, app.environment.now())
    await post(tx, { ...letter, subject: 'Your security code' }, app.environment.now())
  })
  const gone: string[] = []
  await deliverMail(app.database, async ({ subject }) => void gone.push(subject), app.environment.now)
  assert.equal(gone[0], 'Your security code')
})

test('an e-mail that can be stopped says how to mail programs (RFC 8058), and its secret is not kept', async (t) => {
  const { app } = await testApp()
  const server = await mailServer()
  t.after(server.close)
  const unsubscribe = `https://qingdao.example.org/en/watching/letters/${'x'.repeat(43)}`
  await app.database.write((tx) => post(tx, { ...letter, unsubscribe }, app.environment.now()))
  await deliverMail(app.database, bySmtp(server.address, 'q@example.org'), app.environment.now)
  const plain = server.got[0]!.replaceAll('\r\n ', ' ')
  assert.match(plain, new RegExp(`^List-Unsubscribe: <${unsubscribe}>\r$`, 'm'))
  assert.match(plain, /^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m)
  const kept = await app.database.read
    .withTables<{ mail: { unsubscribe: string | null } }>()
    .selectFrom('mail')
    .selectAll()
    .execute()
  assert.deepEqual(
    kept.map((one) => one.unsubscribe),
    [null],
  )
})

test('where the server is away the e-mail waits, twice as long each time, and its text is kept', async (t) => {
  let now = new Date('2026-01-02T00:00:00Z')
  const { app } = await testApp({ now: () => now })
  const server = await mailServer(2)
  t.after(server.close)
  const carry = bySmtp(server.address, 'q@example.org')
  await app.database.write((tx) => post(tx, letter, now))
  assert.equal(await deliverMail(app.database, carry, app.environment.now), 0)
  assert.equal(await deliverMail(app.database, carry, app.environment.now), 0, 'not before its time')
  now = new Date(now.getTime() + 61_000)
  assert.equal(await deliverMail(app.database, carry, app.environment.now), 0)
  now = new Date(now.getTime() + 61_000)
  assert.equal(await deliverMail(app.database, carry, app.environment.now), 0, 'the second wait is longer')
  now = new Date(now.getTime() + 61_000)
  assert.equal(await deliverMail(app.database, carry, app.environment.now), 1)
  assert.equal(server.got.length, 1)
})

test('who leaves goes from files of e-mails to others, also where a line was broken in their name', async () => {
  const { app, folder } = await testApp()
  const outbox = join(folder, 'outbox')
  const name = 'Maria Fernanda Rodríguez'
  const text = `${name} wrote this. `.repeat(9)
  await app.database.write((tx) => post(tx, { ...letter, language: 'en', text }, app.environment.now()))
  await deliverMail(app.database, intoFolder(outbox, 'q@example.org', app.environment.now), app.environment.now)
  const file = join(outbox, '000001.eml')
  const broken = /Maria {2}\r\n|Fernanda {2}\r\n/
  assert.match(readFileSync(file, 'utf8'), broken)
  await forgetInFolder(outbox, 'maria@example.org', [name])
  assert.doesNotMatch(readFileSync(file, 'utf8'), /Maria|Fernanda|Rodríguez/)
  assert.match(readFileSync(file, 'utf8'), /^… wrote this\. … wrote this\./m)
})
