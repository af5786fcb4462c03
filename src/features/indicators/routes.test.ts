/** The pages of indicators, as a reader asks for them without scripts. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readXlsx } from '#codecs/xlsx/read-xlsx.ts'
import { testApp } from '../../../test/app.ts'
import { withStatistics } from '../../../test/statistics.ts'
import { uis } from './sources/uis.ts'
import { unstats } from './sources/unstats.ts'

const points = (code: string) => `ddf--datapoints--${code}--by--country--year.csv`
const schools = {
  [points('schbsp_1_welec')]:
    'country,year,schbsp_1_welec\nken,2010,40\nken,2020,90.24\nuga,2015,2.44\nfra,2020,100\ndeu,2020,100',
  [points('schbsp_2_welec')]: 'country,year,schbsp_2_welec\nken,2020,95',
}
const totals = {
  'ddf--concepts--continuous.csv':
    'concept,concept_type,description,goal,indicator,name,target\nse_acc_elec,measure,"Schools, electricity (%)",4,4.a.1,SE_ACC_ELEC,4.a',
  'ddf--datapoints--se_acc_elec--by--education_level--geo_area--nature--units--year.csv': [
    'education_level,geo_area,nature,units,year,se_acc_elec',
    'primar,1,e,percent,2018,69',
    'primar,202,e,percent,2018,33.8',
    'primar,404,c,percent,2016,82.6',
  ].join('\n'),
}

async function nodeWithSchools() {
  const node = await testApp()
  await withStatistics(node.app, unstats, totals)
  await withStatistics(node.app, uis, schools)
  return node
}
const text = (html: string) => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')

test('indicators are listed by theme, and found by words of any language or by their code', async () => {
  const { get } = await nodeWithSchools()
  const { body } = await get('/en/indicators')
  assert.match(text(body), /2 indicators.*Electricity, computers and Internet.*Schools with electricity/)
  assert.match(text((await get('/en/indicators?q=ecoles+disposant')).body), /2 indicators/)
  assert.match(text((await get('/en/indicators?q=SCHBSP')).body), /1 indicator .*Schools with electricity/)
  assert.match(text((await get('/en/indicators?q=%3Cb%3E')).body), /No indicator/)
})

test('a search that names a country tells its newest figure of an indicator that it finds', async () => {
  const { app, get } = await nodeWithSchools()
  app.running.changed()
  const { body } = await get('/en/search?q=schools+with+electricity+in+Kenya')
  assert.match(text(body), /Newest figures Schools with electricity Primary education Kenya : 90% \(2020\)/)
  assert.match(body, /href="\/en\/indicators\/schbsp_welec\?area=KE"/)
  const two = text((await get('/fr/search?q=%C3%A9coles+%C3%A9lectricit%C3%A9+Kenya+Ouganda')).body)
  assert.match(two, /Chiffres les plus récents .* Kenya .* 90.% \(2020\) · Ouganda .* 2,4.% \(2015\)/)
  for (const q of ['schools+with+electricity', 'schools+with+electricity+in+Peru'])
    assert.doesNotMatch(text((await get(`/en/search?q=${q}`)).body), /Newest figures/, q)
})

test('a chart says what is seen, of whom and when, with regions beside countries, source and table', async () => {
  const { get } = await nodeWithSchools()
  const { body } = await get('/en/indicators/schbsp_welec?area=KE&area=UG&area=TZ')
  const said = text(body)
  assert.match(said, /Schools with electricity · Primary education: Kenya and Uganda, 2010 to 2020/)
  assert.match(said, /No values for United Republic of Tanzania/)
  assert.match(said, /Source: UNESCO Institute for Statistics, release of 8 October 2024, CC BY-SA 3.0 IGO\./)
  assert.match(said, /Totals of regions and the world \(dotted\): United Nations Statistics Division/)
  assert.match(said, /Year Kenya Uganda Sub-Saharan Africa World 2020 90% – – –/)
  assert.match(said, /2018 – – 34% Estimated 69% Estimated/)
  assert.match(said, /Kenya 40% 2010 90% 2020 \+50\.2 percentage points/, 'rounded once, at the end')
  assert.match(said, /2\.4%/, 'small shares keep a digit')
  // The number alone runs from left to right, not the words after it.
  const inArabic = text((await get('/ar/indicators/schbsp_welec?area=KE&area=UG')).body)
  assert.match(inArabic, /\u2066\+50\.2\u2069 نقطة مئوية/)
  assert.match(inArabic, /المصدر: معهد اليونسكو للإحصاء، إصدار/)
  const [, path = ''] = /<path class="l0" d="([^"]*)"/.exec(body) ?? []
  assert.match(path, /^M\d[\d.]* [\d.]+L[\d.]+ [\d.]+$/)
})

test('where many areas are only counted, those of the totals around them count, as whoever counts the lines does', async () => {
  const node = await testApp()
  await withStatistics(node.app, unstats, totals)
  const values = ['ken', 'uga', 'tza', 'mli', 'ner'].map((country) => `${country},2020,40`)
  const file = ['country,year,schbsp_1_welec', ...values].join('\n')
  await withStatistics(node.app, uis, { [points('schbsp_1_welec')]: file })
  const { body } = await node.get('/en/indicators/schbsp_welec?area=KE&area=UG&area=TZ&area=ML&area=NE')
  assert.match(text(body), /Primary education: 7 areas, 2018 to 2020/)
})

test('in Arabic time runs from right to left', async () => {
  const { get } = await nodeWithSchools()
  const first = async (language: string) => {
    const { body } = await get(`/${language}/indicators/schbsp_welec?area=KE`)
    const [, from, to] = /<path class="l0" d="M([\d.]+) [\d.]+L([\d.]+) /.exec(body) ?? []
    return Number(to) - Number(from)
  }
  assert.ok((await first('en')) > 0 && (await first('ar')) < 0)
})

test('another level, years and areas are an address; what is none in it is passed over', async () => {
  const { get } = await nodeWithSchools()
  const second = await get('/en/indicators/schbsp_welec?area=KE&level=2')
  assert.match(text(second.body), /Lower secondary education: Kenya, 2020/)
  assert.match(text((await get('/en/indicators/schbsp_welec?area=KE&from=2015')).body), /Kenya, 2018 to 2020/)
  const odd = await get(
    '/en/indicators/schbsp_welec?area=Kenya&area=%3Cb%3E&level=99&from=x&view=magic&by=__proto__&asOf=now',
  )
  assert.equal(odd.statusCode, 200)
  assert.match(
    text((await get('/en/indicators/schbsp_welec?area=KE&asOf=2020')).body),
    /There are no values for this choice/,
  )
  for (const path of ['/indicators/nothing', '/indicators/a%2Fb', '/indicators/nothing/embed', '/indicators/x.csv'])
    assert.equal((await get(path)).statusCode, 404, path)
})

/** The codes of the countries of each class of a map. */
const classesOn = (page: string) =>
  [...page.matchAll(/<g class="(q\d)">([^]*?)<\/g/g)].map(
    ([, name, uses]) => `${name} ${[...uses!.matchAll(/countries-\w+\.svg#(\w+)"/g)].map(([, code]) => code)}`,
  )

