import assert from 'node:assert/strict'
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { test } from 'node:test'
import { runShell } from '../../commands/shell.ts'
import { areEqual, leafHash } from '#codecs/merkle/merkle.ts'
import { checkpointText } from '#codecs/tlog/checkpoint.ts'
import { growingTree } from '#codecs/tlog/growing.ts'
import { parseSigner, signNote } from '#codecs/tlog/signed-note.ts'
import { decodeBundle, encodeBundle, tilePath } from '#codecs/tlog/tiles.ts'
import { freshFolder, testApp } from '../../../test/app.ts'
import { writeDump } from '#features/dump/dump.ts'
import { addressSource } from './source.ts'
import { verifyLog } from './verify-log.ts'

const book = (title: string) => ({ title: { en: title }, originalLanguage: 'en', type: 'book', languages: ['en'] })

type Told = { code: number; said: string }

/** `qingdao verify …` as typed, without a node and without a network. */
async function verify(...words: string[]): Promise<Told> {
  let said = ''
  const stream = { write: (text: string) => ((said += text), true), isTTY: false, listenerCount: () => 1 }
  const out = stream as unknown as NodeJS.WriteStream
  const environment = {
    now: () => new Date('2026-06-01'),
    random: (n: number) => new Uint8Array(n),
    fetch: () => assert.fail('asked the network'),
  }
  const env = { LANG: 'en', DATA_DIR: '/nowhere/at/all' }
  const code = await runShell(['verify', ...words], { env, out, err: out, environment: environment as never })
  return { code, said }
}

/** A node that published a few things, its log, and the secret that signs it. */
async function publishedApp(count = 5) {
  const made = await testApp()
  const curator = made.as('curator')
  const ids: string[] = []
  for (let i = 0; i < count; i++) ids.push((await curator('resources.share', book(`Book ${i}`))).id)
  await made.app.log.follow()
  const { folder } = made.app.log
  const name = folder.split('/').at(-1)
  const key = () => JSON.parse(readFileSync(join(folder, 'keys'), 'utf8')).keys.at(-1).verifier as string
  const signer = () =>
    parseSigner(JSON.parse(readFileSync(join(made.folder, 'keys', `log-${name}.json`), 'utf8')).secret)
  return { ...made, ids, log: folder, key, signer, curator }
}
const fileOf = (name: string, text: string) => {
  const path = join(freshFolder(), name)
  writeFileSync(path, text)
  return path
}
const copyOf = (folder: string) => {
  const to = join(freshFolder(), 'log')
  cpSync(folder, to, { recursive: true })
  return to
}

test('a proof taken from the site is checked at home, with the key that one noted', async () => {
  const { get, ids, key } = await publishedApp()
  const bundle = (await get(`/records/${ids[2]}/proof.json`)).body
  const kept = fileOf('proof.json', bundle)

  const sound = await verify(kept, '--key', key())
  assert.equal(sound.code, 0, sound.said)
  assert.match(sound.said, /✓ It is entry 2 of the signed log of 5/)
  assert.match(sound.said, /✓ The text of record .* matches the digest of its entry/)
  assert.match((await verify(kept)).said, /\? You gave no key that you trust/)

  const changed = await verify(fileOf('changed.json', bundle.replaceAll('Book 2', 'Book 9')), '--key', key())
  assert.equal(changed.code, 1)
  assert.match(changed.said, /✗ The text of record .* does not match the digest of its entry/)
})

