import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp } from '../../../../test/app.ts'
import { pathOf, queryOf } from '#search/address.ts'
import { searchBehind, type EvidenceMap, type MapFilters } from './map.ts'
import { outcomeAreasOf } from '#records/vocabularies/outcome-area.ts'

const base = { originalLanguage: 'en' }
const byType = { rows: 'interventionType' }

async function appWithFindings() {
  const found = await testApp()
  const curator = found.as('curator')
  const study = await curator('studies.share', { ...base, title: { en: 'A trial' } })
  const tablets = await curator('interventions.share', { ...base, title: { en: 'Tablets' }, types: ['curriculum'] })
  const unsorted = await curator('interventions.share', { ...base, title: { en: 'Something else' } })
  const finding = (title: string, more: object) =>
    curator('evidence.share', { ...base, title: { en: title }, study: study.id, ...more })
  await finding('Reading', {
    intervention: tablets.id,
    outcomeDomain: 'Reading fluency',
    evidenceLevel: 'E5',
    levels: ['1'],
    countries: ['KE'],
  })
  await finding('Writing', {
    intervention: tablets.id,
    outcomeDomain: 'Writing quality',
    evidenceLevel: 'E2',
    levels: ['2'],
  })
  await finding('Algebra', { intervention: unsorted.id, outcomeDomain: 'Algebra', evidenceLevel: 'E4' })
  await finding('Nothing said', {})
  return { ...found, curator, tablets }
}

const cellsOf = ({ cells }: EvidenceMap) =>
  cells.map(({ row, outcome, count, levels }) => [
    row,
    outcome,
    count,
    levels.map(({ value, count: n }) => `${value}:${n}`).join(' '),
  ])

test('the map says from where most findings are, and how to see those about a technology alone', async () => {
  const { get, curator } = await appWithFindings()
  const study = await curator('studies.share', { ...base, title: { en: 'In Kenya' } })
  for (const title of ['One', 'Two', 'Three', 'Four'])
    await curator('evidence.share', { ...base, title: { en: title }, study: study.id, countries: ['KE'] })
  const { body } = await get('/en/evidence-map?rows=interventionType')
  assert.match(body, /Kenya: 5 of these findings\./)
  assert.match(body, /href="\/en\/evidence-map" rel="nofollow">Show those that name a technology/)
  const of = (await get('/en/evidence-map?country=KE')).body
  assert.doesNotMatch(of, /of these findings|Show those that name a technology/)
})

test('a researcher sees what was studied, how strongly, and where nothing is; what says nothing is counted too', async () => {
  const { as, get } = await appWithFindings()
  const map = await as()('evidence.map', byType)
  assert.equal(map.total, 4)
  assert.deepEqual(cellsOf(map), [
    ['curriculum', 'literacy', 2, 'E5:1 E2:1'],
    ['unsaid', 'mathematics', 1, 'E4:1'],
    ['unsaid', 'unsaid', 1, ''],
  ])
  const { body } = await get('/evidence-map?rows=interventionType')
  assert.match(body, /gap: no findings/)
  assert.match(body, /<th scope="row">Policy<\/th>/)
  assert.match((await get('/ar/evidence-map')).body, /dir="rtl"/)
})

test('each number is what the search behind it finds', async () => {
  const { as, get } = await appWithFindings()
  for (const filters of [byType, {}, { level: ['1'] }, { country: ['KE'] }] as MapFilters[]) {
    const map: EvidenceMap = await as()('evidence.map', filters)
    for (const { row, outcome, count } of map.cells) {
      const address = pathOf(queryOf(searchBehind(filters, { row, outcome })), '/api/search')
      assert.equal((await get(address)).json().total, count, address)
    }
  }
})

test('rows may be technologies instead, found by those of the study, with the practices that used them beside', async () => {
  const { as, get, curator } = await appWithFindings()
  const study = await curator('studies.share', { ...base, title: { en: 'On air' }, technologies: ['radio'] })
  await curator('evidence.share', { ...base, title: { en: 'Reading' }, study: study.id, outcomeDomain: 'Reading' })
  for (const countries of [['KE'], ['KE'], ['BR']])
    await curator('practices.share', {
      ...base,
      title: { en: 'Radio lessons' },
      type: 'practice',
      technologies: ['radio'],
      countries,
    })
  const map = await as()('evidence.map', { rows: 'technology' })
  assert.deepEqual(cellsOf(map)[0], ['radio', 'literacy', 1, ''])
  assert.deepEqual(map.practices, [{ value: 'radio', count: 3 }])
  const { body } = await get('/evidence-map?rows=technology&country=KE')
  assert.match(body, /<a href="\/search\?kind=practice&amp;country=KE&amp;technology=radio" rel="nofollow">2<\/a>/)
  assert.match((await get('/evidence-map.csv?rows=technology')).body, /Broadcast radio,Practices,3,/)
  assert.equal((await as()('evidence.map', { technology: ['radio'] })).total, 1)
})

