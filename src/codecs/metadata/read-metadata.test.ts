/** Files of metadata that people have: each is a table of its elements, and each element says what field it may be. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { Problem } from '#kernel/problem.ts'
import type { MetadataTable } from './metadata-table.ts'
import { readMetadata } from './read-metadata.ts'

const read = (text: string): MetadataTable => readMetadata(text) ?? assert.fail('not recognised')
/** Each row as its elements and their values. */
const entries = ({ header, rows }: MetadataTable) =>
  rows.map((row) => Object.fromEntries(header.flatMap((name, at) => (row[at] ? [[name, row[at]]] : []))))
const meansOf = ({ header, means }: MetadataTable, name: string) => means[header.indexOf(name)]

test('BibTeX: people in parts, an organisation whole, keywords one a line, dates as far as they are known', () => {
  const table = read(
    '% from Zotero\n@article{angrist, author = {Angrist, Noam and {World Bank}}, title = {Low-tech {\\"u}ber SMS}, journal = {Nature}, year = 2022, month = mar, pages = {1--9}, doi = {10.1/x}, keywords = {phone, tutoring}}\n@phdthesis{b, title = {T}, school = {Uni}, year = {2001}}',
  )
  assert.equal(table.format, 'bibtex')
  const [first, second] = entries(table)
  assert.deepEqual(first, {
    title: 'Low-tech über SMS',
    author: 'Noam Angrist',
    'author role': 'author',
    'author 2': 'World Bank',
    'author role 2': 'author',
    'author family': 'Angrist',
    'author given': 'Noam',
    'author family 2': 'World Bank',
    issued: '2022-03',
    year: '2022',
    'container-title': 'Nature',
    DOI: '10.1/x',
    keyword: 'phone\ntutoring',
    page: '1-9',
    type: 'article',
    id: 'angrist',
  })
  assert.equal(second!['type'], 'thesis')
  assert.deepEqual(meansOf(table, 'year'), ['year'])
})

test('a broken BibTeX file is refused with its line', () => {
  assert.throws(
    () => readMetadata('@article{a, title = {T}}\n@article{b, title = {T'),
    (error) => error instanceof Problem && error.code === 'badSpreadsheet' && error.values['line'] === 2,
  )
})

test('RIS and CSL-JSON say the same of the same book', () => {
  const ris = read(
    'TY  - BOOK\nAU  - Doe, Jane\nTI  - Open maths\nPB  - Siyavula\nPY  - 2015/03/17/\nUR  - https://example.org/m\nKW  - algebra\nER  - \n',
  )
  const csl = read(
    '[{"type":"book","author":[{"family":"Doe","given":"Jane"}],"title":"Open maths","publisher":"Siyavula","issued":{"date-parts":[["2015","3",17]]},"URL":"https://example.org/m","keyword":"algebra"}]',
  )
  assert.deepEqual([ris.format, csl.format], ['ris', 'csl-json'])
  assert.deepEqual(entries(ris), entries(csl))
})

test('Dublin Core in an answer of OAI-PMH: texts by language, a right by its address, an identifier by what it is', () => {
  const table = read(
    '<?xml version="1.0"?><OAI-PMH><ListRecords><record><header><identifier>oai:x:1</identifier></header><metadata><oai_dc:dc xmlns:oai_dc="o" xmlns:dc="d"><dc:title xml:lang="fr">Titre</dc:title><dc:title xml:lang="en">Title</dc:title><dc:creator>A</dc:creator><dc:creator>B</dc:creator><dc:identifier>https://example.org/1</dc:identifier><dc:identifier>10.1/x</dc:identifier><dc:rights>https://creativecommons.org/licenses/by/4.0/</dc:rights></oai_dc:dc></metadata></record></ListRecords></OAI-PMH>',
  )
  assert.equal(table.format, 'dublin-core')
  assert.deepEqual(entries(table), [
    {
      'title (fr)': 'Titre',
      'title (en)': 'Title',
      creator: 'A',
      'creator role': 'author',
      'creator 2': 'B',
      'creator role 2': 'author',
      'identifier (URL)': 'https://example.org/1',
      'identifier (ID)': '10.1/x',
      rights: 'https://creativecommons.org/licenses/by/4.0/',
    },
  ])
  assert.deepEqual(meansOf(table, 'title (fr)'), ['title (fr)'])
  assert.deepEqual(meansOf(table, 'rights'), ['licence', 'licenceAtSource'])
})

test('MARCXML: without the marks that part its fields; a field that we do not know is kept by its number', () => {
  const table = read(
    '<collection xmlns="http://www.loc.gov/MARC21/slim"><record><controlfield tag="001">77</controlfield><controlfield tag="008">970226s1997    sz a     b    000 0 eng d</controlfield><datafield tag="100"><subfield code="a">Mukwa, C.</subfield></datafield><datafield tag="245"><subfield code="a">Radio in the classroom :</subfield><subfield code="b">a guide /</subfield><subfield code="c">C. Mukwa.</subfield></datafield><datafield tag="260"><subfield code="a">Nairobi :</subfield><subfield code="b">KIE,</subfield><subfield code="c">c1997.</subfield></datafield><datafield tag="300"><subfield code="a">90 p.</subfield></datafield></record></collection>',
  )
  assert.deepEqual(entries(table), [
    {
      '001': '77',
      '008 Language': 'eng',
      Author: 'Mukwa, C.',
      'Author role': 'author',
      '245 Title': 'Radio in the classroom: a guide',
      Publisher: 'KIE',
      Published: '1997',
      '300': '90 p.',
    },
  ])
})