test('the map has a class for no data, and equal values stand in one class', async () => {
  const { get } = await nodeWithSchools()
  const { body } = await get('/en/indicators/schbsp_welec?view=map')
  assert.match(
    text(body),
    /2\.4%: 1 country 90%: 1 country 100%: 2 countries No data: 24[0-9] countries and areas.*Table:.*Germany 100% 2020 France 100% 2020 Kenya 90% 2020 Uganda 2\.4% 2015/,
  )
  assert.deepEqual(classesOn(body), ['q0 all', 'q4 DE,FR', 'q3 KE', 'q1 UG'])
})

test('the map is drawn by thresholds of one’s own; what are none are told, and stay in the form', async () => {
  const { get } = await nodeWithSchools()
  const { body } = await get('/en/indicators/schbsp_welec?view=map&thresholds=95+50')
  assert.match(text(body), /Below 50%: 1 country 50% to below 95%: 1 country 95% or more: 2 countries No data/)
  assert.deepEqual(classesOn(body), ['q0 all', 'q5 DE,FR', 'q3 KE', 'q1 UG'])
  const wrong = await get('/en/indicators/schbsp_welec?view=map&thresholds=many')
  assert.match(text(wrong.body), /Give up to 4 numbers with spaces between them\./)
  assert.match(wrong.body, /name="thresholds" value="many"[^>]*aria-invalid="true"/)
})

