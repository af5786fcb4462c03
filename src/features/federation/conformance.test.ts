/** The examples that neighbours test their software with: this node answers each as expected. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { problemOf, testApp } from '../../../test/app.ts'
import { examples, examplesFolder, type Step } from '../../../test/federation-examples.ts'
import { fetchManifest } from './nodes/reach.ts'
import { applyPack } from './packs/apply.ts'
import { packIn } from './packs/pack.ts'
import { judgeSigned } from './signed-record.ts'

const textOf = (path: string) => readFileSync(join(examplesFolder, path), 'utf8')
const expected = JSON.parse(textOf('expected.json')) as {
  manifests: { file: string; taken: boolean }[]
  signed: { file: string; sound: boolean; changed: string[] }[]
  damaged: string[]
  packs: Step[]
}
const node = await testApp()
const taker = { perform: node.app.perform, services: node.app.running.services, dataDir: node.folder }
const packFrom = (path: string) => packIn(path, gzipSync(textOf(path)))

test('the examples are those that their program writes', () => {
  for (const [path, text] of examples()) assert.equal(textOf(path), text, `${path}: node test/federation-examples.ts`)
})

test('manifests and signed records are judged as expected', async () => {
  for (const { file, taken } of expected.manifests) {
    const fetch = async (url: string) => ({ status: 200, headers: {}, body: Buffer.from(textOf(file)), url })
    const code = await problemOf(fetchManifest({ fetch, services: { privateNodes: false } }, 'https://a.example'))
    assert.equal(code, taken ? 'none' : 'notANode', file)
  }
  for (const { file, sound, changed } of expected.signed) {
    const judged = judgeSigned(JSON.parse(textOf(file)))
    assert.deepEqual([judged.isSound, judged.changed], [sound, changed], file)
  }
})

test('a node that begins empty takes the packs one after the other as expected, and none that is damaged', async () => {
  for (const { pack, says, expected: wanted } of expected.packs) {
    const { counts } = await applyPack(packFrom(pack), taker)
    const { added, changed, withdrawn, unchanged, refused } = counts
    const came = { added, changed, withdrawn, unchanged, refused: refused.map(({ code }) => code) }
    assert.deepEqual(came, wanted, `${pack}: ${says}`)
  }
  for (const pack of expected.damaged)
    assert.equal(await problemOf(applyPack(packFrom(pack), taker)), 'packDamaged', pack)
})
