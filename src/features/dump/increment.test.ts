/** Who has a dump brings it up to date with what changed since, and has what a new dump would hold. */
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { journalHead } from '#kernel/journal.ts'
import { freshFolder, problemOf, testApp } from '../../../test/app.ts'
import { applyIncrements, descriptionIn } from './apply-increments.ts'
import { filesOf, writeDump, type DataPackage } from './dump.ts'
import { keepIncrement, keptIncrements, incrementsOf, writeIncrement } from './increment.ts'
import { verifyDump } from './verify-dump.ts'

const node = await testApp()
const { app } = node
const curator = node.as('curator')
const folder = freshFolder()
const at = (name: string) => join(folder, name)

let written = 0
const asked = async () => ({
  created: new Date(Date.UTC(2026, 0, 1, 0, 0, ++written)).toISOString(),
  journal: await journalHead(app.database.read),
  sources: [],
  title: 'Qingdao',
  files: app.runtime.services.files,
  log: app.log,
})
const full = async (name: string) => writeDump(app.database.read, at(name), await asked())

const linesIn = (name: string, path: string) =>
  gunzipSync(readFileSync(join(at(name), path)))
    .toString()
    .trim()
    .split('\n')
/** All lines of each file; the order of records in them says nothing. */
const heldIn = (name: string, description: DataPackage) =>
  Object.fromEntries(
    filesOf(description)
      .filter(({ rows }) => rows > 0)
      .map((file) => [file.name, file.name === 'log' ? linesIn(name, file.path) : linesIn(name, file.path).sort()])
      .sort(([one], [other]) => (String(one) < String(other) ? -1 : 1)),
  )

const body = (title: string) => ({
  title: { en: title },
  originalLanguage: 'en',
  purpose: { en: 'To listen' },
  procedure: { en: 'Meet' },
})
const shared: { id: string; revision: number; status: string }[] = []
type Act = { what: 'share' | 'revise' | 'withdraw' | 'restore' | 'translate'; which: number }
const acts = fc.array(
  fc.record<Act>({
    what: fc.constantFrom('share', 'share', 'revise', 'revise', 'withdraw', 'restore', 'translate'),
    which: fc.nat(1_000),
  }),
  { maxLength: 6 },
)

async function act({ what, which }: Act): Promise<void> {
  if (what === 'share') {
    const { id, revision, status } = await curator('building-blocks.share', body(`Record ${shared.length}`))
    shared.push({ id, revision, status })
    return
  }
  const fitting = shared.filter(({ status }) => status === (what === 'restore' ? 'withdrawn' : 'published'))
  const one = fitting[which % fitting.length]
  if (!one) return
  const { id, revision } = one
  const record =
    what === 'revise'
      ? await curator('building-blocks.revise', { id, revision, body: body(`Revised ${which}`) })
      : what === 'translate'
        ? await curator('records.translate', { id, revision, language: 'fr', texts: { title: `Fiche ${which}` } })
        : await curator(`records.${what}`, { id, revision, reason: 'For a reason' })
  Object.assign(one, { revision: record.revision, status: record.status })
}

test('a dump and all increments since hold what a new dump holds, whatever happened between', async () => {
  await act({ what: 'share', which: 1 })
  let since: Parameters<typeof writeIncrement>[2] = await full('base')
  const parts = [at('base')]
  const rounds = fc.asyncProperty(acts, async (all) => {
    for (const one of all) await act(one)
    const name = `increment-${parts.length}`
    since = await writeIncrement(app.database.read, at(name), since, await asked())
    parts.push(at(name))
    const applied = await applyIncrements(at('applied'), parts)
    const fresh = await full('fresh')
    assert.deepEqual(heldIn('applied', applied), heldIn('fresh', fresh))
    assert.deepEqual([applied.journal, applied.log?.checkpoint], [fresh.journal, fresh.log?.checkpoint])
  })
  await fc.assert(rounds, { numRuns: 12, endOnFailure: true })
  assert.ok(shared.length > 3, `${shared.length} records`)
  const { findings } = await verifyDump(at('applied'))
  assert.deepEqual(
    findings.filter(({ state }) => state === 'bad'),
    [],
  )
})

test('an increment says what it goes on from, and holds only what changed', async () => {
  const base = await full('first')
  const record = (await curator('building-blocks.share', body('A new one'))) as { id: string }
  const increment = await writeIncrement(app.database.read, at('second'), base, await asked())
  assert.deepEqual(increment.since, { journal: base.journal, created: base.created, checkpoint: base.log!.checkpoint })
  assert.deepEqual(
    increment.resources.map(({ name, rows }) => [name, rows]),
    [['building-block', 1]],
  )
  assert.equal(increment.log!.file.rows, 1, 'the entries of the log that came since')
  await curator('records.withdraw', { id: record.id, revision: 1, reason: 'A mistake' })
  const next = await writeIncrement(app.database.read, at('third'), increment, await asked())
  assert.deepEqual([next.resources, next.withdrawn.rows], [[], 1])
  assert.equal(JSON.parse(linesIn('third', 'withdrawn.jsonl.gz')[0]!).id, record.id)

  assert.equal(await problemOf(applyIncrements(at('gap'), [at('first'), at('third')])), 'incrementMissing')
  assert.equal(await problemOf(applyIncrements(at('gap'), [at('second')])), 'incrementMissing')
  assert.equal(await problemOf(applyIncrements(at('gap'), [at('first'), at('nowhere')])), 'dumpDamaged')
  writeFileSync(join(at('second'), 'building-block.jsonl.gz'), 'something else')
  assert.equal(await problemOf(applyIncrements(at('gap'), [at('first'), at('second'), at('third')])), 'dumpDamaged')
})

test('a node that serves keeps what leads from one dump to the next, and offers it', async () => {
  const dump = join(node.folder, 'dump')
  await writeDump(app.database.read, dump, await asked())
  assert.match((await node.get('/dump')).body, /as soon as there are two/)
  const before = await descriptionIn(dump)
  await curator('building-blocks.share', body('Between two dumps'))
  const said = await asked()
  const after = await writeDump(app.database.read, dump, said)
  await keepIncrement(app.database.read, dump, { before, dump: after }, said)
  const [name] = await keptIncrements(dump)
  assert.match((await node.get('/dump')).body, new RegExp(`/dump/increments/${name}/datapackage.json`))
  const told = (await node.get(`/dump/increments/${name}/datapackage.json`)).json()
  assert.equal(told.log.checkpoint, after.log!.checkpoint)
  const { path } = told.resources[0]
  assert.match(
    gunzipSync((await node.get(`/dump/increments/${name}/${path}`)).rawPayload).toString(),
    /Between two dumps/,
  )
  assert.equal((await node.get(`/dump/increments/${name}/secret.key`)).statusCode, 404)
  assert.equal((await node.get('/dump/increments/..%2f..%2fkeys/datapackage.json')).statusCode, 404)
  const next = await writeIncrement(app.database.read, at('goes-on'), after, await asked())
  const applied = await applyIncrements(at('caught-up'), [dump, at('goes-on')])
  assert.deepEqual([next.resources, applied.log!.checkpoint], [[], after.log!.checkpoint])
  assert.ok(incrementsOf(dump).endsWith('dump-increments'))
})
