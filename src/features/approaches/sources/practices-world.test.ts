import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { openFolder } from '#kernel/folder.ts'
import { languages } from '#kernel/i18n/languages.ts'
import { seedFolder } from '../../../commands/seed.ts'
import { folderOf, readSource, realData } from '../../../../test/collection.ts'
import { testApp } from '../../../../test/app.ts'
import { readDump } from '#features/dump/dump.ts'
import { evidence } from '#features/evidence/evidence.ts'
import { importSource, importer, type TakeRows } from '#records/sources/import.ts'
import { lesson } from '#features/clearing-house/lesson.ts'
import { organisation } from '#features/clearing-house/organisation.ts'
import { practice } from '#features/clearing-house/practice.ts'
import { idOf } from '#records/identifier.ts'
import { fieldsOf } from '#records/field-plan.ts'
import type { StoredRecord } from '#records/record.ts'
import { study } from '#features/evidence/study.ts'
import { ingest } from '#records/sources/ingest.ts'
import { practicesWorld } from './practices-world.ts'
import { outcomeMeasured } from './practices-world/outcomes.ts'
import { outcomeAreasOf } from '#records/vocabularies/outcome-area.ts'
import costsOfItems from '../costs.json' with { type: 'json' }
import approachesOfCases from '#features/clearing-house/sources/approaches-of-cases.json' with { type: 'json' }
import sameOrganisations from './practices-world/organisations.json' with { type: 'json' }

const kinds = [practice, lesson, study, evidence, organisation]
const fixture = fileURLToPath(new URL('../../../../fixtures/practices-world/rows', import.meta.url))
const others = languages.filter((language) => language !== 'en')
const tusome = idOf('https://w3id.org/qingdao/practices-world#practice/ke-tusome-coaching')
const firstLesson = idOf('https://w3id.org/qingdao/practices-world#lesson/coach-tablet-first')

/** A node with the ten rows, and what a further import would count. */
async function appWithFixture() {
  const all = await testApp()
  const importOnce = async () => {
    const takeRows = (rows: unknown) =>
      all.app.perform(ingest, importer(practicesWorld.name), { name: practicesWorld.name, rows })
    const report = await importSource(practicesWorld, await openFolder(fixture), takeRows as TakeRows)
    await all.app.followOwn()
    return report.counts
  }
  return { ...all, importOnce, first: await importOnce() }
}

async function seedOf(...names: string[]): Promise<Omit<StoredRecord, 'number'>[]> {
  const all: Omit<StoredRecord, 'number'>[] = []
  for (const name of names) for await (const record of readDump(seedFolder, `${name}.jsonl.gz`)) all.push(record)
  assert.ok(all.length > 0, `the seed holds ${names.join(', ')}`)
  return all
}
const isWorld = ({ origin }: Pick<StoredRecord, 'origin'>) => origin?.collection === practicesWorld.name

test('an import twice changes nothing', async () => {
  const { first, importOnce } = await appWithFixture()
  assert.ok(first.added >= 10)
  assert.equal(first.refused, 0)
  const second = await importOnce()
  assert.deepEqual([second.added, second.changed, second.unchanged], [0, 0, first.added])
})

test('readers of Arabic get the Arabic title and are told that a machine translated it; readers of English are not', async () => {
  const { get } = await appWithFixture()
  const arabic = (await get(`/ar/records/${tusome}`)).body
  // Only the beginning was translated, of practices and of lessons.
  for (const id of [tusome, firstLesson])
    assert.match((await get(`/fr/records/${id}`)).body, /Les textes plus longs sont seulement en/, id)
  assert.doesNotMatch((await get(`/en/records/${firstLesson}`)).body, /longer texts/)
  assert.match(arabic, /<h1[^>]*>[^<]*توسومي/)
  assert.match(arabic, /هذه ترجمة آلية/)
  assert.doesNotMatch((await get(`/en/records/${tusome}`)).body, /This is a machine translation/)
})

test('a practice leads to its lessons, findings and organisations, and each of them back', async () => {
  const { as, get } = await appWithFixture()
  const { body } = await as()('records.read', { id: tusome })
  const pages = [body.evidence[0], body.organisations[0].organisation]
  for (const id of pages) {
    assert.match((await get(`/en/records/${tusome}`)).body, new RegExp(`/records/${id}`))
    assert.match((await get(`/en/records/${id}`)).body, new RegExp(`/records/${tusome}`))
  }
  const { lessons } = Object.groupBy(
    (await as()('lessons.list', {})).records as StoredRecord[],
    ({ body: { practices } }) => ((practices as string[]).includes(tusome) ? 'lessons' : 'others'),
  )
  assert.equal(lessons?.length, 1)
  assert.match((await get(`/en/records/${tusome}`)).body, new RegExp(`/records/${lessons[0]!.id}`))
})

