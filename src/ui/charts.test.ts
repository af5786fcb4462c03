/** What readers see of charts, through the pages that have them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp } from '../../test/app.ts'

async function library() {
  const app = await testApp()
  const curator = app.as('curator')
  const practice = (title: string, more: object) =>
    curator('practices.share', { title: { en: title }, originalLanguage: 'en', type: 'practice', ...more })
  return { ...app, practice }
}

test('charts open on what tells most of the finds apart, never on a single bar', async () => {
  const { practice, get } = await library()
  for (const [country, outcome] of [
    ['KE', 'worked'],
    ['UG', 'worked'],
    ['FR', 'worked'],
  ])
    await practice('Radio', { countries: [country], outcome, technologies: ['radio'] })
  const { body } = await get('/search?kind=practice&view=charts')
  assert.match(body, /Records by: Country/)
  assert.equal(body.match(/<figure class="chart rows bars[^]*?<\/figure>/)![0].match(/<li>/g)!.length, 3)
  const offered = /<nav aria-label="[^"]*">\s*<ul class="chips">([^]*?)<\/ul>/.exec(body)![1]!
  assert.doesNotMatch(offered, /of=(kind|outcome|technology)\b/)
})

test('a name stands whole in a chart however long it is, and leads to its records', async () => {
  const { practice, get } = await library()
  for (const country of ['GB', 'KE', 'FR']) await practice('Radio', { countries: [country] })
  const { body } = await get('/search?kind=practice&view=charts&of=country')
  assert.match(body, /country=GB">United Kingdom of Great Britain and Northern Ireland<\/a>/)
})

test('the map carries numbers; neighbours share a circle that leads to their part of the world', async () => {
  const { practice, get } = await library()
  for (const country of ['RW', 'KE', 'KE', 'BR']) await practice('Radio', { countries: [country] })
  const map = (body: string) => /<svg class="world"[^]*?<\/svg>/.exec(body)![0]
  const whole = map((await get('/search?view=map')).body)
  assert.match(whole, /zoom=002"[^>]*><title>Kenya, Rwanda: 3<\/title><circle[^>]*\/><text[^>]*>3</)
  const page = (await get('/search?view=map&zoom=002')).body
  const africa = map(page)
  assert.match(africa, /country=KE"[^>]*><title>Kenya: 2</)
  assert.doesNotMatch(africa, /Brazil/)
  assert.match(page, /aria-current="true"[^>]*>Africa</)
})

test('effects have a scale, the names beside their points, and say how sure they are', async () => {
  const { as, get } = await testApp()
  const share = async (plural: string, body: object) => (await as('curator')(`${plural}.share`, body)).id
  const english = { title: { en: 'Radio' }, originalLanguage: 'en' }
  const study = await share('studies', english)
  await share('evidence', {
    ...english,
    study,
    outcomeDomain: 'Reading',
    effectSize: 0.42,
    interval: { low: 0.1, high: 0.74 },
  })
  const { body } = await get(`/records/${study}`)
  const figure = /<figure class="chart rows effects[^]*?<\/figure>/.exec(body)![0]
  assert.match(
    figure,
    />Reading<\/a>[^]*class="interval"[^]*\+0\.42[^]*\(\u2066\+0\.10\u2069 to \u2066\+0\.74\u2069\)[^]*>0\.8<\/text>/,
  )
})

test('in a chart of years the numbers stand beside the columns, on the side where readers begin', async () => {
  const { practice, get } = await library()
  for (const year of ['2014', '2015']) await practice('Radio', { startedOn: year })
  const numbers = async (language: string) => {
    const { body } = await get(`/${language}/search?view=timeline`)
    return [.../<svg class="years"[^]*?<\/svg>/.exec(body)![0].matchAll(/<text class="n"([^>]*)>/g)].map(
      ([, at]) => at!,
    )
  }
  const [english, arabic] = [await numbers('en'), await numbers('ar')]
  assert.ok(english.length > 0 && arabic.length > 0)
  for (const at of english) assert.match(at, /x="0%" dx="-6" y="\d+" text-anchor="end"/)
  for (const at of arabic) assert.match(at, /x="100%" dx="6" y="\d+" text-anchor="start"/)
})
