import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import type { SearchDocument } from '../contract.ts'
import { requestOf, type Question } from '../../../test/asked.ts'
import { createSearchIndex, openSearchIndex } from './index.ts'
import { checkSnapshots } from './snapshot.ts'

async function folderFor(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'search-'))
  t.after(() => rm(folder, { recursive: true }))
  return folder
}

const lesson = (number: number): SearchDocument => ({
  number,
  title: `Lesson ${number % 7}`,
  texts: [{ text: `radio lesson number${number} école 教育`, language: 'fr', weight: 'text' }],
  values: { country: [`C${number % 5}`, `C${number % 3}`] },
  year: 2000 + (number % 9),
  changedAt: number % 11,
})

async function filled(folder: string) {
  const index = createSearchIndex({ segmentDocuments: 40 })
  await index.apply({ put: Array.from({ length: 300 }, (_, i) => lesson(i + 1)), remove: [] }, 7)
  await index.apply({ put: [lesson(3)], remove: [10, 20] }, 8)
  await index.save(folder)
  return index
}

const questions: Question[] = [
  {},
  { text: 'écoles -number5' },
  { text: '"radio lesson"', sort: 'title' },
  { text: '教育', filters: { country: ['C1'] }, sort: 'year', yearFrom: 2003 },
]
const asked: Question = { limit: 50, facets: ['country'], languages: ['fr'] }

test('an index comes back from its snapshot with the same answers, and goes on from there', async (t) => {
  const folder = await folderFor(t)
  const index = await filled(folder)

  const opened = await openSearchIndex(folder)

  assert.equal(opened?.seq, 8)
  assert.deepEqual(opened.memory(), index.memory())
  for (const question of questions) {
    const request = requestOf({ ...asked, ...question })
    assert.deepEqual(await opened.search(request), await index.search(request))
  }
  await opened.apply({ put: [lesson(900)], remove: [1] }, 9)
  assert.equal((await opened.search(requestOf({ ...asked, text: 'number900' }))).total, 1)
  assert.equal((await opened.search(requestOf({ ...asked, text: 'number1' }))).total, 0)
})

test('an empty index keeps its place too', async (t) => {
  const folder = await folderFor(t)
  const index = createSearchIndex()
  await index.apply({ put: [], remove: [] }, 5)
  await index.save(folder)

  assert.equal((await openSearchIndex(folder))?.seq, 5)
})

const namesOf = async (folder: string, start: string) =>
  (await readdir(folder)).filter((name) => name.startsWith(start)).sort()

test('saving again writes only new segments, and keeps the snapshot before', async (t) => {
  const folder = await folderFor(t)
  const index = await filled(folder)
  const [first] = await namesOf(folder, 'manifest')
  const segments = await namesOf(folder, 'segment')

  await index.apply({ put: [lesson(1_000)], remove: [30] }, 9)
  await Promise.all([index.save(folder), index.save(folder)])

  assert.equal((await namesOf(folder, 'manifest')).length, 2)
  assert.deepEqual((await namesOf(folder, 'segment')).filter((name) => !segments.includes(name)).length, 1)
  assert.equal((await openSearchIndex(folder))?.seq, 9)
  await index.apply({ put: [lesson(1_001)], remove: [] }, 10)
  await index.save(folder)
  assert.ok(!(await namesOf(folder, 'manifest')).includes(first!))
  assert.equal((await namesOf(folder, 'manifest')).length, 2)
})

test('files of segments that are in no snapshot any more are cleared away', async (t) => {
  const folder = await folderFor(t)
  const index = createSearchIndex()
  for (let seq = 1; seq <= 40; seq++) {
    await index.apply({ put: [lesson(seq)], remove: [] }, seq)
    await index.save(folder)
  }

  assert.ok((await namesOf(folder, 'segment')).length <= index.memory().segments + 4)
})

test('where there is no snapshot there is no index', async (t) => {
  const folder = await folderFor(t)

  assert.equal(await openSearchIndex(folder), null)
  assert.equal(await openSearchIndex(join(folder, 'absent')), null)
})

const wrongs = (bytes: Buffer) => {
  const flipped = Buffer.from(bytes)
  flipped[bytes.length >> 1]! ^= 1
  return [flipped, bytes.subarray(0, -1), Buffer.alloc(0), Buffer.from('{}')]
}

test('a damaged, shortened, missing or foreign file is noticed', async (t) => {
  const folder = await folderFor(t)
  await filled(folder)

  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    const bytes = await readFile(path)
    for (const wrong of wrongs(bytes)) {
      await writeFile(path, wrong)
      assert.equal(await openSearchIndex(folder), null, name)
      assert.deepEqual((await checkSnapshots(folder)).damaged, [name])
    }
    await rm(path)
    assert.equal(await openSearchIndex(folder), null, name)
    await writeFile(path, bytes)
  }
  assert.equal((await openSearchIndex(folder))?.seq, 8)
  assert.deepEqual((await checkSnapshots(folder)).damaged, [])
})

test('when the newest snapshot is damaged, the one before is opened, and the next save mends the folder', async (t) => {
  const folder = await folderFor(t)
  const index = await filled(folder)
  const before = await readdir(folder)
  await index.apply({ put: [lesson(1_000)], remove: [] }, 9)
  await index.save(folder)

  for (const name of (await readdir(folder)).filter((name) => !before.includes(name))) {
    const bytes = await readFile(join(folder, name))
    await writeFile(join(folder, name), wrongs(bytes)[0]!)
    assert.equal((await openSearchIndex(folder))?.seq, 8, name)
    await writeFile(join(folder, name), bytes)
  }
  const [newest] = (await namesOf(folder, 'manifest')).slice(-1)
  await writeFile(join(folder, newest!), 'no manifest')
  const opened = await openSearchIndex(folder)
  await opened!.apply({ put: [lesson(1_000)], remove: [] }, 9)
  await opened!.save(folder)
  assert.equal((await openSearchIndex(folder))?.seq, 9)
  assert.deepEqual((await checkSnapshots(folder)).damaged, [])
  assert.equal((await namesOf(folder, 'manifest')).length, 2)
})
