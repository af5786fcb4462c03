import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Source } from '#records/sources/source.ts'
import { folderOf, readSource, realData } from '../../../../test/collection.ts'
import { idOf } from '#records/identifier.ts'
import { competency, framework } from '../framework.ts'
import { asnScience } from './asn-science.ts'
import { caseExample } from './case-example.ts'
import { digcompedu } from './digcompedu.ts'
import { kmkDigital } from './kmk-digital.ts'

const expected: [Source, competencies: number, withParent: number][] = [
  [digcompedu, 28, 22],
  [kmkDigital, 89, 83],
  [asnScience, 1_036, 1_006],
  [caseExample, 16, 14],
]

for (const [collection, competencies, withParent] of expected) {
  const folder = await realData(collection.folder)

  test(
    `${collection.title}: one framework, its competencies and their parents`,
    { skip: typeof folder === 'string' && folder },
    async () => {
      assert.ok(typeof folder !== 'string')
      const { records, refused, count } = await readSource(collection, [framework, competency], folder)

      assert.deepEqual([count('framework'), count('competency'), refused.length], [1, competencies, 0])
      const ids = new Set(records.map(({ identifier }) => idOf(identifier)))
      const bodies = records
        .filter(({ kind }) => kind === 'competency')
        .map(({ body }) => body as { framework: string; parent?: string })
      assert.ok(bodies.every((body) => ids.has(body.framework) && (!body.parent || ids.has(body.parent))))
      assert.equal(bodies.filter(({ parent }) => parent).length, withParent)
    },
  )
}

const kinds = [framework, competency]
const bodyOf = (body: unknown) => body as Record<string, unknown>

const casePackage = (document: object, items: object[], definitions = {}) =>
  folderOf({
    'any name.json': JSON.stringify({
      CFDocument: { uri: 'https://case.example/doc', title: 'A framework', language: 'en', ...document },
      CFItems: items.map((item, n) => ({ uri: `https://case.example/item/${n}`, fullStatement: `Item ${n}`, ...item })),
      CFAssociations: [],
      CFDefinitions: definitions,
    }),
  })

test('a framework of CASE says its own licence, publisher and subjects', async () => {
  const uri = 'https://case.example/licence'
  const folder = casePackage(
    { publisher: 'A ministry', subject: ['Mathematics', 'Science', 'Juggling'], licenseURI: { uri, title: 'Ours' } },
    [{ statementNotation: 'M.1' }],
    { CFLicenses: [{ uri, title: 'Ours', licenseText: 'https://creativecommons.org/licenses/by-sa/4.0/' }] },
  )
  const { find, notes } = await readSource(caseExample, kinds, folder)
  const document = find('https://case.example/doc')
  assert.deepEqual(
    [document['licence'], document['publisher'], document['subjects']],
    ['CC-BY-SA-4.0', 'A ministry', ['0541', '05']],
  )
  assert.deepEqual(find('https://case.example/item/0')['subjects'], ['0541', '05'])
  assert.equal(find('https://case.example/item/0')['code'], 'M.1')
  assert.equal(notes['subjectUnknown'], 1)
})

test('what neither the file nor a person says of a framework is absent', async () => {
  const { find, notes } = await readSource(caseExample, kinds, casePackage({}, [{}]))
  const { licence, subjects, publisher } = find('https://case.example/doc')
  assert.deepEqual([licence, subjects, publisher], [undefined, undefined, undefined])
  assert.equal(notes['licenceUnstated'], 1)
  const told = { licence: 'CC0-1.0', publisher: 'A library', subjects: ['0232'] }
  const rows = []
  for await (const row of caseExample.read(casePackage({}, [{}]), told)) rows.push(row)
  const body = bodyOf('record' in rows[0]! ? rows[0].record.body : {})
  assert.deepEqual([body['licence'], body['publisher'], body['subjects']], ['CC0-1.0', 'A library', ['0232']])
})

test('Markdown of a statement is text: a title in one line, and the whole with its list', async () => {
  const folder = casePackage({}, [
    { fullStatement: '**Ratios**\n\n- use *language*\n- find rates', notes: '<p>See <b>A</b></p>' },
  ])
  const item = (await readSource(caseExample, kinds, folder)).find('https://case.example/item/0')
  assert.deepEqual(item['title'], { en: 'Ratios • use language • find rates' })
  assert.deepEqual(item['note'], { en: 'Ratios\n• use language\n• find rates\n\nSee A' })
})

test('standards of any state and subject say it themselves, with codes and lists as text', async () => {
  const asn = 'http://purl.org/ASN/schema/core/'
  const dct = 'http://purl.org/dc/terms/'
  const type = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type'
  const [document, statement] = ['http://asn.example/D1', 'http://asn.example/S1']
  const value = (text: string, lang?: string) => [{ value: text, type: 'literal', ...(lang && { lang }) }]
  const folder = folderOf({
    'D1.json': JSON.stringify({
      [document]: {
        [type]: value(`${asn}StandardDocument`),
        'http://purl.org/dc/elements/1.1/title': value('Mathematics', 'en'),
        [`${asn}jurisdiction`]: value('http://purl.org/ASN/scheme/ASNJurisdiction/CA'),
        [`${dct}subject`]: value('http://purl.org/ASN/scheme/ASNTopic/math'),
        [`${dct}publisher`]: value('A state board'),
        'http://purl.org/gem/qualifiers/hasChild': value(statement),
      },
      [statement]: {
        [type]: value(`${asn}Statement`),
        [`${asn}statementNotation`]: value('K.CC.1'),
        [`${dct}description`]: value('<p>Count:</p><ul><li>to <i>20</i></li><li>by tens</li></ul>', 'en'),
      },
    }),
  })
  const { find, notes } = await readSource(asnScience, kinds, folder)
  const { subjects, countries, publisher, licence } = find(document)
  assert.deepEqual([subjects, countries, publisher, licence], [['0541'], ['US'], 'A state board', undefined])
  assert.equal(notes['licenceUnstated'], 1)
  const { code, title, note } = find(statement)
  assert.deepEqual(
    [code, title, note],
    ['K.CC.1', { en: 'Count: • to 20 • by tens' }, { en: 'Count:\n• to 20\n• by tens' }],
  )
})