test('when the source changes its words, the translations that come with them are of the new version', async () => {
  const { app: existing, as } = await testApp()
  const row = {
    place: 'a:1',
    kind: 'practice',
    identifier: 'https://example.org/boats',
    body: { title: { en: 'Boats', fr: 'Bateaux' }, originalLanguage: 'en', type: 'practice' },
    translations: { fr: { machine: true } },
  }
  const taking = async (rows: object[]) => {
    const answer = await existing.perform(ingest, importer('ror'), { name: 'ror', rows })
    return answer as { added: number; changed: number; unchanged: number }
  }
  await taking([row])
  assert.equal((await taking([row])).unchanged, 1)
  const renamed = { ...row, body: { ...row.body, title: { en: 'Book boats', fr: 'Bateaux-livres' } } }
  assert.equal((await taking([renamed])).changed, 1)
  const kept = await as()<StoredRecord>('records.read', { id: idOf(row.identifier) })
  assert.deepEqual(kept.translations, { fr: { ofRevision: 2, machine: true } })
  assert.equal((await taking([{ ...renamed, translations: { fr: { machine: false } } }])).changed, 1, 'a mark alone')
  const read = await as()<StoredRecord>('records.read', { id: idOf(row.identifier) })
  assert.deepEqual(read.translations, { fr: { ofRevision: 2, machine: false } })
})

test('a garbled line, a key that stands twice and one that is no key are refused, and the rest is read', async () => {
  const line = readFileSync(`${fixture}/somewhere/practice.jsonl`, 'utf8').split('\n')[0]!
  const files = { 'there/practice.jsonl': [line, '{"key": "x"', line, '{"key": "No Key!"}', '[]'].join('\n') }
  const { count, refused } = await readSource(practicesWorld, kinds, folderOf(files))
  assert.equal(count('practice'), 1)
  assert.deepEqual(
    refused.map(({ refused: { code } }) => code),
    ['malformedLine', 'nameTwice', 'identifierUnfit', 'identifierUnfit'],
  )
})

test('a lesson that is named but nowhere is told, a condition without a class is kept as another one', async () => {
  const row = {
    key: 'somewhere-else',
    title: { en: 'Boats with books' },
    type: 'practice',
    coordinates: { latitude: 23.81234, longitude: 90.41299 },
    conditions: [{ condition: 'A river that carries water', effect: 'helps' }],
    lessons: ['nowhere'],
    organisations: [
      { name: 'River Society', country: 'ZZ', type: 'ngo', role: 'lead' },
      { name: 'The River Society', type: 'ngo', role: 'funder' },
    ],
  }
  const inOneCountry = JSON.stringify(row).replace('"ZZ"', '"BD"')
  const { records, notes, find } = await readSource(practicesWorld, kinds, folderOf({ 'practice.jsonl': inOneCountry }))
  assert.deepEqual(notes, { linkNowhere: 1, approachMissing: 1, conditionUnclassed: 1 })
  const { conditions, coordinates } = find('https://w3id.org/qingdao/practices-world#practice/somewhere-else')
  assert.deepEqual(conditions, [{ condition: 'other', effect: 'enabling', note: { en: 'A river that carries water' } }])
  assert.deepEqual(coordinates, { latitude: 23.8, longitude: 90.4 })
  assert.equal(
    records.filter(({ kind }) => kind === 'organisation').length,
    1,
    'one of the name, with and without country',
  )
})

const folder = await realData(practicesWorld.folder)
test(
  'every row of the real files becomes a record, and its choices are ones that the node has',
  { skip: typeof folder === 'string' && folder },
  async () => {
    assert.ok(typeof folder !== 'string')
    const { refused, count, notes } = await readSource(practicesWorld, kinds, folder)
    assert.deepEqual(refused, [])
    assert.ok(count('practice') >= 97 && count('lesson') >= 105 && count('study') >= 58 && count('evidence') >= 62)
    assert.equal(notes['linkNowhere'], undefined)
  },
)

