/** Where the operator has a scanner, no file is kept that it has not let through. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { scannerAt } from '#kernel/scanner.ts'
import { eicar, testClamd } from '../../../test/clamd.ts'
import { testApp } from '../../../test/app.ts'
import { person } from '../../../test/people.ts'
import { pdf, png } from '../../../test/pictures.ts'

test('a file that is known to do harm is refused beside its field, and so is any while the scanner is silent', async () => {
  const clamd = await testClamd()
  const app = await testApp({ scanner: scannerAt(clamd.address)! })
  const amina = await person(app, 'Amina')
  await amina.open('/en/share')
  await amina.send('/share', { kind: 'building-block' })
  const form = amina.at.replace('/en', '').replace('/identity', '/attachments')
  const attach = async (name: string, content: Buffer, values: Record<string, string> = {}) => {
    await amina.open(`/en${form}`)
    const button: [string, string] = ['go', 'stay']
    return amina.send(form, values, { button, files: { 'attachments.new.file': { name, content } } })
  }
  const kept = () => (existsSync(join(app.folder, 'files')) ? readdirSync(join(app.folder, 'files')) : [])

  const harmful = await attach('club.pdf', Buffer.concat([pdf, Buffer.from(eicar)]), {
    'attachments.new.title': 'How we began',
  })
  assert.equal(harmful.status, 422)
  assert.match(harmful.body, /contains malware \(Eicar-Signature\) and was not saved/)
  assert.match(harmful.body, /value="How we began"/)
  assert.deepEqual(kept(), [])

  const fine = await attach('club.png', png(60, 40), { 'attachments.new.alternative': 'Six pupils' })
  assert.match(fine.body, /club\.png/)
  assert.equal(kept().length, 1)

  clamd.stop()
  const unseen = await attach('more.png', png(30, 40), { 'attachments.new.alternative': 'Six pupils' })
  assert.equal(unseen.status, 422)
  assert.match(unseen.body, /cannot be scanned at the moment/)
  assert.equal(kept().length, 1)
})