test('the proof alone, and a record as the API gives it, are enough too', async () => {
  const { get, ids, key } = await publishedApp()
  const answer = await get(`/records/${ids[1]}/proof.tlog-proof`)
  assert.match(String(answer.headers['content-disposition']), /\.tlog-proof"$/)
  const proof = fileOf('one.tlog-proof', answer.body)
  assert.equal((await verify(proof, '--key', key())).code, 0)
  assert.equal((await verify(proof)).code, 1)

  const record = fileOf('record.json', (await get(`/api/records/${ids[1]}`)).body)
  assert.equal((await verify(record, '--proof', proof, '--key', key())).code, 0)
  const other = fileOf('other.json', (await get(`/api/records/${ids[3]}`)).body)
  const wrong = await verify(other, '--proof', proof, '--key', key())
  assert.deepEqual([wrong.code, /✗ The proof is of another record/.test(wrong.said)], [1, true])
})

test('a proof by a stranger’s key, or with a changed hash, is not believed', async () => {
  const [ours, theirs] = [await publishedApp(), await publishedApp()]
  const { body } = await ours.get(`/records/${ours.ids[0]}/proof.tlog-proof`)
  const stranger = await verify(fileOf('a', body), '--key', theirs.key())
  assert.deepEqual([stranger.code, /✗ Checkpoint .* not signed by the right key/.test(stranger.said)], [1, true])
  const lines = body.split('\n')
  lines[3] = Buffer.alloc(32, 1).toString('base64')
  const bent = await verify(fileOf('b', lines.join('\n')), '--key', ours.key())
  assert.deepEqual([bent.code, /✗ It is not entry 0/.test(bent.said)], [1, true])
})

test('a log as a folder is read through; an entry that was changed or taken out is named', async () => {
  const { log } = await publishedApp()
  const sound = await verify(log)
  assert.equal(sound.code, 0, sound.said)

  const bundle = 'tile/entries/000.p/5'
  const bend = (change: (entries: Uint8Array[]) => Uint8Array[]) => {
    const copy = copyOf(log)
    const path = join(copy, bundle)
    writeFileSync(path, encodeBundle(change(decodeBundle(readFileSync(path), bundle))))
    return verify(copy)
  }
  const changed = await bend((all) =>
    all.map((one, i) => (i === 3 ? Buffer.from(Buffer.from(one).toString().replace('share', 'shame')) : one)),
  )
  assert.deepEqual([changed.code, /✗ Entry 3 was changed/.test(changed.said)], [1, true], changed.said)
  const removed = await bend((all) => all.filter((_, i) => i !== 1))
  assert.deepEqual([removed.code, /✗ Entry 1 was removed/.test(removed.said)], [1, true], removed.said)
  const cut = await bend((all) => all.slice(0, 4))
  assert.deepEqual([cut.code, /✗ Entry 4 was removed/.test(cut.said)], [1, true], cut.said)

  const bare = copyOf(log)
  rmSync(join(bare, 'tile/entries'), { recursive: true })
  assert.equal((await verify(bare)).code, 1)
  rmSync(join(bare, 'checkpoint'))
  assert.equal((await verify(bare)).code, 2)
})

/** What a dishonest keeper of the key would do: another past, all of it consistent and signed. */
function rewritten(
  log: string,
  origin: string,
  signer: Parameters<typeof signNote>[1][number],
  change: (entries: Uint8Array[]) => Uint8Array[],
) {
  const copy = copyOf(log)
  const path = 'tile/entries/000.p/5'
  const entries = change(decodeBundle(readFileSync(join(copy, path)), path))
  rmSync(join(copy, 'tile'), { recursive: true })
  const tree = growingTree()
  for (const entry of entries) tree.append(entry)
  const files = tree.takeFiles()
  return tree.root().then((root) => {
    for (const file of files) {
      const to = join(copy, tilePath(file))
      cpSync(join(log, 'keys'), to, { recursive: true })
      writeFileSync(to, file.bytes)
    }
    writeFileSync(join(copy, 'checkpoint'), signNote(checkpointText(origin, { size: entries.length, root }), [signer]))
    return copy
  })
}

test('a past that was rewritten and signed anew is found by a checkpoint that somebody kept', async () => {
  const { log, signer, curator, app } = await publishedApp(3)
  const since = fileOf('checkpoint', readFileSync(join(log, 'checkpoint'), 'utf8'))
  for (const title of ['Four', 'Five']) await curator('resources.share', book(title))
  await app.log.follow()
  const grown = await verify(log, '--since', since)
  assert.deepEqual(
    [grown.code, /✓ All 3 entries of the earlier checkpoint are still there/.test(grown.said)],
    [0, true],
    grown.said,
  )

  const { origin } = JSON.parse(readFileSync(join(log, 'keys'), 'utf8'))
  const bent = (bytes: Uint8Array) =>
    Buffer.from(
      Buffer.from(bytes)
        .toString()
        .replace(/"revision":1/, '"revision":2'),
    )
  const forged = await rewritten(log, origin, signer(), (all) => all.map((one, i) => (i === 0 ? bent(one) : one)))
  assert.equal((await verify(forged)).code, 0, 'by itself it is consistent')
  const found = await verify(forged, '--since', since)
  assert.deepEqual([found.code, /✗ .*earlier entries were changed/.test(found.said)], [1, true], found.said)

  const shorter = await rewritten(log, origin, signer(), (all) => all.slice(0, 2))
  assert.match((await verify(shorter, '--since', since)).said, /✗ The log had 3 entries and now has only 2/)
  const fork = await rewritten(log, origin, signer(), (all) => [...all.slice(0, 2), all[4]!])
  assert.match((await verify(fork, '--since', since)).said, /✗ Two different logs of 3 entries were signed/)
})

test('an entry that claims an earlier time than the one before it is found', async () => {
  const { log, signer } = await publishedApp()
  const { origin } = JSON.parse(readFileSync(join(log, 'keys'), 'utf8'))
  const early = (bytes: Uint8Array) => Buffer.from(Buffer.from(bytes).toString().replace('"at":"2026', '"at":"2019'))
  const backdated = await rewritten(log, origin, signer(), (all) => all.map((one, i) => (i === 4 ? early(one) : one)))
  const { code, said } = await verify(backdated)
  assert.deepEqual([code, /✗ Entry 4 is back-dated: 2019/.test(said)], [1, true], said)
})

test('a new key is signed for by the old: who trusts the old one trusts the new, and no key that was slipped in', async () => {
  const { log, key, app } = await publishedApp()
  const first = key()
  const since = fileOf('checkpoint', readFileSync(join(log, 'checkpoint'), 'utf8'))
  await app.log.rotateKey()
  await app.log.rotateKey()
  assert.notEqual(key(), first)
  const sound = await verify(log, '--key', first, '--since', since)
  assert.equal(sound.code, 0, sound.said)
  assert.match(sound.said, /✓ Keys: 3, each signed with the one before/)
  assert.equal((await verify(log, '--key', key())).code, 0)

  const copy = copyOf(log)
  const keys = JSON.parse(readFileSync(join(copy, 'keys'), 'utf8'))
  delete keys.keys[1].handover
  writeFileSync(join(copy, 'keys'), JSON.stringify(keys))
  const slipped = await verify(copy, '--key', first)
  assert.deepEqual([slipped.code, /✗ After 1 of the keys/.test(slipped.said)], [1, true], slipped.said)
})

test('what is published after a rotation is signed by the new key, also by a node that was running', async () => {
  const { log, app, options, curator, key } = await publishedApp()
  const { openApp } = await import('#app')
  const other = await openApp(options)
  await other.log.rotateKey()
  await other.close()
  await curator('resources.share', book('Later'))
  await app.log.follow()
  const { code, said } = await verify(log, '--key', key())
  assert.equal(code, 0, said)
})

test('a dump is checked by itself: each record by its digest, none missing, none too many', async () => {
  const { app, ids, as, key, curator } = await publishedApp()
  await as('curator')('records.withdraw', { id: ids[0], revision: 1, reason: 'A mistake' })
  await curator('resources.share', book('Not in the log yet'))
  const folder = join(freshFolder(), 'dump')
  const options = { created: '2026-06-01T00:00:00.000Z', journal: 7, sources: [], title: 'Test', log: app.log }
  await writeDump(app.database.read, folder, options)
  const sound = await verify(folder, '--key', key())
  assert.equal(sound.code, 0, sound.said)
  assert.match(sound.said, /✓ 5 records match the digest of its entry, and none is missing/)
  assert.doesNotMatch(readFileSync(join(folder, 'datapackage.json'), 'utf8'), /PRIVATE/)

  const bend = async (change: (lines: string[]) => string[]) => {
    const copy = copyOf(folder)
    const path = join(copy, 'resource.jsonl.gz')
    const lines = gunzipSync(readFileSync(path)).toString().trimEnd().split('\n')
    writeFileSync(path, gzipSync(`${change(lines).join('\n')}\n`))
    return verify(copy, '--key', key())
  }
  assert.match(
    (await bend((lines) => lines.map((one) => one.replace('Book 3', 'Bock 3')))).said,
    /✗ The text of record/,
  )
  assert.match((await bend((lines) => lines.slice(1))).said, /✗ Record .* is published in the log but missing here/)
  const doubled = (lines: string[]) => [...lines, lines[0]!.replace(/"id":"\w{16}"/, '"id":"0000000000000000"')]
  assert.match((await bend(doubled)).said, /✗ Record 0000000000000000, version 1, is not in the log/)
})

test('another node’s log is read by its address, through the one way out', async () => {
  const { get, ids, app } = await publishedApp()
  await app.log.rotateKey()
  const asked: string[] = []
  const fetch = async (url: string) => {
    asked.push(url)
    const { statusCode, rawPayload } = await get(new URL(url).pathname)
    return { status: statusCode, headers: {}, body: new Uint8Array(rawPayload), url }
  }
  const { findings, size } = await verifyLog(addressSource('https://node.example/log', fetch))
  assert.equal(size, ids.length)
  assert.deepEqual(
    findings.filter(({ state }) => state === 'bad'),
    [],
  )
  assert.ok(asked.every((url) => url.startsWith('https://node.example/log/')))
})

test('narrower tiles of earlier checkpoints are still served, for good, and wider ones never', async () => {
  const { get, log } = await publishedApp()
  const entries = decodeBundle(readFileSync(join(log, 'tile/entries/000.p/5')), 'bundle')
  for (const width of [1, 3, 5]) {
    const tile = await get(`/log/tile/0/000.p/${width}`)
    assert.match(String(tile.headers['cache-control']), /immutable/)
    assert.equal(tile.headers['content-type'], 'application/octet-stream')
    const last = tile.rawPayload.subarray((width - 1) * 32)
    assert.ok(areEqual(last, leafHash(entries[width - 1]!)))
    const bundle = await get(`/log/tile/entries/000.p/${width}`)
    assert.equal(decodeBundle(bundle.rawPayload, 'bundle').length, width)
  }
  for (const path of ['0/000', '0/000.p/6', '1/000.p/1', '0/001', '0/..%2f..%2fkeys', 'entries/000.p/0', '9/000'])
    assert.equal((await get(`/log/tile/${path}`)).statusCode, 404, path)
  const checkpoint = await get('/log/checkpoint')
  assert.deepEqual(
    [checkpoint.headers['content-type'], checkpoint.headers['cache-control']],
    ['text/plain; charset=utf-8', 'no-cache'],
  )
})

test('broken and hostile files are refused in words, with a code', async () => {
  for (const text of [
    '',
    '{',
    '{}',
    '[]',
    '{"entered":{}}',
    '{"entered":{"proof":"x","keys":[],"origin":"a"}}',
    'c2sp.org/tlog-proof@v1\nindex 0\n\n',
    '\u0000',
  ])
    assert.equal((await verify(fileOf('x', text), '--key', 'a+b+c')).code, 2, JSON.stringify(text))
  for (const text of ['', '{', '{"entered":{"proof":"x","keys":[{}],"origin":"a"}}'])
    assert.equal((await verify(fileOf('x', text))).code, 2, JSON.stringify(text))
  assert.equal((await verify('/nowhere/at/all')).code, 4)
})