test('a map of changes has a scale of its own: falls and rises apart, in words, by steps or thresholds', async () => {
  const { get } = await nodeWithSchools()
  const { body } = await get('/en/indicators/schbsp_welec?view=map&since=2005')
  assert.match(body, /<svg class="world values changes"/)
  assert.match(
    text(body),
    /Fell by more than 50: 0 countries Fell by 25 to 50: 0 countries Fell by 5 to 25: 0 countries Hardly changed, by 5 at most: 0 countries Rose by 5 to below 25: 0 countries Rose by 25 to below 50: 0 countries Rose by 50 or more: 1 country No data/,
  )
  assert.deepEqual(classesOn(body), ['q0 all', 'q9 KE'])
  assert.doesNotMatch(text(body), /a fifth of the countries/)
  const asked = await get('/en/indicators/schbsp_welec?view=map&since=2005&thresholds=-5+0+60')
  assert.match(
    text(asked.body),
    /Fell by more than 5: 0 countries Fell by 5 or less: 0 countries Rose by less than 60, or did not change: 1 country Rose by 60 or more: 0 countries/,
  )
  assert.deepEqual(classesOn(asked.body), ['q0 all', 'q6 KE'])
  const picture = await get('/en/indicators/schbsp_welec.svg?view=map&since=2005')
  assert.match(picture.body, /fill="#083a73"[^]*Rose by 50 or more: 1 country/)
})

