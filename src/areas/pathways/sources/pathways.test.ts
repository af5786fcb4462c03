import assert from 'node:assert/strict'
import { test } from 'node:test'
import { folderOf, readSource, realData } from '../../../../test/collection.ts'
import { idOf } from '#records/identifier.ts'
import { course } from '#areas/online/course.ts'
import { resource } from '#areas/open/resource.ts'
import { pathway } from '../pathway.ts'
import { readCurriculum } from './curriculum.ts'
import { galaxy } from './galaxy.ts'
import { ossu } from './ossu.ts'

type Body = { steps: { items?: { course?: string; url?: string }[] }[] }
const folder = await realData('pathways')
const skip = typeof folder === 'string' && folder

test('a curriculum is read from tables and from lines of links', () => {
  const { about, sections } = readCurriculum(
    '# Summary\nA **path**.\n# Curriculum\n- [One](#one)\n## One\nWords.\n**Topics covered**:\n`a`\nCourses | Duration | Effort\n:-- | :--: | :--:\n[C](https://example.org/c) ([alternative](https://example.org/d)) | 2 weeks | -\n### Two\n[E](https://example.org/e)\n# Team\n[F](https://example.org/f)',
  )

  assert.equal(about, 'A path.')
  assert.deepEqual(sections, [
    {
      line: 5,
      title: 'One',
      note: 'Words.',
      topics: ['a'],
      items: [{ line: 11, title: 'C', address: 'https://example.org/c', duration: '2 weeks' }],
    },
    {
      line: 12,
      title: 'Two',
      note: '',
      topics: [],
      items: [{ line: 13, title: 'E', address: 'https://example.org/e' }],
    },
  ])
})

test('three curricula, whose steps lead to courses', { skip }, async () => {
  assert.ok(typeof folder !== 'string')
  const { records, count } = await readSource(ossu, [pathway, course], folder)

  assert.equal(count('pathway'), 3)
  assert.ok(count('course') > 90, `${count('course')} courses`)
  const ids = new Set(records.map(({ identifier }) => idOf(identifier)))
  const items = records
    .filter(({ kind }) => kind === 'pathway')
    .flatMap(({ body }) => (body as Body).steps.flatMap(({ items: all = [] }) => all))
  assert.ok(items.length > 100 && items.every((item) => item.course && ids.has(item.course)))
})

test('five pathways, their defects told, their tutorials linked', { skip }, async () => {
  assert.ok(typeof folder !== 'string')
  const { records, refused, notes, count } = await readSource(galaxy, [pathway, resource], folder)

  assert.equal(count('pathway'), 5)
  assert.equal(refused.length, 0)
  assert.deepEqual([notes['draftAtSource'], notes['repeatedKey']], [1, 1])
  assert.ok(notes['sectionWithoutItems']! >= 1)
  const ids = new Set(records.map(({ identifier }) => idOf(identifier)))
  const items = records
    .filter(({ kind }) => kind === 'pathway')
    .flatMap(({ body }) => (body as Body).steps.flatMap(({ items: all = [] }) => all))
  assert.ok(items.length > 40 && items.every((item) => ids.has(item.course!)))
})

const badge =
  '<h3>Open Source Society University</h3>\n<a href="https://github.com/ossu/precollege-math"><img alt="Open Source Society University - Pre-College Math"></a>\n'

test('a curriculum of any name says its address and title; its courses stand below the heading, in a table with bars', async () => {
  const text = `${badge}\n# Curriculum\nReview first.\n\n| Code | Course | Length | Prerequisites |\n| :-- | --- | :-: | --- |\n| A1 | [Arithmetic](/coursepages/arithmetic/README.md) | 20 weeks | None |\n| A2 | [Algebra](https://a.example/algebra) | - | Arithmetic |\n\n## More\n- [ ] [Geometry](https://a.example/geometry)\n* [Proofs](https://a.example/proofs)\n\n# Team\n- [Somebody](https://a.example/somebody)\n`
  const { find, count } = await readSource(ossu, [pathway, course], folderOf({ 'README.md': text }))
  const found = find('https://github.com/ossu/precollege-math')
  assert.deepEqual(found['title'], { en: 'OSSU Pre-College Math' })
  assert.deepEqual([found['licence'], found['subjects'], found['levels']], [undefined, undefined, undefined])
  assert.equal(count('course'), 4)
  const arithmetic = find('https://github.com/ossu/precollege-math/blob/master/coursepages/arithmetic/README.md')
  assert.equal(arithmetic['duration'], '20 weeks')
  const steps = found['steps'] as { title: { en: string }; items: object[] }[]
  assert.deepEqual(
    steps.map(({ title, items }) => [title.en, items.length]),
    [
      ['Curriculum', 2],
      ['More', 2],
    ],
  )
})
