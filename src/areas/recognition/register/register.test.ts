/** Issuing and changes of status in the transparency log, as somebody sees who has a credential and doubts when it was revoked. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { leafHash, verifyInclusion } from '#codecs/merkle/merkle.ts'
import { verifyLog } from '#features/transparency/verify-log.ts'
import { folderSource } from '#features/transparency/source.ts'
import { doJob, testApp } from '../../../../test/app.ts'
import { visitor } from '../../../../test/visitor.ts'
import { credentialDigest } from './digest.ts'

const node = await testApp()
const curates = node.as('curator')
const anyone = node.as()
type Entry = {
  event: string
  action: string
  entered: { record: string; revision: number; index: number; size: number; root: string; hashes: string[] } | null
}
const entriesOf = async (credential: object | string): Promise<Entry[]> =>
  (await anyone('credentials.proof', { sha256: credentialDigest(credential) })).entries
const badge = (learner: string) => ({
  name: 'Teaching by radio',
  description: 'Teaches by radio',
  criteria: 'Taught ten lessons',
  learner,
})

test('what was issued, suspended, restored and revoked is in the log by hash alone, and who has the credential proves it', async () => {
  const { id, credential } = await curates('credentials.issueBadge', {
    ...badge('Wanjiru Kamau'),
    canBeSuspended: true,
  })
  const token = (await curates('credentials.issueBadge', { ...badge('Otieno'), suite: 'jwt' })).credential
  assert.deepEqual(
    (await entriesOf(credential)).map(({ action, entered }) => [action, entered]),
    [['issued', null]],
    'not entered yet',
  )
  await doJob(node.app, 'credential-register')
  for (const state of ['suspended', 'suspended', 'valid', 'revoked'])
    await curates('credentials.setStatus', { id, state, reason: 'Wanjiru Kamau asked' })
  await doJob(node.app, 'credential-register')
  await doJob(node.app, 'credential-register')
  await node.app.log.follow()

  const entries = await entriesOf(credential)
  assert.deepEqual(entries.map(({ action }) => action).toSorted(), ['issued', 'restored', 'revoked', 'suspended'])
  assert.deepEqual(
    (await entriesOf(token)).map(({ action }) => action),
    ['issued'],
  )
  for (const { event, entered } of entries) {
    const { record, revision, root, index, size, hashes } = entered!
    const leaf = leafHash(Buffer.from(event))
    const proof = hashes.map((hash) => Buffer.from(hash, 'base64'))
    assert.ok(verifyInclusion({ index, size, root: Buffer.from(root, 'hex') }, leaf, proof))
    // The root stands in a version of the register, which the log holds.
    const { state, content } = await anyone('records.proof', { id: record, revision })
    assert.deepEqual([state, content.body.batchRoot, content.body.batchCount], ['entered', root, size])
  }
  // Whoever verifies it on the page sees what happened to it, and the proofs.
  const reader = visitor(node)
  await reader.open('/en/verify')
  const page = await reader.send('/verify', { credential: JSON.stringify(credential) }, { files: {} })
  assert.match(page.body, /In the register of this site/)
  assert.equal(page.body.match(/Proof in the transparency log/g)?.length, 4)
  const { record } = entries[0]!.entered!
  assert.equal((await anyone('records.read', { id: record })).body.eventCount, 5)
  const { findings, size } = await verifyLog(folderSource(node.app.log.folder))
  assert.deepEqual([findings.filter(({ state }) => state === 'bad'), size], [[], 2])
  const written = readFileSync(join(node.app.log.folder, 'tile/entries/000.p/2'), 'utf8')
  const shown = (await node.get(`/en/records/${record}`)).body + JSON.stringify(entries) + written
  assert.doesNotMatch(shown, /Wanjiru|Kamau|Otieno|radio/)
  assert.match(shown, /Register of credentials issued here/)
})

test('of a credential of others nothing is known', async () => {
  assert.deepEqual(await entriesOf({ id: 'urn:uuid:1' }), [])
})
