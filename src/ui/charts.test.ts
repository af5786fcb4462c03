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

test('no chart opens on equal bars, nor on regions within regions; what is asked for is drawn', async () => {
  const { practice, get } = await library()
  for (const country of ['KE', 'UG', 'FR']) await practice('Radio', { countries: [country] })
  const { body } = await get('/search?kind=practice&view=charts')
  assert.doesNotMatch(body, /<figure class="chart/)
  assert.match(body, /Every value has the same number of records/)
  assert.match(body, /of=country"/)
  const bars = async (of: string) =>
    [
      ...(await get(`/search?kind=practice&view=charts&of=${of}`)).body.matchAll(/<span class="name"><a[^>]*>([^<]*)/g),
    ].map(([, name]) => name)
  assert.deepEqual((await bars('country')).length, 3)
  assert.deepEqual(await bars('region'), ['Africa', 'Europe'])
})

test('a chart of outcomes says how many state none', async () => {
  const { practice, get } = await library()
  for (const outcome of ['worked', 'worked', 'stopped']) await practice('Radio', { outcome })
  for (const title of ['Television', 'Tablets']) await practice(title, {})
  assert.match((await get('/search?kind=practice&view=charts&of=outcome')).body, /Not stated: 2/)
})

test('a region in which nothing is known says so; equal counts stand by name', async () => {
  const { practice, get } = await library()
  for (const country of ['AE', 'AD', 'AG', 'KE', 'KE']) await practice('Radio', { countries: [country] })
  const { body } = await get('/en/map')
  assert.match(body, /Each circle is a country, or several neighbouring countries/)
  const names = [...body.matchAll(/<th scope="row"><a[^>]*>([^<]*)/g)].map(([, name]) => name)
  assert.deepEqual(names, ['Kenya', 'Andorra', 'Antigua and Barbuda', 'United Arab Emirates'])
  assert.match((await get('/en/map?zoom=009')).body, /Nothing is recorded for this region on this site: Oceania/)
  assert.doesNotMatch(body, /Nothing is recorded/)
})

test('no circle covers the number of a larger one, and numbers of a region are about as large as those of the world', async () => {
  const { practice, get } = await library()
  const counts = { LB: 5, SY: 5, JO: 5, EG: 5, RW: 3, KE: 6 }
  for (const [country, count] of Object.entries(counts))
    for (let i = 0; i < count; i++) await practice('Radio', { countries: [country] })
  for (const zoom of ['', '?zoom=002']) {
    const map = /<svg class="world[^]*?<\/svg>/.exec((await get(`/en/map${zoom}`)).body)![0]
    const [, , width, height] = /viewBox="([^"]*)"/.exec(map)![1]!.split(' ').map(Number)
    const size = Number(/<g font-size="([^"]*)"/.exec(map)![1])
    const scale = Math.min(800 / width!, 389 / height!)
    assert.ok(size * scale > 12.5, `${size * scale}`)
    const circles = [...map.matchAll(/cx="([^"]*)" cy="([^"]*)" r="([^"]*)"[^]*?>(\d+)<\/text>/g)].map((one) =>
      one.slice(1).map(Number),
    )
    assert.ok(circles.length > 1)
    for (const [at, [x, y, , count]] of circles.entries())
      for (const [ox, oy, radius] of circles.slice(at + 1))
        assert.ok(Math.hypot(ox! - x!, oy! - y!) >= radius! + String(count).length * 0.3 * size, `${count} ${zoom}`)
  }
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
  const map = (body: string) => /<svg class="world[^]*?<\/svg>/.exec(body)![0]
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
