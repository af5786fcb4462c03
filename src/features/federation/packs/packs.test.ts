/** Records travel between nodes in packs: signed, each once, without what people changed here being lost. */
import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { gunzipSync, gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { records } from '#records/store.ts'
import { freshFolder, problemOf, testApp, usualNow, type TestApp } from '../../../../test/app.ts'
import { judgeSigned, signRecord, type SignedRecord } from '../signed-record.ts'
import { verifyPack } from '../verify-signed.ts'
import { federated } from '../store.ts'
import { attachedFiles } from '#features/attachments/store.ts'
import { takeAttachment } from '#features/dump/take-dump.ts'
import { person } from '../../../../test/people.ts'
import { png } from '../../../../test/pictures.ts'
import { applyPack } from './apply.ts'
import { packAt, packIn, type Home } from './pack.ts'
import { signingKey } from './give.ts'
import { takeCopies, takerOf, type Given } from './take.ts'
import { newKeysOf } from './trust.ts'
import { packHere } from './write.ts'

/** A node whose clock goes on with each act, so that versions have times of their own. */
async function nodeCalled(name: string) {
  let time = usualNow.getTime()
  const node = await testApp({ now: () => new Date((time += 1_000)) })
  Object.assign(node.app.runtime.services.site, { name, address: `https://${name}.example` })
  await node.app.log.follow()
  return node
}
const [kenya, senegal, china] = [await nodeCalled('kenya'), await nodeCalled('senegal'), await nodeCalled('china')]

async function packOf({ app, folder }: TestApp, after = 0, more: object = {}): Promise<Buffer> {
  await app.log.follow()
  const { services, environment } = app.runtime
  const here = {
    db: app.database.read,
    services,
    dataDir: folder,
    version: 'test',
    address: services.site.address,
    now: environment.now,
  }
  const { text } = await packHere(here, { after, ...more })
  let whole = ''
  for await (const line of text) whole += line
  return gzipSync(whole)
}
const takerAt = ({ app, folder }: TestApp) => ({
  perform: app.perform,
  services: app.running.services,
  dataDir: folder,
})
const give = async (
  from: TestApp,
  to: TestApp,
  { after = 0, dryRun = false }: { after?: number; dryRun?: boolean } = {},
) => {
  const { counts } = await applyPack(packIn('pack', await packOf(from, after)), { ...takerAt(to), dryRun })
  await to.app.followOwn()
  return counts
}
const heldBy = async ({ app }: TestApp, id: string) =>
  (await records(app.database.read).find(id)) ?? assert.fail('not here')
const sums = ({ added, changed, withdrawn, unchanged, refused }: Awaited<ReturnType<typeof give>>) => ({
  added,
  changed,
  withdrawn,
  unchanged,
  refused: refused.map(({ code }) => code),
})
const nothingNew = { added: 0, changed: 0, withdrawn: 0, refused: [] }
const share = (node: TestApp, title: string): Promise<{ id: string }> =>
  node.as('curator')('practices.share', { title: { en: title }, originalLanguage: 'en', type: 'practice' })

const { id } = await share(kenya, 'Radio lessons')

test('a record comes with its versions and translations; the preview says so before, and a second time nothing changes', async () => {
  await kenya.as('curator')('records.translate', {
    id,
    revision: 1,
    language: 'fr',
    texts: { title: 'La radio' },
    machine: true,
  })
  const before = await give(kenya, senegal, { dryRun: true })
  assert.deepEqual(sums(before), { added: 1, changed: 0, withdrawn: 0, unchanged: 0, refused: [] })
  assert.deepEqual(before.told, [{ id, kind: 'practice', title: 'Radio lessons', outcome: 'added' }])
  assert.equal(await records(senegal.app.database.read).find(id), undefined, 'a preview changes nothing')

  assert.equal((await give(kenya, senegal)).added, 1)
  const [there, here] = [await heldBy(kenya, id), await heldBy(senegal, id)]
  assert.deepEqual(
    [here.body, here.revision, here.translations, here.createdAt, here.changedAt],
    [there.body, there.revision, there.translations, there.createdAt, there.changedAt],
  )
  const { chain: _, ...origin } = here.origin!
  assert.deepEqual(origin, {
    identifier: `https://kenya.example/records/${id}`,
    url: `https://kenya.example/records/${id}`,
  })
  assert.equal((await senegal.as('curator')('records.history', { id })).versions.length, 2)

  const journal = (await senegal.get('/.well-known/qingdao.json')).json().journal
  assert.deepEqual(sums(await give(kenya, senegal)), { ...nothingNew, unchanged: 1 })
  assert.equal((await senegal.get('/.well-known/qingdao.json')).json().journal, journal)
})

test('a node that moved, or whose pack names it by another address, says the same: nothing of it is refused', async () => {
  const { site } = kenya.app.runtime.services
  const { address } = site
  site.address = 'http://localhost:8080'
  const from = await give(kenya, senegal)
  site.address = address
  assert.deepEqual(sums(from), { ...nothingNew, unchanged: 1 })
})

test('a copy is given on as its home signed it, and comes back to its home as nothing new', async () => {
  assert.equal((await give(senegal, china)).added, 1)
  const copy = (await federated(china.app.database.read).copies([id])).get(id)!
  const nodeId = async (node: TestApp) => (await node.get('/.well-known/qingdao.json')).json().node
  assert.deepEqual(copy.chain, [await nodeId(kenya), await nodeId(senegal)])
  // Readers and programs are told each node, with the day.
  const { origin } = (await china.get(`/records/${id}.json`)).json()
  const passed = await Promise.all([kenya, senegal, china].map(nodeId))
  assert.deepEqual(
    origin.chain.map(({ node, at }: { node: string; at: string }) => [node, at.slice(0, 10)]),
    passed.map((node) => [node, '2026-01-02']),
  )
  assert.equal(origin.chain[0].at, (await heldBy(kenya, id)).changedAt)
  const { body: page } = await china.get(`/en/records/${id}`)
  assert.match(page, /Where this copy comes from[^]*kenya\.example\/records[^]*senegal\.example[^]*This site[^]*Signed/)
  assert.doesNotMatch((await kenya.get(`/en/records/${id}`)).body, /Where this copy comes from/)
  assert.deepEqual(
    (await china.get(`/records/${id}/signed.json`)).json(),
    (await kenya.get(`/records/${id}/signed.json`)).json(),
  )
  assert.deepEqual(sums(await give(china, kenya)), { ...nothingNew, unchanged: 1 })
  assert.deepEqual(sums(await give(china, senegal)), { ...nothingNew, unchanged: 1 })
})

test('what changed since comes alone: a new version, a withdrawal, a record restored', async () => {
  const place = async () => (await kenya.get('/.well-known/qingdao.json')).json().journal
  const since = await place()
  const { body, revision } = await heldBy(kenya, id)
  await kenya.as('curator')('practices.revise', {
    id,
    revision,
    body: { ...body, title: { ...body.title, en: 'Radio lessons at home' } },
  })
  const { id: other } = await share(kenya, 'Tablets')
  const counts = await give(kenya, senegal, { after: since })
  assert.deepEqual(sums(counts), { added: 1, changed: 1, withdrawn: 0, unchanged: 0, refused: [] })
  assert.equal((await heldBy(senegal, id)).body.title.en, 'Radio lessons at home')

  const then = await place()
  await kenya.as('curator')('records.withdraw', { id: other, revision: 1, reason: 'It names a child' })
  assert.deepEqual(sums(await give(kenya, senegal, { after: then, dryRun: true })), {
    ...nothingNew,
    withdrawn: 1,
    unchanged: 0,
  })
  await give(kenya, senegal, { after: then })
  const gone = await senegal.get(`/records/${other}`)
  assert.equal(gone.statusCode, 410)
  assert.match(gone.body, /It names a child/)
  assert.ok(!gunzipSync(await packOf(kenya)).includes('"Tablets"'), 'the text of what was withdrawn does not travel')
  await kenya.as('curator')('records.restore', { id: other, revision: 2, reason: 'It does not' })
  await give(kenya, senegal, { after: then })
  assert.equal((await senegal.get(`/records/${other}`)).statusCode, 200)
})

test('what people changed here is kept, the newer copy waits, and a curator settles it', async () => {
  const { id: shared } = await share(kenya, 'Radio for teachers')
  await give(kenya, senegal)
  const revise = async (node: TestApp, en: string) => {
    const { body, revision } = await heldBy(node, shared)
    await node.as('curator')('practices.revise', { id: shared, revision, body: { ...body, title: { en } } })
  }
  await revise(senegal, 'Radio for teachers of Senegal')
  await revise(kenya, 'Radio for all teachers')
  const counts = await give(kenya, senegal)
  assert.deepEqual(
    counts.refused.map(({ code }) => code),
    ['editedHere'],
  )
  assert.equal((await heldBy(senegal, shared)).body.title.en, 'Radio for teachers of Senegal')
  const { refused } = await senegal.as('curator')('packs.refused')
  assert.deepEqual(
    refused.map((one: { id: string; title: string }) => [one.id, one.title]),
    [[shared, 'Radio for all teachers']],
  )
  assert.equal(await problemOf(senegal.as()('packs.refused')), 'unauthenticated')

  await senegal.as('curator')('packs.settle', { id: shared, via: refused[0].via, keep: 'theirs' })
  assert.equal((await heldBy(senegal, shared)).body.title.en, 'Radio for all teachers')
  assert.deepEqual((await senegal.as('curator')('packs.refused')).refused, [])
  await revise(kenya, 'Radio for every teacher')
  assert.equal((await give(kenya, senegal)).changed, 1, 'from then on it goes on as at home')
})

test('any part of a copy that is changed is named, and the copy refused', async () => {
  const signed = (await kenya.get(`/records/${id}/signed.json`)).json() as SignedRecord
  assert.deepEqual([judgeSigned(signed).isSound, judgeSigned(signed).changed], [true, []])
  const changes: [string, (copy: any) => void][] = [
    ['body.title', (copy) => (copy.record.body.title.en = 'Radio is bad')],
    ['note', (copy) => (copy.record.note = 'x')],
    ['translations', (copy) => (copy.record.translations.fr.machine = false)],
    ['versions.1', (copy) => (copy.versions.at(-1).body.title.en = 'Other')],
    ['versions.1', (copy) => copy.versions.pop()],
    ['body.summary', (copy) => (copy.record.body.summary = { en: 'Added' })],
    ['digests', (copy) => (copy.proof.created = '2020-01-01T00:00:00Z')],
  ]
  for (const [part, change] of changes) {
    const copy = structuredClone(signed)
    change(copy)
    const { isSound, changed } = judgeSigned(copy)
    assert.deepEqual([isSound, changed], [false, [part]])
  }
  const text = gunzipSync(await packOf(kenya))
    .toString()
    .replaceAll('Radio lessons at home', 'Radio lessons are bad')
  const [header, ...lines] = text.trimEnd().split('\n')
  const { counts } = await applyPack(packIn('pack', packed([header!, ...lines.slice(0, -1)])), takerAt(china))
  assert.ok(counts.refused.some(({ code, values }) => code === 'signatureBroken' && values.parts === 'body.title'))
})

/** Lines with the footer that they need. */
function packed(lines: readonly string[]): Buffer {
  const body = lines.map((line) => `${line}\n`).join('')
  return gzipSync(
    `${body}${JSON.stringify({ end: true, lines: lines.length - 1, sha256: hash('sha256', body, 'hex'), upTo: 99, isWhole: true })}\n`,
  )
}

test('no address of a copy becomes a link that is more than a link', async () => {
  const signed = (await kenya.get(`/records/${id}/signed.json`)).json() as SignedRecord
  const from = (await kenya.get('/.well-known/qingdao.json')).json().node
  const bad = 'javascript:alert(1)'
  const copies = [
    { ...signed, address: bad },
    { ...signed, record: { ...signed.record, origin: { identifier: 'x', url: bad } } },
  ].map((copy) => ({ place: 'x', chain: [from], signed: copy }))
  const { refused } = await china.as('operator')('packs.take', { from, homes: [], copies, dryRun: true })
  assert.deepEqual(
    refused.map(({ code }: { code: string }) => code),
    ['noSignedRecord', 'noSignedRecord'],
  )
})

test('a pack that is cut, changed, a bomb or no pack at all is refused whole', async () => {
  const whole = await packOf(kenya)
  const folder = freshFolder()
  const lines = gunzipSync(whole).toString().trimEnd().split('\n')
  const applied = (bytes: Uint8Array) => problemOf(applyPack(packIn('pack', bytes), takerAt(china)))
  const journal = (await china.get('/.well-known/qingdao.json')).json().journal
  for (const bad of [
    whole.subarray(0, whole.length / 2),
    gzipSync(lines.slice(0, -1).join('\n')),
    gzipSync(`${[...lines, lines[1]].join('\n')}\n`),
    gzipSync(`${[lines[0], ...lines.slice(2)].join('\n')}\n`),
    gzipSync('{"format":"qingdao-pack"}\n'),
    gzipSync(`${'['.repeat(100_000)}\n`),
    Buffer.from('no gzip'),
    gzipSync(''),
  ])
    assert.equal(await applied(bad), 'packDamaged')
  assert.match(await applied(gzipSync(Buffer.alloc(64 * 1024 * 1024, 0x20))), /tooLarge|lineTooLong/)
  const path = join(folder, 'pack.jsonl.gz')
  writeFileSync(path, whole.subarray(1))
  assert.equal(await problemOf(applyPack(packAt(path), takerAt(china))), 'packDamaged')
  assert.equal((await china.get('/.well-known/qingdao.json')).json().journal, journal)
})

test('a stranger cannot speak for a node that is known, nor give what it never had', async () => {
  const stranger = await nodeCalled('stranger')
  await share(stranger, 'Spam')
  const manifest = (await kenya.get('/.well-known/qingdao.json')).json()
  const lines = gunzipSync(await packOf(stranger))
    .toString()
    .trimEnd()
    .split('\n')
    .slice(0, -1)
  const asKenya = lines.map((line) => line.replaceAll(/"node":"[^"]+"/g, `"node":"${manifest.node}"`))
  const { counts } = await applyPack(packIn('pack', packed(asKenya)), takerAt(senegal))
  assert.ok(counts.refused.length > 0 && counts.added === 0)
  const { key } = { key: (await federated(senegal.app.database.read).node(manifest.node))!.keys }
  assert.deepEqual(key, manifest.keys, 'the keys of a known node stay')
})

test('a key that was handed over counts, and what the former key signed before stays sound', async () => {
  await kenya.app.log.rotateKey()
  const { id: later } = await share(kenya, 'After the change of keys')
  const counts = await give(kenya, senegal)
  assert.deepEqual([counts.added, counts.refused], [1, []])
  assert.ok((await heldBy(senegal, later)).body)
})

test('a stolen key is revoked: what it signed later gives way to what its node says, and what was here before stays', async () => {
  const { node, address, name } = (await kenya.get('/.well-known/qingdao.json')).json()
  const stolen = await signingKey(kenya.folder, node)
  const [forged, sound] = [await share(kenya, 'Tablets in Turkana'), await share(kenya, 'Radio in Kisumu')]
  await give(kenya, senegal)
  const since = senegal.app.environment.now().toISOString()
  // The thief dates back what is signed, and invents a record.
  const real = await heldBy(kenya, forged.id)
  const byThief = (id: string, title: string) => {
    const record = { ...real, id, revision: 9, sourceRevision: 9, body: { ...real.body, title: { en: title } } }
    const signed = signRecord({ node, address, record, versions: [] }, stolen.key, stolen.publicKey)
    return { place: id, chain: [node], signed: { ...signed } }
  }
  const invented = '0123456789abcdef'
  const copies = [byThief(forged.id, 'Send money'), byThief(invented, 'A prize')]
  const take = (homes: Home[], given: Given[]) =>
    senegal.app.perform(takeCopies, takerOf(node), { from: node, homes, copies: given })
  assert.deepEqual((await take([], copies)).refused, [])

  await kenya.app.log.revokeKey(since)
  const { keys } = (await kenya.get('/.well-known/qingdao.json')).json()
  await take([{ node, address, name, keys }], [])
  assert.deepEqual(
    (await take([], [byThief(forged.id, 'More money')])).refused.map(({ code }) => code),
    ['revokedKey'],
  )
  const page = async (id: string) => (await senegal.get(`/en/records/${id}`)).body
  assert.match(await page(forged.id), /Do not rely on this copy/)
  assert.match(await page(sound.id), /was here before and stays valid/)
  const chen = await person(senegal, 'Chen', { roles: ['curator'] })
  assert.match(
    (await chen.open('/en/network')).body,
    /Key revoked from[^]*Copies signed with a revoked key[^]*Send money[^]*A prize[^]*signs it again/,
  )
  assert.doesNotMatch((await senegal.get('/en/network')).body, /Send money/)
  const path = join(freshFolder(), 'pack.jsonl.gz')
  writeFileSync(path, await packOf(senegal))
  const found = (await verifyPack(path)).filter(({ step }) => step === 'keyRevokedSince')
  assert.ok(found.length >= 3 && found.every(({ state, values }) => state === 'bad' && values['since'] === since))

  const { refused } = await give(kenya, senegal)
  assert.ok(!refused.some(({ values }) => [forged.id, sound.id].includes(String(values?.['id']))))
  assert.deepEqual((await heldBy(senegal, forged.id)).body.title, { en: 'Tablets in Turkana' })
  for (const one of [forged, sound]) assert.doesNotMatch(await page(one.id), /Do not rely|was here before/)
  const network = (await chen.open('/en/network')).body
  assert.ok(/A prize/.test(network) && !/Send money/.test(network), 'its node does not know the one that was invented')

  // A key is revoked by one after it alone, and what was once revoked stays so.
  const { revocation } = keys.find((key: { revocation?: string }) => key.revocation)
  const turned = keys.map(({ verifier, since: from, until, handover }: (typeof keys)[number], i: number) => ({
    verifier,
    since: from,
    until,
    handover,
    ...(i === keys.length - 1 && { revokedSince: since, revocation }),
  }))
  const known = newKeysOf({ node, keys: turned }, (await federated(senegal.app.database.read).node(node))!.keys)
  assert.deepEqual(
    known.map(({ revokedSince }) => revokedSince),
    keys.map(({ revokedSince }: { revokedSince?: string }) => revokedSince),
  )
})

test('whatever is sent as a signed record, the answer is a judgement and never a crash', async () => {
  const signed = (await kenya.get(`/records/${id}/signed.json`)).json() as SignedRecord
  const from = (await kenya.get('/.well-known/qingdao.json')).json().node
  const copies = fc
    .sample(fc.tuple(fc.constantFrom(...Object.keys(signed)), fc.jsonValue({ maxDepth: 3 })), 60)
    .map(([name, value], i) => ({
      place: String(i),
      chain: [from],
      signed: { ...signed, [name]: value },
    }))
  const answer = await china.as('operator')('packs.take', { from, homes: [], copies, dryRun: true })
  assert.equal(answer.added + answer.changed + answer.withdrawn, 0)
})

test('a copy that was withdrawn here alone is not given on: its text is told here by no way', async () => {
  const { id: gone } = await share(kenya, 'A name too many')
  await give(kenya, senegal)
  const { revision } = await heldBy(senegal, gone)
  await senegal.as('curator')('records.withdraw', { id: gone, revision, reason: 'It names a child' })
  assert.equal((await senegal.get(`/records/${gone}/signed.json`)).statusCode, 410)
  assert.ok(!gunzipSync(await packOf(senegal)).includes('A name too many'))
  assert.equal((await heldBy(kenya, gone)).status, 'published')
})

/** As if somebody there had attached it. */
async function putPicture({ app, folder }: TestApp, content: Buffer): Promise<string> {
  const file = hash('sha256', content, 'hex')
  const path = join(folder, file)
  writeFileSync(path, content)
  await app.perform(takeAttachment, { kind: 'system', id: 'test' }, { path, file })
  const owner = { file, ownerId: 'curator', name: 'radio.png', at: usualNow.toISOString() }
  await app.database.write((db) => attachedFiles(db).addOwner(owner))
  return file
}
const bodyWith = (title: string, file: string, bytes: number, more: object = {}) => ({
  title: { en: title },
  originalLanguage: 'en',
  type: 'practice',
  attachments: [
    {
      file,
      name: 'radio.png',
      mediaType: 'image/png',
      bytes,
      width: 60,
      height: 40,
      alternative: { en: 'A radio' },
      ...more,
    },
  ],
})

test('pictures and documents travel in the pack, with their digests; the preview counts them', async () => {
  const picture = png(60, 40, { text: 'x'.repeat(100) })
  const file = await putPicture(kenya, picture)
  const place = (await kenya.get('/.well-known/qingdao.json')).json().journal
  const { id: pictured } = await kenya.as('curator')('practices.share', bodyWith('Radio', file, picture.length))
  const address = `/files/${file}/radio.png`
  const pack = await packOf(kenya, place, { files: true })
  const preview = await applyPack(packIn('pack', pack), { ...takerAt(senegal), dryRun: true })
  assert.deepEqual(preview.files, { added: 1, bytes: picture.length, refused: [] })
  assert.equal((await senegal.get(address)).statusCode, 404)

  const { files } = await applyPack(packIn('pack', pack), takerAt(senegal))
  assert.equal(files.added, 1)
  assert.deepEqual((await heldBy(senegal, pictured)).body.attachments, (await heldBy(kenya, pictured)).body.attachments)
  const served = await senegal.get(address)
  assert.deepEqual([served.statusCode, served.rawPayload.equals(picture)], [200, true])
  assert.equal((await applyPack(packIn('pack', pack), takerAt(senegal))).files.added, 0, 'it is there already')

  const without = await applyPack(packIn('pack', await packOf(kenya, place)), takerAt(china))
  assert.deepEqual([without.counts.added, without.files.added], [1, 0])
  assert.equal((await heldBy(china, pictured)).body.attachments, undefined, 'what is not here is not named')
})

test('a file that is not what its digest says, comes in the wrong order or is dangerous is not taken', async () => {
  const [header] = gunzipSync(await packOf(kenya))
    .toString()
    .split('\n')
  const part = (content: Buffer, more: object = {}) =>
    JSON.stringify({
      file: hash('sha256', content, 'hex'),
      part: 0,
      of: 1,
      bytes: content.length,
      data: content.toString('base64'),
      ...more,
    })
  const picture = png(61, 40)
  const bad = [
    { data: Buffer.from('another').toString('base64') },
    { bytes: picture.length - 1 },
    { bytes: picture.length + 1 },
    { part: 1 },
    { of: 2 },
    { file: '../../etc/passwd' },
    { data: '<script>' },
    { bytes: 1e12 },
  ]
  for (const more of bad)
    assert.equal(
      await problemOf(applyPack(packIn('pack', packed([header!, part(picture, more)])), takerAt(china))),
      'packDamaged',
      JSON.stringify(more).slice(0, 60),
    )
  const page = Buffer.from('<html><script>alert(1)</script></html>')
  const bomb = png(60_000, 1)
  const lines = [header!, part(page), part(bomb), part(picture)]
  const { files } = await applyPack(packIn('pack', packed(lines)), takerAt(china))
  assert.equal(files.added, 1)
  assert.deepEqual(
    files.refused.map(({ code, place }) => [code, place]),
    [
      ['fileRefused', 'pack:2'],
      ['fileRefused', 'pack:3'],
    ],
  )
  assert.equal(
    (await china.get(`/files/${hash('sha256', picture, 'hex')}/x.png`)).statusCode,
    404,
    'no record names it',
  )
})

test('a copy that names a file of somebody here does not make it public', async () => {
  const secret = png(62, 40)
  const file = await putPicture(senegal, secret)
  await putPicture(kenya, secret)
  const { id: naming } = await kenya.as('curator')('practices.share', bodyWith('Radio', file, secret.length))
  await give(kenya, senegal)
  assert.equal((await heldBy(senegal, naming)).body.attachments, undefined)
  assert.equal((await senegal.get(`/files/${file}/radio.png`)).statusCode, 404)
})
