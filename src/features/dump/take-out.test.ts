/** A text that was withdrawn stands in no file that the node keeps for download. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { journalHead } from '#kernel/journal.ts'
import { jobStates, runDueJobs } from '#kernel/jobs/jobs.ts'
import { doJob, testApp } from '../../../test/app.ts'
import { applyIncrements, descriptionIn } from './apply-increments.ts'
import { writeDump } from './dump.ts'
import { incrementsOf, keepIncrement, keptIncrements } from './increment.ts'
import { takeOutWithdrawn } from './take-out.ts'
import { verifyDump } from './verify-dump.ts'

let now = new Date('2026-01-02T03:04:05.000Z')
const node = await testApp({ now: () => now })
const { app, folder } = node
const curator = node.as('curator')
const db = app.database.read
const dump = join(folder, 'dump')
const first = join(folder, 'first')

const asked = async () => ({
  created: (now = new Date(now.getTime() + 3_600_000)).toISOString(),
  journal: await journalHead(db),
  sources: [],
  title: 'Qingdao',
  files: app.runtime.services.files,
  log: app.log,
})
/** As `qingdao dump --keep-increments` does, each hour. */
async function nextDump(): Promise<number> {
  const before = await descriptionIn(dump)
  const changed = await takeOutWithdrawn(db, dump, before.journal)
  const said = await asked()
  const written = await writeDump(db, dump, said)
  await keepIncrement(db, dump, { before, dump: written }, said)
  return changed
}
const body = (title: string) => ({ title: { en: title }, originalLanguage: 'en', purpose: { en: 'To listen' } })
const share = async (title: string): Promise<string> => (await curator('building-blocks.share', body(title))).id

/** All that stands in files of the folder and those within it. */
function textIn(place: string): string {
  const files = readdirSync(place, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
  assert.ok(files.length > 2, `${files.length} files in ${place}`)
  return files
    .map((one) => readFileSync(join(one.parentPath, one.name)))
    .map((bytes) => (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString())
    .join('\n')
}

test('what is withdrawn leaves the dump and all increments, which lead to the same as before', async () => {
  await share('From the beginning')
  const said = await asked()
  await writeDump(db, first, said)
  await writeDump(db, dump, said)
  const secret = await share('The name of a pupil')
  await curator('building-blocks.revise', { id: secret, revision: 1, body: body('The name of a pupil, again') })
  await share('Another')
  assert.equal(await nextDump(), 0)
  await share('In between')
  assert.equal(await nextDump(), 0)
  const kept = await keptIncrements(dump)
  const heldIn = () => [textIn(dump), textIn(incrementsOf(dump))]
  for (const text of heldIn()) assert.match(text, /name of a pupil/)

  await curator('records.withdraw', { id: secret, revision: 2, reason: 'It names a child' })
  assert.equal(await nextDump(), 1, 'the increment in which it came is written anew')
  for (const text of heldIn()) assert.doesNotMatch(text, /name of a pupil/)
  assert.match(textIn(incrementsOf(dump)), /Another/)
  const [one] = kept
  const files = (await node.get(`/dump/increments/${one}/datapackage.json`)).json()
  assert.deepEqual(
    [files.resources.map(({ rows }: { rows: number }) => rows), files.versions, files.withdrawn.rows],
    [[1], [], 1],
  )

  // Who has the first dump comes to the same by the increments, and each increment still is what it says of itself.
  const all = (await keptIncrements(dump)).map((name) => join(incrementsOf(dump), name))
  assert.equal(all.length, 3)
  await applyIncrements(join(folder, 'applied'), [first, ...all])
  const titles = (place: string) => [...textIn(place).matchAll(/"title":\{"en":"([^"]*)"/g)].map(([, title]) => title)
  assert.deepEqual(titles(join(folder, 'applied')).sort(), titles(dump).sort())
  const { findings } = await verifyDump(join(folder, 'applied'))
  assert.deepEqual(
    findings.filter(({ state }) => state === 'bad'),
    [],
  )
})

test('what was published again since stays where it is', async () => {
  const id = await share('Taken back by mistake')
  await nextDump()
  await curator('records.withdraw', { id, revision: 1, reason: 'A mistake' })
  await curator('records.restore', { id, revision: 2, reason: 'It was right' })
  assert.equal(await nextDump(), 0)
  assert.match(textIn(dump), /Taken back by mistake/)
})

test('a dump that holds what was withdrawn is made anew within minutes, not within the hour', async () => {
  const id = await share('Soon gone')
  await nextDump()
  const hourMs = 3_600_000
  const dumpJob = (run: () => Promise<void>) => ({ name: 'dump', everyMs: hourMs, leaseMs: hourMs, run })
  await runDueJobs(app.database, [dumpJob(async () => {})], () => now)
  const due = async () => (await jobStates(db)).find(({ name }) => name === 'dump')!.dueAt
  const inAnHour = new Date(now.getTime() + hourMs).toISOString()
  await doJob(app, 'dump-withdrawn')
  assert.equal(await due(), inAnHour, 'nothing was withdrawn')
  await curator('records.withdraw', { id, revision: 1, reason: 'It names a child' })
  await doJob(app, 'dump-withdrawn')
  assert.equal(await due(), now.toISOString())
  // One that fails is not tried without end.
  const failing = dumpJob(async () => assert.fail('The disk is full'))
  assert.deepEqual(await runDueJobs(app.database, [failing], () => now), ['dump'])
  const later = await due()
  await doJob(app, 'dump-withdrawn')
  assert.equal(await due(), later)
})