test('the records to begin with hold the practices of the world in six languages with their marks, and the European ones', async () => {
  const all = await seedOf('practice')
  const world = all.filter(isWorld)
  assert.ok(world.length >= 97)
  assert.equal(all.filter(({ origin }) => origin?.collection === 'innovative-public-services').length, 42)
  for (const { body, translations, sourceRevision, id } of world) {
    const { title, summary, references } = body as StoredRecord['body'] & Record<string, Record<string, string>>
    for (const language of languages) assert.ok(title[language] && summary?.[language], `${id} ${language}`)
    assert.deepEqual(Object.keys(translations).sort(), others.toSorted())
    assert.ok(Object.values(translations).every((made) => made.machine && made.ofRevision === sourceRevision))
    assert.ok(
      (references as unknown as { basis: string }[]).some(({ basis }) => basis === 'excerpt'),
      id,
    )
  }
})

test('the price of a device or the fee for a course is no cost for each learner in a year', async () => {
  const practices = (await seedOf('practice')).filter(isWorld)
  const keyOf = ({ origin }: (typeof practices)[number]) => origin!.identifier.split('/').at(-1)!
  const perYear = practices.filter(({ body }) => body['costPerLearner'] !== undefined).map(keyOf)
  assert.deepEqual(perYear.sort(), ['gh-rori-ai-tutor', 'us-sesame-street'])
  const prices = practices.filter((one) => Object.hasOwn(costsOfItems, keyOf(one)))
  assert.equal(prices.length, Object.keys(costsOfItems).length)
  for (const { body } of prices) {
    const [{ item, amount, note }] = body['costItems'] as [{ item: string; amount: object; note: object }]
    assert.ok(['devices', 'fees'].includes(item))
    assert.ok(amount && note)
  }
})

test('in the records to begin with, every link of the practices of the world leads to a record of the right kind', async () => {
  const all = await seedOf('practice', 'lesson', 'study', 'evidence', 'organisation', 'approach')
  const kindOf = new Map(all.map(({ id, kind }) => [id, kind]))
  const world = all.filter(isWorld)
  const used = new Set<string>()
  for (const { kind, body, id } of world)
    for (const { name, field, valuesIn } of fieldsOf(kinds.find((one) => one.name === kind)!))
      if (field.rel)
        for (const to of valuesIn(body) as string[]) {
          assert.ok(field.to!.includes(kindOf.get(to)!), `${id} ${name} ${to}`)
          used.add(`${kind} ${name}`)
        }
  for (const one of ['practice evidence', 'practice approaches', 'lesson practices', 'evidence study'])
    assert.ok(used.has(one), one)
  const cited = new Set(world.flatMap(({ body }) => (body['practices'] ?? body['evidence'] ?? []) as string[]))
  for (const { id, kind } of world.filter((one) => one.kind === 'evidence')) assert.ok(cited.has(id), `${kind} ${id}`)
  const existing = new Set(all.filter((one) => one.kind === 'organisation' && !isWorld(one)).map(({ id }) => id))
  const named = world.flatMap(({ body }) => (body['organisations'] ?? []) as { organisation: string }[])
  assert.ok(
    named.some(({ organisation: to }) => existing.has(to)),
    'organisations that the house had are linked',
  )
})

test('organisations that are said to be in the node are there, under that name or at that site', async () => {
  const known = new Map((await seedOf('organisation')).map((record) => [record.id, record]))
  const claims = Object.entries(sameOrganisations.inNode)
  assert.ok(claims.length > 5)
  const plain = (name: string) =>
    name
      .toLowerCase()
      .replace(/ \(.*\)$/, '')
      .replace(/^(the|plan|u\.s\.|united states) /, '')
  for (const [written, uri] of claims) {
    const { title, otherNames, countries } = known.get(idOf(uri))?.body ?? assert.fail(`${written}: no ${uri}`)
    const names = [...Object.values(title), ...Object.values((otherNames ?? {}) as Record<string, string[]>).flat()]
    const [name = '', country] = written.split('|')
    assert.ok(names.map(plain).includes(plain(name)), `${written} is ${names.join(', ')}`)
    assert.ok(!countries || (countries as string[]).includes(country!), `${written} is in ${String(countries)}`)
  }
})

