import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { openFolder } from '#kernel/folder.ts'
import { languages } from '#kernel/i18n/languages.ts'
import { problemOf, testApp } from '../../../test/app.ts'
import { rubrics } from './sources/rubrics.ts'
import { readDump } from '#features/dump/dump.ts'
import { ratingOf } from './review.ts'
import { rubric, type Criterion } from './rubric.ts'

const rubricIn = (file: string) => JSON.parse(readFileSync(join(import.meta.dirname, 'rubrics', file), 'utf8'))
const shipped = rubricIn('practice-rubric.json')
const all = readdirSync(join(import.meta.dirname, 'rubrics')).map(rubricIn)

const outside = {
  title: { en: 'Review of a course on radio lessons' },
  originalLanguage: 'en',
  elsewhere: { url: 'https://example.org/course', name: 'Radio lessons', holder: 'Example University' },
  verdict: 'weaknesses',
  summary: { en: 'Clear, but nobody measured anything.' },
  weak: { en: 'No figures.' },
  scores: [
    { criterion: 'clarity', name: { en: 'Described clearly' }, level: 3, highest: 3, reason: { en: 'Step by step.' } },
    { criterion: 'evidence', level: 1, highest: 3, weight: 2 },
  ],
  creators: [{ name: 'Omar Diallo', role: 'author' }],
  publishedOn: '2026-01-02',
}

test('the rubrics that come with the project say all they ask in six languages, and are in the seed', async () => {
  assert.equal(all.length, 3)
  for (const { name, asks, levels } of all.flatMap(({ criteria }) => criteria as Criterion[]))
    for (const texts of [name, asks!, ...levels.map(({ description }) => description)])
      assert.deepEqual(Object.keys(texts), [...languages])
  const seeded: { kinds: string[] }[] = []
  for await (const { body } of readDump(join(import.meta.dirname, '../../../seed'), 'rubric.jsonl.gz'))
    seeded.push(body as unknown as (typeof seeded)[number])
  const byKind = (rubrics: typeof seeded) => rubrics.toSorted((a, b) => (a.kinds[0]! < b.kinds[0]! ? -1 : 1))
  assert.deepEqual(byKind(seeded), byKind(all))
})

test('a node takes the rubrics in like any collection, and readers see what each level means', async () => {
  const app = await testApp()
  const rows = []
  for await (const row of rubrics.read(await openFolder(join(import.meta.dirname, 'rubrics'))))
    rows.push('record' in row ? { place: row.place, ...row.record } : row)
  assert.equal((await app.as('operator')('sources.ingest', { name: 'rubrics', rows })).added, 3)
  const { records } = await app.as()('rubrics.list')
  const kinds = records.map(({ body }: { body: { kinds: string[] } }) => body.kinds.join(' ')).toSorted()
  assert.deepEqual(kinds, ['course', 'platform', 'practice adoption'])
  const ofPractices = records.find(({ body }: { body: { kinds: string[] } }) => body.kinds.includes('practice'))
  const page = (await app.get(`/ar/records/${ofPractices.id}`)).body
  assert.match(page, /سلّم تقدير الممارسات/)
  assert.match(page, /الشروط مذكورة وجُرّبت في مكان آخر/)
})

test('a rubric whose levels cannot be told apart, or that asks the same twice, is refused', async () => {
  const app = await testApp()
  const curator = app.as('curator')
  const [first] = shipped.criteria
  for (const criteria of [[{ ...first, levels: [first.levels[0], first.levels[0]] }], [first, first]])
    assert.equal(await problemOf(curator('rubrics.share', { ...shipped, criteria })), 'invalid')
  assert.equal(rubric.check!({ ...shipped }).length, 0)
})

test('a review of something held elsewhere is a record: scores as bars with their table, citable, a Review to machines', async () => {
  const app = await testApp()
  const { id } = await app.as('curator')('reviews.share', outside)
  const page = (await app.get(`/en/records/${id}`)).body
  assert.match(page, /<svg[^]*Described clearly[^]*3 of 3[^]*<\/svg>[^]*<table>[^]*Step by step\./)
  assert.match(page, /56 of 100 \(weighted\)/)
  const ld = (await app.get(`/records/${id}.jsonld`)).json()
  assert.equal(ld['@type'], 'Review')
  assert.deepEqual(ld.reviewRating, { '@type': 'Rating', ratingValue: 56, bestRating: 100, worstRating: 0 })
  assert.equal(ld.itemReviewed.url, 'https://example.org/course')
  assert.equal(ld.creator[0].name, 'Omar Diallo')
  assert.match((await app.get(`/records/${id}.bib`)).body, /author = \{\{Omar Diallo\}\}[^]*year = \{2026\}/)
  assert.match((await app.get('/en/search?q=radio+kind:review')).body, /Review of a course/)
})

test('a review of a record is seen on the page of that record, and must be of something', async () => {
  const app = await testApp()
  const curator = app.as('curator')
  const practice = { title: { en: 'Radio' }, originalLanguage: 'en', type: 'practice' }
  const { id } = await curator('practices.share', practice)
  const { elsewhere: _, ...rest } = outside
  assert.equal(await problemOf(curator('reviews.share', rest)), 'invalid')
  await curator('reviews.share', { ...rest, reviews: id, revision: 1 })
  assert.match((await app.get(`/en/records/${id}`)).body, /Review of a course on radio lessons[^]*Omar Diallo/)
  const beyond = { ...outside, scores: [{ criterion: 'clarity', level: 4, highest: 3 }] }
  assert.equal(await problemOf(curator('reviews.share', beyond)), 'invalid')
})

test('a rating lies between 0 and 100, and all scores at their highest make 100', () => {
  const score = fc
    .record({
      criterion: fc.constant('x'),
      lowest: fc.integer({ min: 0, max: 3 }),
      span: fc.integer({ min: 1, max: 9 }),
      part: fc.double({ min: 0, max: 1, noNaN: true }),
      weight: fc.integer({ min: 1, max: 100 }),
    })
    .map(({ span, part, ...one }) => ({ ...one, highest: one.lowest + span, level: one.lowest + span * part }))
  fc.assert(
    fc.property(fc.array(score, { minLength: 1 }), (scores) => {
      const rating = ratingOf(scores)!
      assert.ok(rating >= 0 && rating <= 100)
      assert.equal(ratingOf(scores.map((one) => ({ ...one, level: one.highest }))), 100)
    }),
  )
  assert.equal(ratingOf([{ criterion: 'x', level: 2 }]), undefined)
})
