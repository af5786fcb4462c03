/** What an independent reader of BibTeX and RIS makes of what readers take away: records of the seed, and made ones. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { Cite } from '@citation-js/core'
import '@citation-js/plugin-bibtex'
import '@citation-js/plugin-ris'
import * as fc from 'fast-check'
import type { StoredRecord } from '#records/record.ts'
import { features } from '#features'
import { systemOf } from '../../system.ts'
import { toBibtex } from './bibtex.ts'
import { toCsl, type CslItem } from './citation.ts'
import { toRis } from './ris.ts'

const site = { name: 'Node', kinds: systemOf(features).kinds }
const absolute = (path: string) => `https://node.example${path}`
const cslOf = (record: StoredRecord) => toCsl({ absolute, site }, record)

type Name = {
  'non-dropping-particle'?: string
  'dropping-particle'?: string
  family?: string
  given?: string
  suffix?: string
  literal?: string
}
type Read = { [name: string]: unknown; issued?: unknown; author?: Name[]; editor?: Name[]; translator?: Name[] }
const read = (text: string): Read => {
  const found = new Cite(text).data
  assert.equal(found.length, 1)
  return found[0] as Read
}

/**
 * One word of an organisation is read as a family name, and RIS has no commas in it: what matters is that it is whole.
 * Particles such as `van` are part of the family name.
 */
const whole = (names: readonly Name[] | undefined) =>
  names?.map(({ family, given, suffix, literal, ...particles }) =>
    given
      ? [[...Object.values(particles), family].join(' '), given, suffix]
      : [(literal ?? family)?.replaceAll(/\s*[,،，]\s*/g, ' ')],
  )
const year = (one: { issued?: unknown }) =>
  (one.issued as { 'date-parts': number[][] } | undefined)?.['date-parts'][0]?.[0]

function assertSame(item: CslItem, got: Read, where: string) {
  assert.equal(got['title'], item.title, where)
  for (const role of ['author', 'translator'] as const)
    assert.deepEqual(whole(got[role]), whole(item[role]), `${role} ${where}`)
  assert.equal(got['DOI'], item.DOI, where)
  assert.equal(got['ISBN'], item.ISBN, where)
  assert.equal(got['URL'], item.URL, where)
  assert.equal(got['publisher-place'], item['publisher-place'], where)
  assert.equal(year(got), year(item), where)
}

function assertReadsBack(item: CslItem) {
  const bibtex = toBibtex(item)
  assertSame(item, read(bibtex), bibtex)
  assert.deepEqual(whole(read(bibtex).editor), whole(item.editor), bibtex)
  const ris = toRis(item)
  assertSame(item, read(ris), ris)
}

const seeded = async (kind: string): Promise<StoredRecord[]> =>
  gunzipSync(await readFile(new URL(`../../../seed/${kind}.jsonl.gz`, import.meta.url)))
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as StoredRecord)

for (const kind of ['study', 'resource', 'course', 'practice'])
  test(`records of the seed are read back as they are: ${kind}`, async () => {
    const all = await seeded(kind)
    const some = all.filter((_, i) => i % Math.ceil(all.length / 400) === 0)
    assert.ok(some.length > 100)
    for (const record of some) assertReadsBack(cslOf(record))
  })

test('every study of the seed that is cited has its authors, and its journal, volume, pages or publisher', async () => {
  const items = (await seeded('study')).map(cslOf)
  assert.ok(items.length > 300)
  assert.ok(items.filter(({ author }) => author).length >= items.length - 2)
  const articles = items.filter(({ type }) => type === 'article-journal')
  assert.ok(articles.length > 100)
  assert.deepEqual(
    articles.filter((one) => !one['container-title']).map(({ title }) => title),
    [],
  )
  const numbered = articles.filter(({ volume }) => volume)
  assert.ok(numbered.length > articles.length * 0.9)
  for (const { publisher } of items)
    assert.doesNotMatch(publisher ?? '', /\((?:pp|No)\.|^(?:London|New York|Washington)/)
})

const letters = fc.stringMatching(/^[A-Z][a-z]{1,8}$/)
const words = fc.array(letters, { minLength: 2, maxLength: 4 }).map((all) => all.join(' '))
const person = fc.tuple(letters, letters).map(([family, given]) => `${family}, ${given}`)
const organisation = fc.tuple(words, fc.constantFrom('University', 'Foundation')).map((parts) => parts.join(' '))
const creator = fc.record({
  name: fc.oneof(person, organisation),
  role: fc.constantFrom('author', 'editor', 'translator', 'contributor'),
})
/** With every sign that BibTeX takes for its own. */
const title = fc
  .array(fc.oneof(letters, fc.constantFrom('&', '50%', '#1', '{a}', 'x_y', '$5', 'why?', 'C^', 'é', 'مدرسة', '学校')), {
    minLength: 1,
    maxLength: 6,
  })
  .map((all) => all.join(' '))

const made = fc.record({
  title,
  creators: fc.uniqueArray(creator, { maxLength: 4, selector: ({ name }) => name }),
  publisher: fc.option(organisation, { nil: undefined }),
  doi: fc.option(fc.constantFrom('10.1000/radio.1', '10.1007/978-3_1'), { nil: undefined }),
  year: fc.integer({ min: 1900, max: 2030 }),
  originalLanguage: fc.constantFrom('en', 'sw', 'und', 'ar'),
})

test('whatever stands in a record is read back by others: names, titles, numbers, addresses', () => {
  fc.assert(
    fc.property(made, ({ title: text, creators, publisher, doi, year: published, originalLanguage }) => {
      const item = cslOf({
        id: '0000000000000001',
        number: 1,
        kind: 'resource',
        status: 'published',
        revision: 1,
        sourceRevision: 1,
        createdAt: '2026-01-01T00:00:00.000Z',
        changedAt: '2026-01-01T00:00:00.000Z',
        changedBy: 'system:test',
        note: null,
        origin: null,
        translations: {},
        body: {
          title: { [originalLanguage]: text },
          originalLanguage,
          type: 'book',
          url: 'https://books.example/a_b?c=1&d=2',
          publishedOn: String(published),
          ...(creators.length > 0 && { creators }),
          ...(publisher && { publisher }),
          identifiers: ['urn:isbn:9783161484100', ...(doi ? [`https://doi.org/${doi}`] : [])],
        },
      })
      assertReadsBack(item)
      assert.doesNotMatch(toBibtex(item), /\{und\}/)
      assert.doesNotMatch(toRis(item), /LA {2}- und/)
    }),
  )
})
