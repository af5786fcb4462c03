import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import type { SearchDocument } from './contract.ts'
import { requestOf, type Asked } from '../../../test/asked.ts'
import { createSearchIndex, openSearchIndex } from './index.ts'

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

const questions: Asked[] = [
  {},
  { text: 'écoles -number5' },
  { text: '"radio lesson"', sort: 'title' },
  { text: '教育', filters: { country: ['C1'] }, sort: 'year', yearFrom: 2003 },
]
const asked: Asked = { limit: 50, facets: ['country'], languages: ['fr'] }

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

test('saving again writes only new segments and clears away old ones', async (t) => {
  const folder = await folderFor(t)
  const index = await filled(folder)
  const before = await readdir(folder)

  await index.apply({ put: [lesson(1_000)], remove: [30] }, 9)
  await Promise.all([index.save(folder), index.save(folder)])

  const after = await readdir(folder)
  assert.equal(after.filter((name) => before.includes(name)).length, before.length)
  assert.equal(after.length, index.memory().segments + 1)
  assert.equal((await openSearchIndex(folder))?.seq, 9)
})

test('where there is no snapshot there is no index', async (t) => {
  const folder = await folderFor(t)

  assert.equal(await openSearchIndex(folder), null)
  assert.equal(await openSearchIndex(join(folder, 'absent')), null)
})

test('a damaged, shortened, missing or foreign file is noticed', async (t) => {
  const folder = await folderFor(t)
  await filled(folder)

  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    const bytes = await readFile(path)
    const flipped = Buffer.from(bytes)
    flipped[bytes.length >> 1]! ^= 1
    for (const wrong of [flipped, bytes.subarray(0, -1), Buffer.alloc(0), Buffer.from('{}')]) {
      await writeFile(path, wrong)
      assert.equal(await openSearchIndex(folder), null, name)
    }
    await rm(path)
    assert.equal(await openSearchIndex(folder), null, name)
    await writeFile(path, bytes)
  }
  assert.equal((await openSearchIndex(folder))?.seq, 8)
})