test('rows may be approaches: a finding stands where its study or its intervention belongs, with the practices beside', async () => {
  const { as, get, curator } = await appWithFindings()
  const radio = await curator('approaches.share', { ...base, title: { en: 'Radio lessons' } })
  const calls = await curator('approaches.share', { ...base, title: { en: 'Phone tutoring' } })
  const study = await curator('studies.share', { ...base, title: { en: 'On air' }, approaches: [radio.id] })
  const product = await curator('interventions.share', { ...base, title: { en: 'Calls' }, approaches: [calls.id] })
  const other = await curator('studies.share', { ...base, title: { en: 'By phone' } })
  await curator('evidence.share', {
    ...base,
    title: { en: 'Both' },
    study: study.id,
    outcomeDomain: 'literacy and mathematics',
  })
  await curator('evidence.share', {
    ...base,
    title: { en: 'Numbers' },
    study: other.id,
    intervention: product.id,
    outcomeDomain: 'mathematics',
  })
  const practice = { ...base, title: { en: 'Lessons on air' }, type: 'practice', approaches: [radio.id] }
  await curator('practices.share', practice)
  const map: EvidenceMap = await as()('evidence.map', { rows: 'approach' })
  assert.deepEqual(cellsOf(map), [
    [radio.id, 'literacy', 1, ''],
    [radio.id, 'mathematics', 1, ''],
    [calls.id, 'mathematics', 1, ''],
  ])
  assert.deepEqual([map.rows, map.practices, map.unplaced], [[radio.id, calls.id], [{ value: radio.id, count: 1 }], 4])
  for (const { row, outcome, count } of map.cells) {
    const address = pathOf(queryOf(searchBehind({ rows: 'approach' }, { row, outcome })), '/api/search')
    assert.equal((await get(address)).json().total, count, address)
  }
  const { body } = await get('/en/evidence-map?rows=approach')
  assert.match(body, /<th scope="row">Radio lessons<\/th>/)
  assert.match(body, /4 findings belong to none of the approaches/)
  assert.match((await get('/evidence-map.csv?rows=approach')).body, /^\uFEFF?Approach,/)
})

test('rows that do not exist are told, and technologies shown; a file of them is refused', async () => {
  const { get } = await appWithFindings()
  const { body } = await get('/en/evidence-map?rows=colour')
  assert.match(body, /was ignored:[^]{0,80}rows=colour/)
  assert.match(body, />Technology<[^]*>Approach</)
  assert.doesNotMatch((await get('/en/evidence-map?rows=')).body, /was ignored:/)
  assert.equal((await get('/en/evidence-map.csv?rows=colour')).statusCode, 400)
})

test('on a narrow screen one outcome is open at a time, with its gaps', async () => {
  const { get } = await appWithFindings()
  const { body } = await get('/evidence-map?rows=interventionType')
  const list = /<section class="gaps-narrow"[^]*?<\/section>/.exec(body)![0]
  assert.equal(list.match(/<details name="gap-outcome" *open/g)!.length, 1)
  assert.match(list, /<summary>Reading, writing and language<\/summary>[^]*Curriculum<\/dt><dd><a [^>]*>2 findings/)
  assert.match(list, /Policy<\/dt><dd><span class="soft">gap: no findings/)
})

test('filters narrow the map', async () => {
  const { as, get } = await appWithFindings()
  assert.deepEqual(cellsOf(await as()('evidence.map', { ...byType, country: ['KE'] })), [
    ['curriculum', 'literacy', 1, 'E5:1'],
  ])
  assert.match((await get('/evidence-map?level=2&country=')).body, /<strong>1 finding<\/strong>/)
  const csv = (await get('/evidence-map.csv?rows=interventionType&level=2')).body
  assert.match(csv, /Curriculum,"Reading, writing and language",1,0,0,0,0,1,0,0,http/)
})

test('when an intervention changes its type, or is withdrawn, its findings move with it', async () => {
  const { as, curator, tablets } = await appWithFindings()
  const { body, revision } = await as()('records.read', { id: tablets.id })
  await curator('interventions.revise', { id: tablets.id, revision, body: { ...body, types: ['policy'] } })
  assert.deepEqual(cellsOf(await as()('evidence.map', { ...byType, country: ['KE'] })), [
    ['policy', 'literacy', 1, 'E5:1'],
  ])
  await as('curator')('records.withdraw', { id: tablets.id, revision: revision + 1, reason: 'A mistake' })
  assert.deepEqual(cellsOf(await as()('evidence.map', { ...byType, country: ['KE'] })), [
    ['unsaid', 'literacy', 1, 'E5:1'],
  ])
})

test('outcomes are sorted by what studies call them', () => {
  for (const [name, area] of [
    ['Alphabetics', 'literacy'],
    ['General Mathematics Achievement', 'mathematics'],
    ['Emotional/internal behavior', 'social-emotional'],
    ['External behavior', 'behaviour'],
    ['Staying in School', 'participation'],
    ['Teacher practice', 'teaching'],
    ['Academic achievement', 'general'],
    ['Organization', 'other'],
    ['literacy and mathematics', 'literacy mathematics'],
    ['mathematics and progression', 'mathematics participation'],
  ] as const)
    assert.equal(outcomeAreasOf(name).join(' '), area, name)
})
