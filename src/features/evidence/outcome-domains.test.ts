/** Somebody reads in another language what a study measured. */
import assert from 'node:assert/strict'
import { gunzipSync } from 'node:zlib'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { readXlsx } from '#codecs/xlsx/read-xlsx.ts'
import { termOf } from '#records/vocabularies/index.ts'
import { testApp } from '../../../test/app.ts'

async function nodeWithFindings() {
  const node = await testApp()
  const share = node.as('curator')
  const base = { originalLanguage: 'en' }
  const { id: study } = await share('studies.share', { ...base, title: { en: 'A study' } })
  const finding = (en: string, more: object) =>
    share('evidence.share', { ...base, title: { en }, study, effectSize: 0.2, ...more })
  const usual = await finding('Reading', { outcomeDomain: 'Reading achievement', measure: 'Oxford test of reading' })
  const own = await finding('Beekeeping', { outcomeDomain: 'Skill with bees' })
  node.app.running.changed()
  return { ...node, study: study as string, usual: usual.id as string, own: own.id as string }
}

test('what a finding measured is named in the language of the page: on the page, in lists, filters, charts and workbooks', async () => {
  const { get, usual, study } = await nodeWithFindings()
  assert.match((await get(`/fr/records/${usual}`)).body, /<dd>Résultats en lecture<\/dd>/)
  const found = (await get('/fr/search?kind=evidence&all=outcomeDomain')).body
  assert.match(found, /<p class="facts">Résultats en lecture/)
  assert.match(found, /outcomeDomain=Reading\+achievement[^>]*><span>Résultats en lecture<\/span>/)
  assert.match(
    (await get(`/ar/records/${study}`)).body,
    /التحصيل في القراءة · <span lang="en"[^>]*>Oxford test of reading/,
  )
  const [head, ...rows] = await readXlsx((await get('/fr/search.xlsx?kind=evidence')).rawPayload)
  const at = head!.indexOf('Résultat mesuré')
  assert.deepEqual(rows.map((row) => row[at]).sort(), ['Résultats en lecture', 'Skill with bees'])
  assert.match(
    (await get('/fr/search.csv?kind=evidence')).body,
    /Reading achievement/,
    'for programs it stays as it is',
  )
  const api = (await get(`/api/records/${usual}`)).json()
  assert.equal(api.body.outcomeDomain, 'Reading achievement')
})

test('words that no list names stay as they were written, and say in which language they are', async () => {
  const { get, usual, own } = await nodeWithFindings()
  assert.match((await get(`/fr/records/${own}`)).body, /<dd><bdi lang="en">Skill with bees<\/bdi><\/dd>/)
  assert.match((await get(`/en/records/${own}`)).body, /<dd><bdi>Skill with bees<\/bdi><\/dd>/)
  assert.match((await get(`/fr/records/${usual}`)).body, /<bdi lang="en">Oxford test of reading<\/bdi>/)
  assert.match(
    (await get('/fr/search?kind=evidence')).body,
    /<p class="facts"><bdi lang="en">Skill with bees<\/bdi>/,
    'in lists too',
  )
})

test('every outcome that the findings of the seed measured has a name in six languages', () => {
  const seed = gunzipSync(readFileSync(new URL('../../../seed/evidence.jsonl.gz', import.meta.url))).toString()
  const domains = new Set(
    seed
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line).body.outcomeDomain as string),
  )
  assert.ok(domains.size > 50, `${domains.size} outcomes`)
  assert.deepEqual(
    [...domains].filter((name) => name && !termOf('outcome-domains', name)),
    [],
  )
})

test('the grade that a scheme gave is named in the language of the page, in lists, on pages and beside the ladder', async () => {
  const { get, as, app } = await nodeWithFindings()
  const base = { originalLanguage: 'en', countries: ['US'] }
  const ratings = [{ scheme: 'wwc', rating: 'Meets WWC standards without reservations' }]
  const { id } = await as('curator')('studies.share', { ...base, title: { en: 'Graded' }, design: 'rct', ratings })
  app.running.changed()
  assert.match((await get(`/ru/records/${id}`)).body, /Отвечает критериям WWC без оговорок/)
  assert.match((await get('/zh/search?kind=study')).body, /<p class="facts">[^]*?完全符合WWC标准/)
  const ladder = (await get('/es/evidence-levels')).body
  assert.match(ladder, /Cumple los criterios del WWC con reservas/)
  assert.doesNotMatch(ladder, /Meets WWC|Randomised trial|Comparison group/)
  assert.equal((await get(`/api/records/${id}`)).json().body.ratings[0].rating, ratings[0]!.rating)
})