test('a ranking and a map show the change since a year, of those alone that have an earlier value', async () => {
  const { get } = await nodeWithSchools()
  const { body } = await get('/en/indicators/schbsp_welec?view=ranking&since=2005')
  assert.match(text(body), /Primary education: change since 2005, up to 2020 Kenya \+50\.2 2010–2020/)
  assert.match(text(body), /In percentage points\./)
  assert.doesNotMatch(body, /countries\/UG"/)
  const arabic = await get('/ar/indicators/schbsp_welec?view=map&since=2005')
  assert.match(text(arabic.body), /ارتفاع بمقدار \u206650\u2069 أو أكثر: بلد واحد/)
  const csv = (await get('/en/indicators/schbsp_welec.csv?view=map&since=2005')).body
  assert.match(csv, /published,firstYear,firstValue,change\r\n/)
  assert.match(csv, /,KE,Kenya,2020,level=1,90\.24,unstated,2024-10-08,2010,40,50\.24\r\n/)
  assert.match(csv, /,UG,Uganda,2015,level=1,2\.44,unstated,2024-10-08,,,\r\n/)
})

test('a file names the indicator that a published total is of', async () => {
  const { get } = await nodeWithSchools()
  const { body } = await get('/en/indicators/schbsp_welec.csv?area=KE')
  assert.match(body, /\r\nse_acc_elec,202,Sub-Saharan Africa,2018,level=1,33\.8,estimated,2020-10-19\r\n/)
})

test('the ranking goes from the highest to the lowest country, and totals stand apart', async () => {
  const { get } = await nodeWithSchools()
  const { body } = await get('/en/indicators/se_acc_elec?view=ranking')
  assert.match(text(body), /Kenya 83% 2016.*Regions and groups of countries World 69% 2018 Sub-Saharan Africa 34% 2018/)
  assert.match(text((await get('/en/indicators/schbsp_welec?view=ranking&year=2015')).body), /2015 Uganda 2\.4%/)
})

test('a breakdown shows its values on one scale', async () => {
  const { get } = await nodeWithSchools()
  const { body } = await get('/en/indicators/schbsp_welec?view=breakdown&by=level&area=KE')
  assert.match(text(body), /\(Education level\).*Kenya.*Primary education.*Lower secondary education/)
})

test('what is shown can be taken along: CSV, a workbook with notes, a picture, a frame', async () => {
  const { get } = await nodeWithSchools()
  const path = '/indicators/schbsp_welec'
  const csv = (await get(`/en${path}.csv?area=KE`)).body
  assert.match(
    csv,
    /^\uFEFFindicator,area,name,year,breakdown,value,status,published\r\nschbsp_welec,KE,Kenya,2010,level=1,40,unstated,2024-10-08/,
  )
  const workbook = await get(`/en${path}.xlsx?area=KE`)
  const [head, first] = await readXlsx(workbook.rawPayload)
  assert.deepEqual([head![5], first![5]], ['Value', '40'])
  const [names, french] = await readXlsx((await get(`/fr${path}.xlsx?area=KE`)).rawPayload)
  assert.deepEqual(names!.slice(2, 6), ['Pays ou région', 'Année', 'Ventilation', 'Valeur'], 'for people')
  assert.equal(french![4], 'Enseignement primaire')
  assert.match((await get(`/fr${path}.csv?area=KE`)).body, /^\uFEFFindicator,area,name,year,/, 'for programs')
  const picture = await get(`/en${path}.svg?area=KE&area=UG`)
  assert.match(String(picture.headers['content-type']), /^image\/svg\+xml/)
  assert.match(picture.body, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"[^]*Kenya and Uganda[^]*stroke="#0b5563"/)
  assert.doesNotMatch(picture.body, /undefined|NaN|<p>|class="small"/)
  for (const view of ['map', 'ranking', 'breakdown&by=level&area=KE', 'table']) {
    const { body } = await get(`/ar${path}.svg?view=${view}`)
    assert.match(body, /^<svg [^]*\u2067[^]*<\/svg>$/, view)
    assert.doesNotMatch(body, /undefined|NaN|Infinity|<use/, view)
    assert.match(body, new RegExp(`/ar${path}\\?view=`), 'it names the address at which it is seen again')
  }
  for (const language of ['en', 'ar', 'zh']) {
    const png = await get(`/${language}${path}.png?area=KE&area=UG`)
    // Where the machine has no font of a language, its readers are told, and led to the SVG.
    if (png.statusCode === 200) {
      assert.equal(png.headers['content-type'], 'image/png')
      assert.equal(png.rawPayload.readUInt32BE(16), 1720)
    } else {
      assert.equal(png.statusCode, 503)
      assert.match(png.body, new RegExp(`href="/${language}${path}\\.svg\\?area=KE&amp;area=UG"`))
    }
  }
  const frame = await get(`/en${path}/embed?area=KE`)
  assert.match(String(frame.headers['content-security-policy']), /frame-ancestors \*/)
  assert.match(text(frame.body), /Kenya, 2010 to 2020.*Source: UNESCO/)
  for (const view of ['', '&view=map']) {
    const piece = await get(`/en${path}/html?area=KE${view}`)
    const source = /<img src="http:\/\/[^/]+([^"]+)" alt="[^"]{10,}"/.exec(piece.body)?.[1] ?? assert.fail(piece.body)
    const drawn = await get(source.replaceAll('&amp;', '&'))
    assert.match(String(drawn.headers['content-type']), /svg/)
    assert.equal(drawn.headers['cross-origin-resource-policy'], 'cross-origin')
    assert.match(piece.body, /<figcaption>[^]*Source: UNESCO[^]*<a href="http/)
    assert.doesNotMatch(piece.body, /<script|<link|class=/)
  }
  const page = text((await get(`/en${path}?area=KE`)).body)
  assert.match(page, /UNESCO Institute for Statistics \(2024\)\. Schools with electricity \[\u2066schbsp_welec\u2069\]/)
})

test('frames at the former address are led to the one that stands with the indicator', async () => {
  const { get } = await nodeWithSchools()
  const { statusCode, headers } = await get('/fr/embed/indicators/schbsp_welec?area=KE')
  assert.deepEqual([statusCode, headers.location], [301, '/fr/indicators/schbsp_welec/embed?area=KE'])
})

test('an indicator without values says so in all ways of looking', async () => {
  const { get, app } = await testApp()
  await withStatistics(app, uis, { [points('xgdp_fsgov')]: 'country,year,xgdp_fsgov' })
  for (const view of ['chart', 'map', 'ranking', 'breakdown', 'table']) {
    const { statusCode, body } = await get(`/en/indicators/xgdp_fsgov?view=${view}`)
    assert.equal(statusCode, 200, view)
    assert.match(text(body), /There are no values|not broken down/, view)
    assert.doesNotMatch(body, /Infinity|NaN/, view)
  }
  assert.equal((await get('/en/indicators/xgdp_fsgov.svg')).statusCode, 200)
})