test('who looks for what radio does for mathematics finds Nicaragua: a finding is about what its measure names', async () => {
  const all = await seedOf('evidence', 'study', 'practice')
  const findings = all.filter((one) => one.kind === 'evidence' && isWorld(one))
  const areasOf = ({ body }: (typeof all)[number]) => outcomeAreasOf(String(body['outcomeDomain']))
  const isAbout = (area: string) => findings.filter((one) => areasOf(one).includes(area))
  assert.ok(isAbout('mathematics').length >= 25 && isAbout('literacy').length >= 20)
  for (const one of isAbout('mathematics')) assert.match(String(one.body['measure']), /math|arithmetic|numer|algebra/i)
  const keyOf = ({ origin }: (typeof all)[number]) => origin!.identifier.split('/').at(-1)
  // What their measures name is no subject: “PISA 2012”, “test scores and other outcomes”.
  const open = ['ev-akili', 'ev-barrera-2009', 'ev-beuermann-2015', 'ev-formichella-2016', 'ev-ssiri']
  assert.deepEqual(isAbout('general').map(keyOf).sort(), open)
  const radio = all.find((one) => one.kind === 'practice' && keyOf(one) === 'ni-radio-mathematics')!
  const [finding] = findings.filter(({ id }) => (radio.body['evidence'] as string[]).includes(id))
  const study = all.find(({ id }) => id === finding!.body['study'])!
  assert.deepEqual([areasOf(finding!), study.body['technologies']], [['mathematics'], ['radio']])
})

test('only what says no more than learning is told by its measure, and only by words of a subject', () => {
  for (const [domain, measure, outcome] of [
    ['learning', 'Writing and mathematics tests', 'literacy and mathematics'],
    ['learning', 'Basic numeracy', 'mathematics'],
    ['learning', 'English tests in grades 1 to 3', 'literacy'],
    ['learning', 'International Development and Early Learning Assessment items', 'learning'],
    ['learning', 'Grades after an aftermath', 'learning'],
    ['learning', '', 'learning'],
    ['learning and progression', 'mathematics test; repeating a course', 'mathematics and progression'],
    ['learning and progression', 'reading and mathematics tests', 'learning and progression'],
    ['teaching', 'Lessons in mathematics watched', 'teaching'],
  ] as const)
    assert.equal(outcomeMeasured(domain, measure), outcome, measure)
})

test('cases that were read belong to the approaches chosen for them, and to ones that there are', async () => {
  const all = await seedOf('practice', 'approach')
  const chosen = Object.entries(approachesOfCases)
  const approachIds = new Set(all.filter(({ kind }) => kind === 'approach').map(({ id }) => id))
  const cases = new Map(
    all
      .filter(({ origin }) => origin?.collection === 'innovative-public-services')
      .map((one) => [one.origin!.identifier.split('/').at(-1), one]),
  )
  assert.ok(chosen.length > 20)
  for (const [key, names] of chosen) {
    const { approaches } = cases.get(key)?.body ?? assert.fail(`no case ${key}`)
    assert.equal((approaches as string[]).length, names.length)
    for (const id of approaches as string[]) assert.ok(approachIds.has(id), `${key} ${id}`)
  }
  const [credentials] = all.filter(({ kind, body }) => kind === 'approach' && /credentials/.test(body.title['en']!))
  const members = all.filter(({ body }) => ((body['approaches'] ?? []) as string[]).includes(credentials!.id))
  assert.equal(members.length, 21, 'nineteen cases of Europe, and those of Ethiopia and the Bahamas')
})

test('a note on how far a source was read stands apart from what the finding says, marked as English', async () => {
  const all = (await seedOf('evidence')).filter(isWorld)
  const finding = all.find(({ origin }) => origin!.identifier.endsWith('/ev-searle-1977'))!
  assert.deepEqual(
    [finding.body['note'], finding.body['whatWasRead'], finding.body['independent']],
    [{ en: "The project's own evaluation." }, { en: 'Size of the effect was not opened.' }, 'no'],
  )
  const workingNote = /not opened|(?:was|were|not) read\b|the writer/i
  for (const { body, id } of all)
    assert.doesNotMatch(JSON.stringify(body['note'] ?? {}), workingNote, `${id}: belongs in notes.json`)
  const { as, get } = await testApp()
  const curator = as('curator')
  const own = { originalLanguage: 'en', title: { en: 'A study' } }
  const { id: study } = await curator('studies.share', own)
  const { id } = await curator('evidence.share', { ...own, study, whatWasRead: { en: 'Only its abstract.' } })
  assert.match(
    (await get(`/ar/records/${id}`)).body,
    /<h2>مدى قراءة المصدر<\/h2>\s*<p lang="en" dir="ltr">Only its abstract\.<\/p>/,
  )
})