test('a saved page: what it describes, and not the site around it', () => {
  const table = read(
    '<!doctype html><html><head><script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"X"},{"@type":"Course","name":"Teaching online","description":"<p>How <b>to</b></p>","provider":{"@type":"Organization","name":"Open University"},"inLanguage":"en","license":"https://creativecommons.org/licenses/by-sa/4.0/","datePublished":"2020-01-02T03:04:05Z"}]}</script></head></html>',
  )
  assert.deepEqual(entries(table), [
    {
      name: 'Teaching online',
      description: 'How to',
      provider: 'Open University',
      inLanguage: 'en',
      license: 'https://creativecommons.org/licenses/by-sa/4.0/',
      datePublished: '2020-01-02',
    },
  ])
  assert.equal(readMetadata('<!doctype html><p>nothing described</p>'), undefined)
})

test('JSON Feed, JSON Lines, and a list in an envelope', () => {
  const feed = read(
    '{"version":"https://jsonfeed.org/version/1.1","title":"F","items":[{"id":"1","title":"Batteries","content_html":"<p>We ran out</p>","authors":[{"name":"A"}],"tags":["radio","power"]}]}',
  )
  assert.deepEqual(entries(feed), [
    {
      id: '1',
      title: 'Batteries',
      content_html: 'We ran out',
      author: 'A',
      'author role': 'author',
      tags: 'radio\npower',
    },
  ])
  const lines = read('{"Title":"A","place":{"country":"KE"}}\n{"Title":"B","done":true}\n')
  assert.equal(lines.format, 'json-lines')
  assert.deepEqual(entries(lines), [
    { Title: 'A', 'place.country': 'KE' },
    { Title: 'B', done: 'true' },
  ])
  assert.deepEqual(entries(read('{"total":1,"records":[{"Title":"A"}]}')), [{ Title: 'A' }])
})

test('Dublin Core in the envelopes of repositories: keys and values, an object of lists, texts with their language', () => {
  const dspace = read(
    '[{"uuid":"1","metadata":[{"key":"dc.title","value":"Radio","language":"en_US"},{"key":"dc.contributor.author","value":"Mukwa, C."},{"key":"dc.date.issued","value":"1997-01-01T00:00:00Z"},{"key":"dc.identifier.uri","value":"https://example.org/1"},{"key":"dc.language.iso","value":"en"}]}]',
  )
  assert.equal(dspace.format, 'dublin-core')
  assert.deepEqual(entries(dspace), [
    {
      'title (en-US)': 'Radio',
      creator: 'Mukwa, C.',
      'creator role': 'author',
      issued: '1997-01-01',
      'identifier (URL)': 'https://example.org/1',
      language: 'en',
    },
  ])
  const newer = read(
    '{"items":[{"metadata":{"dc.title":[{"value":"Radio","language":"en"},{"value":"راديو","language":"ar"}],"dc.subject":[{"value":"radio"},{"value":"school"}]}}]}',
  )
  assert.deepEqual(entries(newer), [{ 'title (en)': 'Radio', 'title (ar)': 'راديو', subject: 'radio\nschool' }])
  const plain = read(
    '{"records":[{"dc:title":"Radio","dc:creator":["A","B"],"dc:rights":"https://creativecommons.org/licenses/by/4.0/"}]}',
  )
  assert.deepEqual(entries(plain), [
    {
      title: 'Radio',
      creator: 'A',
      'creator role': 'author',
      'creator 2': 'B',
      'creator role 2': 'author',
      rights: 'https://creativecommons.org/licenses/by/4.0/',
    },
  ])
  assert.deepEqual(meansOf(plain, 'title'), ['title'])
})

test('a table is none of them, and neither is a list of numbers', () => {
  for (const text of ['Title,Country\nA,KE\n', '', '[1,2]', 'TYpe;name\n', '<a><b/></a>'])
    assert.equal(readMetadata(text), undefined, text)
})

test('whatever a file holds, it is a table, none of these, or refused with a reason', () => {
  const starts = [
    '',
    '@book{',
    'TY  - BOOK\n',
    '[',
    '{',
    '<?xml version="1.0"?><r>',
    '<!doctype html><script type="application/ld+json">',
  ]
  const seen = { tables: 0, none: 0, refused: 0 }
  fc.assert(
    fc.property(
      fc.constantFrom(...starts),
      fc.oneof(
        fc.string({ maxLength: 300 }),
        fc.json({ maxDepth: 4 }),
        fc.jsonValue().map((one) => JSON.stringify([one])),
      ),
      (start, rest) => {
        try {
          const table = readMetadata(start + rest)
          if (table) {
            seen.tables++
            for (const row of table.rows) assert.equal(row.length, table.header.length)
          } else seen.none++
        } catch (error) {
          assert.ok(error instanceof Problem, String(error))
          seen.refused++
        }
      },
    ),
    { numRuns: 500 },
  )
  assert.ok(
    Object.values(seen).every((count) => count > 0),
    JSON.stringify(seen),
  )
})

test('hostile files are refused: entities, depth, keys that poison', () => {
  for (const text of [
    '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
    '['.repeat(500),
    '{"__proto__":{"a":1},"title":"x"}',
    `<a>${'<b>'.repeat(500)}`,
  ])
    assert.throws(() => readMetadata(text), Problem, text.slice(0, 20))
})
