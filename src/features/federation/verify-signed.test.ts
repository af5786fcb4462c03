/** `qingdao verify` of a record that somebody brought on a USB stick, with the manifest of its node as a file: no network. */
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { runShell } from '../../commands/shell.ts'
import { freshFolder, testApp } from '../../../test/app.ts'

let now = new Date('2026-01-02T03:04:05.000Z')
const node = await testApp({ now: () => now })
await node.app.log.follow()
const curator = node.as('curator')
const share = async (title: string): Promise<string> => {
  now = new Date(now.getTime() + 3_600_000)
  const { id } = await curator('practices.share', { title: { en: title }, originalLanguage: 'en', type: 'practice' })
  await node.app.log.follow()
  return id
}
const folder = freshFolder()
const kept = (name: string, value: unknown): string => {
  const path = join(folder, name)
  writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value))
  return path
}
const signed = async (id: string) => (await node.get(`/records/${id}/signed.json`)).json()
const manifest = async () => (await node.get('/.well-known/qingdao.json')).json()

async function verify(...words: string[]): Promise<{ code: number; said: string }> {
  let said = ''
  const stream = { write: (text: string) => ((said += text), true), isTTY: false, listenerCount: () => 1 }
  const out = stream as unknown as NodeJS.WriteStream
  const fetch = () => assert.fail('asked the network')
  const environment = { now: () => now, random: (n: number) => new Uint8Array(n), fetch }
  const env = { LANG: 'en', DATA_DIR: '/nowhere/at/all' }
  const code = await runShell(['verify', ...words], { env, out, err: out, environment: environment as never })
  return { code, said }
}

const first = await share('Radio lessons')
const early = await signed(first)
const before = await manifest()
const firstKey: string = before.keys[0].verifier
now = new Date(now.getTime() + 3_600_000)
await node.app.log.rotateKey()
const second = await share('Lessons by telephone')
const late = await signed(second)
const handedOver = await manifest()

test('with the manifest, records verify that were signed with the key of today and with the one before', async () => {
  assert.equal(handedOver.keys.length, 2)
  const files = [kept('early.json', early), kept('late.json', late)]
  const keys = kept('qingdao.json', handedOver)
  for (const file of files) {
    const { code, said } = await verify(file, '--manifest', keys)
    assert.deepEqual([code, /as the node .+ signed it/.test(said)], [0, true], said)
    assert.match(said, /signed with a key of its node that was in force then/)
    // The key that was compared by telephone years ago leads to that of today.
    assert.equal((await verify(file, '--manifest', keys, '--key', firstKey)).code, 0)
  }
  // One key alone says less, and what to do about it.
  const { code, said } = await verify(files[1]!, '--key', firstKey)
  assert.equal(code, 1)
  assert.match(said, /signed with another key[^]*give its manifest with --manifest/)
  const unknown = await verify(files[1]!)
  assert.match(unknown.said, /You gave no key that you trust[^]*--manifest/)
})

test('a copy that was changed is told, with the part that was', async () => {
  const keys = kept('qingdao.json', handedOver)
  const of = async (value: unknown) => verify(kept('changed.json', value), '--manifest', keys)
  const title = structuredClone(late)
  title.record.body.title.en = 'Send money'
  const added = structuredClone(late)
  added.record.body.countries = ['KE']
  const redone = structuredClone(late)
  redone.proof.proofValue = early.proof.proofValue
  const { address: _, ...less } = late
  for (const [value, words] of [
    [title, /not as it was signed; changed: body\.title/],
    [added, /not as it was signed; changed: body\.countries/],
    [redone, /the signature does not fit; it cannot be told which part/],
    [less, /not a signed record: parts are missing/],
  ] as const) {
    const { code, said } = await of(value)
    assert.equal(code, 1)
    assert.match(said, words)
  }
})

test('a manifest of another node, or one whose keys do not follow from one another, shows nothing', async () => {
  const other = await testApp()
  await other.app.log.follow()
  const theirs = (await other.get('/.well-known/qingdao.json')).json()
  const late_ = kept('late.json', late)
  const { code, said } = await verify(late_, '--manifest', kept('theirs.json', theirs))
  assert.equal(code, 1)
  assert.match(said, /it began at the node .+, but the manifest is of the node/)
  const forged = { ...handedOver, keys: [handedOver.keys[0], { ...handedOver.keys[1], handover: undefined }] }
  for (const bad of [forged, { node: 'x' }, '[]'])
    assert.match((await verify(late_, '--manifest', kept('bad.json', bad))).said, /This manifest cannot be used/)
  const strange = await verify(late_, '--manifest', kept('qingdao.json', handedOver), '--key', theirs.keys[0].verifier)
  assert.equal(strange.code, 2)
  assert.match(strange.said, /This manifest cannot be used/)
})

test('what is signed with a key after it was replaced, or with one that is revoked, is not taken', async () => {
  const early_ = kept('early.json', early)
  const ended = structuredClone(handedOver)
  ended.keys[0].until = '2026-01-01T00:00:00.000Z'
  const { code, said } = await verify(early_, '--manifest', kept('ended.json', ended))
  assert.equal(code, 1)
  assert.match(said, /with a key that served only until 2026-01-01/)

  await node.app.log.revokeKey('2026-01-02T00:00:00.000Z', firstKey)
  const revoked = kept('revoked.json', await manifest())
  const told = await verify(early_, '--manifest', revoked)
  assert.equal(told.code, 1)
  assert.match(told.said, /signed with a key that is revoked since 2026-01-02/)
  assert.equal((await verify(kept('late.json', late), '--manifest', revoked)).code, 0)
})
