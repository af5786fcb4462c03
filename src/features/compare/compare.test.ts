import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problemOf, testApp } from '../../../test/app.ts'

const base = { originalLanguage: 'en', type: 'practice' }
const radio = {
  ...base,
  title: { en: 'Lessons by radio' },
  countries: ['SL', 'KE'],
  technologies: ['radio'],
  problem: { en: `Schools were closed. ${'It took long. '.repeat(60)}` },
}
const tablets = {
  ...base,
  title: { en: 'Tablets <b>' },
  countries: ['KE', 'SL'],
  technologies: ['mobile-app'],
  stage: 'pilot',
}

async function appWithTwo() {
  const found = await testApp()
  const curator = found.as('curator')
  const first = await curator('practices.share', radio)
  const second = await curator('practices.share', tablets)
  return { ...found, curator, first, second, path: `/compare?id=${first.id}&id=${second.id}` }
}

test('two practices stand side by side on the same fields; what differs is told from what is the same', async () => {
  const { as, get, first, second, path } = await appWithTwo()
  const { rows, records } = await as()('records.compare', { id: [second.id, first.id] })
  assert.deepEqual(
    records.map(({ id }: any) => id),
    [second.id, first.id],
  )
  const same = Object.fromEntries(rows.map(({ field, same: is }: any) => [field, is]))
  assert.deepEqual(same, { type: true, stage: false, technologies: false, countries: true, problem: false })
  const { body } = await get(path)
  assert.match(body, /Practices side by side \(2\)/)
  assert.match(body, /Not stated/)
  assert.match(body, /Related pages/)
  assert.match(body, /Tablets &lt;b&gt;/)
})

test('any kind can be compared, but only with its own', async () => {
  const { as, get, curator, first } = await appWithTwo()
  const one = await curator('studies.share', { originalLanguage: 'en', title: { en: 'A trial' }, year: 2019 })
  const other = await curator('studies.share', { originalLanguage: 'en', title: { en: 'Another' }, year: 2020 })
  assert.match((await get(`/compare?id=${one.id}&id=${other.id}`)).body, /2019[\s\S]*2020/)
  assert.equal(await problemOf(as()('records.compare', { id: [first.id, one.id] })), 'kindsDiffer')
  const page = await get(`/fr/compare?id=${first.id}&id=${one.id}`)
  assert.equal(page.statusCode, 400)
  assert.match(page.body, /même type/)
})

test('one can be removed, another found and added, and the whole taken away', async () => {
  const { get, first, second, path } = await appWithTwo()
  const { body } = await get(path)
  assert.match(body, new RegExp(`href="/compare\\?id=${second.id}"[^>]*>Remove`))
  const alone = await get(`/compare?id=${first.id}&q=tablets`)
  assert.match(alone.body, new RegExp(`/compare\\?id=${first.id}&amp;id=${second.id}`))
  const csv = await get(path.replace('?', '.csv?'))
  assert.match(csv.body, /Title,Lessons by radio,Tablets <b>\r\n/)
  assert.match(csv.body, /Technologies,Broadcast radio,Mobile app\r\n/)
})

test('results of a search can be chosen and compared without scripts', async () => {
  const { get, first } = await appWithTwo()
  const { body } = await get('/search?kind=practice')
  assert.match(body, new RegExp(`<input type="checkbox" name="id" value="${first.id}" form="compare"`))
  assert.match(body, /<form id="compare" action="\/compare"/)
})

test('nothing chosen, too many, strangers and withdrawn ones are each answered as what they are', async () => {
  const { as, get, curator, first, second } = await appWithTwo()
  assert.match((await get('/compare')).body, /Compare two to four records/)
  assert.equal((await get('/compare?id=nonsense')).statusCode, 400)
  assert.equal((await get('/compare?id=0000000000000000')).statusCode, 404)
  assert.equal((await get('/compare.csv')).statusCode, 400)
  const more = await Promise.all(
    ['A', 'B', 'C'].map((name) => curator('practices.share', { ...radio, title: { en: name } })),
  )
  const ids = [first, second, ...more].map(({ id }) => `id=${id}`)
  const all = await get(`/compare?${ids.join('&')}`)
  assert.equal(all.statusCode, 200)
  assert.match(all.body, /You can compare at most 4 records/)
  await as('curator')('records.withdraw', { id: second.id, revision: 1, reason: 'A mistake' })
  assert.equal((await get(`/compare?id=${first.id}&id=${second.id}`)).statusCode, 410)
})

test('a translation made by a machine, or from an older version, is marked there too', async () => {
  const { get, curator, first, second } = await appWithTwo()
  const { id } = first
  await curator('records.translate', { id, language: 'fr', revision: 1, texts: { title: 'La radio' }, machine: true })
  assert.match(
    (await get(`/fr/compare?id=${id}&id=${second.id}`)).body,
    /role="columnheader">[^]*?class="warning"[^]*?<\/div>/,
  )
  assert.doesNotMatch((await get(`/en/compare?id=${id}&id=${second.id}`)).body, /class="warning"/)
})

test('addresses that begin differently are shown whole, so that the difference is seen', async () => {
  const { as, get } = await testApp()
  const share = as('curator')
  const site = (title: string, address: string) => ({
    title: { en: title },
    originalLanguage: 'en',
    websites: [address],
  })
  const one = await share('organisations.share', site('Ministry', 'https://education.example'))
  const other = await share('organisations.share', site('MoE', 'http://www.education.example/'))
  const { body } = await get(`/compare?id=${one.id}&id=${other.id}`)
  assert.match(body, />https:\/\/education\.example<[^]*>http:\/\/www\.education\.example\/</)
})

test('approaches are compared by what they cost, how sure that is, what they do and how they ended', async () => {
  const { as, get } = await testApp()
  const share = as('curator')
  const own = { originalLanguage: 'en' }
  const { id: first } = await share('approaches.share', { ...own, title: { en: 'Lessons on air' } })
  const { id: second } = await share('approaches.share', { ...own, title: { en: 'Lessons on paper' } })
  await share('practices.share', {
    ...radio,
    approaches: [first],
    outcome: 'worked',
    costPerLearner: { amount: 4, currency: 'USD' },
  })
  const { id: study } = await share('studies.share', {
    ...own,
    title: { en: 'A trial' },
    approaches: [first],
    evidenceLevel: 'E4',
  })
  await share('evidence.share', { ...own, title: { en: 'A finding' }, study, direction: 'no-clear' })
  const { body } = await get(`/en/compare?id=${first}&id=${second}`)
  const text = body.replaceAll(/<svg[^]*?<\/svg>|<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')
  assert.match(text, /Cost per learner per year differs Lessons on air US\$4 1 practice Lessons on paper Not stated/i)
  assert.match(text, /Strongest evidence differs Lessons on air E4/i)
  assert.match(text, /No clear effect: 1 of 1 study/)
  assert.match(text, /1 practice 1 worked/)
  const csv = (await get(`/en/compare.csv?id=${first}&id=${second}`)).body
  assert.match(csv, /Title,Lessons on air,Lessons on paper\r\nCost per learner per year,US\$4 \(1 practice\),\r\n/)
  assert.match(csv, /Effect on learning,"No study gives an effect size; No clear effect: 1 of 1 study",/)
})
