/** The index in threads: it answers as in one thread, changes do not stall it, and one that falls is put up again. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { promisify } from 'node:util'
import * as fc from 'fast-check'
import { SearchKeyError, type SearchDocument, type SearchIndex } from '../../contract.ts'
import { requestOf } from '../../../../test/asked.ts'
import { obviousIndex, plain } from '../../../../test/obvious-search.ts'
import { change, question } from '../../../../test/search-cases.ts'
import { createThreadedIndex, type ThreadedOptions } from './index.ts'
import { ThreadLostError } from './thread.ts'

const lesson = (number: number, text = 'radio lesson'): SearchDocument => ({
  number,
  title: `Lesson ${number}`,
  texts: [{ text: `${text} number${number}`, language: 'en', weight: 'text' }],
  values: { country: [`C${number % 5}`] },
  year: null,
  changedAt: number,
})
const lessons = (count: number, first = 1) => Array.from({ length: count }, (_, i) => lesson(first + i))
const total = async (index: SearchIndex, text: string) => (await index.search(requestOf({ text }))).total

function started(t: TestContext, options: Partial<ThreadedOptions> = {}): SearchIndex {
  // What is asked is passed on, however little there is to read.
  const index = createThreadedIndex({ readers: 2, readHere: -1, ...options })
  t.after(() => index.close())
  return index
}

test('in threads too it finds, orders and counts as looking through every document would', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { minLength: 1, maxLength: 10 }),
      fc.array(question, { minLength: 1, maxLength: 5 }),
      // Whether all is passed on, some of it, or nothing.
      fc.constantFrom(-1, 5, 10_000),
      async (changes, questions, readHere) => {
        const index = createThreadedIndex({ readers: 2, segmentDocuments: 5, readHere })
        try {
          const obvious = obviousIndex()
          for (const [seq, { put, remove }] of changes.entries()) {
            await index.apply({ put, remove }, seq)
            obvious.apply({ put, remove })
            assert.equal(index.memory().documents, obvious.size())
            for (const request of questions)
              assert.deepEqual(plain(await index.search(request)), obvious.search(request))
          }
        } finally {
          await index.close()
        }
      },
    ),
    { numRuns: 8 },
  )
})

test('what is written while parts are merged is found at once, and what is withdrawn is not', async (t) => {
  const index = started(t, { segmentDocuments: 200 })
  await index.apply({ put: lessons(4_000), remove: [] }, 1)

  for (let step = 1; step <= 60; step++) {
    await index.apply({ put: [lesson(step, 'television')], remove: [1_000 + step] }, 1 + step)
    assert.equal(await total(index, 'television'), step)
    assert.equal(await total(index, `number${1_000 + step}`), 0)
    assert.equal(await total(index, 'lesson'), 4_000 - step)
  }
  assert.equal(index.seq, 61)
})

test('questions asked while a large change is taken in are answered from what was there before', async (t) => {
  const index = started(t)
  await index.apply({ put: lessons(10), remove: [] }, 1)

  let done = false
  const applied = index.apply({ put: lessons(20_000, 100), remove: [] }, 2).then(() => (done = true))
  const before = await total(index, 'radio')
  assert.equal(done, false)
  await applied

  assert.equal(before, 10)
  assert.equal(await total(index, 'radio'), 20_010)
})

test('words are completed, records explained and compared, and wrong keys refused, as in one thread', async (t) => {
  const index = started(t)
  await index.apply({ put: lessons(5), remove: [] }, 1)

  assert.deepEqual(await index.complete('les', 3), ['lesson'])
  assert.equal((await index.explain(requestOf({ text: 'number3' }), 3))?.clauses[0]?.name, 'number3')
  assert.equal((await index.similar(lesson(2), 10)).length, 4)
  await assert.rejects(index.search(requestOf({ after: 'x' })), SearchKeyError)
  await assert.rejects(index.apply({ put: [lesson(0)], remove: [] }, 2), RangeError)
})

test('it is kept in a folder and comes back from it', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'search-'))
  t.after(() => rm(folder, { recursive: true }))
  const index = started(t)
  await index.apply({ put: lessons(50), remove: [] }, 7)
  await index.save(folder)

  const opened = createThreadedIndex({ readers: 1 })
  t.after(() => opened.close())
  await opened.open(folder)
  const empty = createThreadedIndex({ readers: 1 })
  t.after(() => empty.close())
  await empty.open(join(folder, 'absent'))

  assert.equal(opened.seq, 7)
  assert.equal(await total(opened, 'radio'), 50)
  assert.equal(empty.seq, 0)
  assert.equal(await total(empty, 'radio'), 0)
})

const urlOf = (name: string) => new URL(`../../../../test/${name}.ts`, import.meta.url)
const usual = { writer: new URL('./writer.ts', import.meta.url), reader: new URL('./reader.ts', import.meta.url) }

test('a reading thread that falls is put up again, and what others asked of it is asked once more', async (t) => {
  const fallen: Error[] = []
  const urls = { ...usual, reader: urlOf('falling-reader') }
  const index = started(t, { readers: 1, urls, report: (error) => fallen.push(error) })
  await index.apply({ put: lessons(20), remove: [3] }, 1)

  const [fell, meanwhile] = await Promise.allSettled([index.complete('fallasasked', 1), total(index, 'radio')])

  assert.ok(fell.status === 'rejected' && fell.reason instanceof ThreadLostError)
  // It waited behind what made the thread fall, twice: it was asked again, and is refused with a reason.
  assert.ok(meanwhile.status === 'fulfilled' ? meanwhile.value === 19 : meanwhile.reason instanceof ThreadLostError)
  assert.equal(fallen.length, 2)
  assert.equal(await total(index, 'radio'), 19)
})

test('a writing thread that falls is put up again from what is shared, and goes on', async (t) => {
  const fallen: Error[] = []
  const urls = { ...usual, writer: urlOf('falling-writer') }
  const index = started(t, { urls, report: (error) => fallen.push(error) })
  await index.apply({ put: lessons(20), remove: [3] }, 1)

  await assert.rejects(index.apply({ put: [lesson(100, 'fallasasked')], remove: [6] }, 2), ThreadLostError)

  assert.equal(fallen.length, 1)
  assert.equal(index.seq, 1)
  assert.equal(await total(index, 'radio'), 19)
  await index.apply({ put: [lesson(4, 'television')], remove: [5] }, 2)
  assert.equal(await total(index, 'radio'), 17)
  assert.equal(await total(index, 'television'), 1)
})

test('a closed index refuses questions, and threads that nobody waits for do not keep a process alive', async () => {
  const index = createThreadedIndex({ readers: 1 })
  await index.close()
  await assert.rejects(index.complete('a', 1), ThreadLostError)

  const code = `import { createThreadedIndex } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)}
    const index = createThreadedIndex({ readers: 1 })
    await index.apply({ put: [], remove: [] }, 5)
    console.log(index.seq)`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code], {
    timeout: 60_000,
  })
  assert.equal(stdout.trim(), '5')
})
