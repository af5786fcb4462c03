import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { problemOf, testApp } from '../../../test/app.ts'
import { codeList } from '#records/vocabularies/index.ts'
import { withStatistics } from '../../../test/statistics.ts'
import { uis } from '#features/indicators/sources/uis.ts'
import type { Newest } from '#features/indicators/newest.ts'
import { contextOf, placeIn } from './countries.ts'
import { criteria, fitOf, isAsked, scorer, type Facts, type Place } from './measure.ts'

const base = { originalLanguage: 'en', type: 'practice' }
const radio = {
  ...base,
  title: { en: 'Lessons by radio' },
  levels: ['1'],
  connectivity: 'none',
  electricity: 'none',
  settings: ['rural'],
  countries: ['SL'],
  languages: ['en'],
  costPerLearner: { amount: 4, currency: 'USD' },
}
const campus = {
  ...base,
  title: { en: 'A laboratory in the cloud' },
  levels: ['6'],
  connectivity: 'reliable',
  electricity: 'reliable',
  settings: ['urban'],
  countries: ['DE'],
  languages: ['de'],
  costPerLearner: { amount: 900, currency: 'EUR' },
}
const silent = { ...base, title: { en: 'A practice that says nothing of its place' } }
const village = {
  level: ['2'],
  connectivity: 'none',
  setting: ['remote'],
  country: 'GN',
  budget: '3',
  language: ['en-GB'],
}

async function appWithThree() {
  const found = await testApp()
  for (const practice of [silent, campus, radio]) await found.as('curator')('practices.share', practice)
  return found
}
const titles = ({ results }: any): string[] => results.map(({ record }: any) => record.body.title.en)
const verdictsOf = (result: any) =>
  Object.fromEntries(result.reasons.map(({ criterion, verdict }: any) => [criterion, verdict]))

test('who wants only what worked sees nothing else, and what says nothing of its outcome is left out', async () => {
  const { as, get } = await testApp()
  const share = as('curator')
  await share('practices.share', silent)
  await share('practices.share', { ...radio, outcome: 'worked' })
  await share('practices.share', { ...campus, outcome: 'did-not-work' })
  const answer = await as()('practices.match', { ...village, outcome: ['worked'] })
  assert.deepEqual([titles(answer), answer.total], [[radio.title.en], 1])
  assert.equal((await as()('practices.match', { ...village, outcome: ['worked', 'did-not-work'] })).total, 2)
  const { body } = await get('/en/fit?level=1&connectivity=none&outcome=worked')
  assert.match(body, /value="worked" aria-describedby="h-outcome" checked/)
  assert.match(body, /Lessons by radio/)
  assert.doesNotMatch(body, /A laboratory in the cloud|A practice that says nothing/)
})

test('a village school sees first what fits, then what does not, and last what says nothing, each with its reasons', async () => {
  const { as } = await appWithThree()
  const answer = await as()('practices.match', village)
  assert.deepEqual(titles(answer), [radio.title.en, campus.title.en, silent.title.en])
  assert.deepEqual(verdictsOf(answer.results[0]), {
    level: 'near',
    connectivity: 'met',
    setting: 'near',
    language: 'met',
    budget: 'near',
    incomeGroup: 'met',
    country: 'near',
  })
  assert.ok(Object.values(verdictsOf(answer.results[2])).every((verdict) => verdict === 'unknown'))
  assert.equal(answer.results[2].score, 0)
  // What costs euros cannot be held against dollars: that is not known, and not unfit.
  assert.deepEqual(verdictsOf(answer.results[1]), {
    level: 'not',
    connectivity: 'not',
    setting: 'not',
    language: 'not',
    budget: 'unknown',
    incomeGroup: 'not',
    country: 'not',
  })
  assert.deepEqual(answer.said, {
    level: 2,
    connectivity: 2,
    setting: 2,
    language: 2,
    budget: 2,
    incomeGroup: 2,
    country: 2,
  })
})

test('what is shared, revised and withdrawn is in the next answer', async () => {
  const { as } = await appWithThree()
  const curator = as('curator')
  const first = await as()('practices.match', { connectivity: 'reliable', level: ['6'] })
  assert.equal(titles(first)[0], campus.title.en)
  const { id, revision } = first.results[0].record
  await curator('practices.revise', { id, revision, body: { ...campus, levels: ['0'], connectivity: 'none' } })
  const revised = await as()('practices.match', { connectivity: 'reliable', level: ['6'] })
  assert.deepEqual(verdictsOf(revised.results.find(({ record }: any) => record.id === id)), {
    level: 'not',
    connectivity: 'met',
  })
  await as('curator')('records.withdraw', { id, revision: revision + 1, reason: 'No longer true' })
  const second = await as()('practices.match', { connectivity: 'reliable', level: ['6'] })
  assert.equal(second.total, 2)
  assert.ok(!titles(second).includes(campus.title.en))
  await curator('practices.share', { ...campus, title: { en: 'Another laboratory' } })
  assert.equal(
    titles(await as()('practices.match', { connectivity: 'reliable', level: ['6'] }))[0],
    'Another laboratory',
  )
})

test('the results can be paged through, each practice once', async () => {
  const { as } = await appWithThree()
  const seen: string[] = []
  for (let from: number | null = 0; from !== null;) {
    const page: any = await as()('practices.match', { level: ['1'], from: String(from), limit: '2' })
    seen.push(...titles(page))
    from = page.next
  }
  assert.deepEqual(seen.sort(), [radio, campus, silent].map(({ title }) => title.en).sort())
})

test('a country fills in what is known of it, with value, year and source, and what the person said stands', async () => {
  const { get, app } = await appWithThree()
  await withStatistics(app, uis, {
    'ddf--datapoints--schbsp_1_welec--by--country--year.csv': 'country,year,schbsp_1_welec\nken,2016,82.6221694946289',
  })
  const filled = await get('/fit?country=KE&electricity=reliable&connectivity=&budget=&fill=true')
  assert.equal(filled.statusCode, 303)
  const address = new URL(String(filled.headers.location), 'http://x')
  assert.equal(address.searchParams.get('electricity'), 'reliable')
  assert.equal(address.searchParams.get('incomeGroup'), 'lower-middle')
  assert.deepEqual(address.searchParams.getAll('language'), ['sw', 'en'])
  assert.ok(!address.searchParams.has('fill') && !address.searchParams.has('budget'))
  const { body } = await get(`${address.pathname}${address.search}`)
  assert.match(body, /Statistics: Kenya/)
  assert.match(body, /Schools with electricity[\s\S]*83%[\s\S]*2016[\s\S]*UNESCO Institute for Statistics/)
  assert.match(body, /World Bank, July 2021, UNESCO Institute for Statistics<\/a>, CC BY-SA 3\.0 IGO/)
  const inArabic = (await get(`/ar${address.pathname}${address.search}`)).body
  assert.match(inArabic, /المدارس التي تتوفر فيها الكهرباء/, 'named as the indicator itself')
  assert.match(inArabic, /معهد اليونسكو للإحصاء/)
  assert.match(inArabic, /البنك الدولي، يوليو 2021، معهد اليونسكو للإحصاء/)
  assert.match(body, /<option value="reliable" selected>/)
})

test('the page says in words why a practice fits, where it does not, and what nobody said', async () => {
  const { get } = await appWithThree()
  const { body } = await get('/fit?level=2&connectivity=none&budget=3&currency=usd')
  const text = body.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
  assert.match(text, /Fits Connectivity: None/)
  assert.match(
    text,
    /Almost fits Level: there Primary education, with you Lower secondary education Budget: there US\$4, with you US\$3/,
  )
  assert.match(text, /Partial fit 1 of 3 known criteria met or likely to be/)
  assert.match(text, /Does not fit[^]*Not known Budget/)
  assert.match(text, /Does not fit Level: there Bachelor’s or equivalent/)
  assert.match((await get('/ar/fit?level=2')).body, /dir="rtl"[\s\S]*لا توجد معلومات/)
})

test('what nobody said stands last and apart, and no practice is given a number that nobody can read', async () => {
  const { get } = await appWithThree()
  const { body } = await get('/fit?level=1&connectivity=none')
  assert.doesNotMatch(body, /%/)
  const apart = body.slice(body.indexOf('No information'))
  assert.match(apart, new RegExp(silent.title.en))
  assert.doesNotMatch(apart, /class="fit"/)
  for (const { title } of [radio, campus]) assert.doesNotMatch(apart, new RegExp(title.en))
})

test('nothing told asks nothing; what is mistyped is told as such', async () => {
  const { get, as } = await appWithThree()
  assert.doesNotMatch((await get('/fit')).body, /class="fit"/)
  assert.match((await get('/fit?country=Kenya')).body, /Did you mean country=KE\?/)
  assert.match((await get('/fit?country=ZZ')).body, /<bdi>country=ZZ<\/bdi>/)
  assert.equal((await get('/fit?budget=much')).statusCode, 400)
  assert.equal((await get('/fit?level=1&from=-1')).statusCode, 400)
  assert.equal((await get('/fit?level=nonsense&setting=<b>')).statusCode, 200)
  assert.equal(await problemOf(as()('countries.context', { country: 'ZZ' })), 'notFound')
})

const of = (list: string) => fc.constantFrom(...Object.keys(codeList(list)!.terms))
const some = (list: string) => fc.uniqueArray(of(list), { maxLength: 3 })
const anyPlace: fc.Arbitrary<Place> = fc.record(
  {
    level: some('levels'),
    setting: some('settings'),
    connectivity: of('conditions'),
    electricity: of('electricity'),
    devices: of('device-access'),
    language: fc.uniqueArray(fc.constantFrom('en', 'fr', 'sw', 'zh-Hant'), { maxLength: 2 }),
    incomeGroup: of('income-groups'),
    country: of('countries'),
    budget: fc.record({ amount: fc.nat(1_000), currency: fc.constantFrom('USD', 'EUR') }),
  },
  { requiredKeys: [] },
)
const anyFacts: fc.Arbitrary<Facts> = fc.record({
  level: some('levels'),
  setting: some('settings'),
  connectivity: fc.uniqueArray(of('conditions'), { maxLength: 1 }),
  electricity: fc.uniqueArray(of('electricity'), { maxLength: 1 }),
  devices: fc.uniqueArray(of('device-access'), { maxLength: 1 }),
  language: fc.uniqueArray(fc.constantFrom('en', 'fr', 'sw', 'zh'), { maxLength: 2 }),
  country: some('countries'),
  cost: fc.option(fc.record({ amount: fc.nat(1_000), currency: fc.constantFrom('USD', 'EUR') }), { nil: undefined }),
})
const nothingSaid: Facts = {
  level: [],
  setting: [],
  connectivity: [],
  electricity: [],
  devices: [],
  language: [],
  country: [],
  cost: undefined,
}

test('a fit lies between -1 and 1, has a reason for each thing asked, and silence is 0', () => {
  fc.assert(
    fc.property(anyPlace, anyFacts, (place, facts) => {
      const { score, reasons, known } = fitOf(place, facts)
      assert.ok(score >= -1 && score <= 1)
      assert.deepEqual(
        reasons.map(({ criterion }) => criterion),
        criteria.filter((one) => isAsked(place, one)),
      )
      assert.equal(known, reasons.filter(({ verdict }) => verdict !== 'unknown').length)
      assert.equal(fitOf(place, nothingSaid).score, 0)
      const scoreOf = scorer(place)
      for (const one of [facts, nothingSaid, facts]) {
        const lean = scoreOf(one)
        const whole = fitOf(place, one)
        assert.equal(lean.tally.known, whole.known)
        assert.ok(Math.abs(lean.score - whole.score) < 1e-9)
        assert.deepEqual(
          lean.says,
          whole.reasons.filter(({ there }) => there.length > 0).map(({ criterion }) => criterion),
        )
      }
    }),
  )
})

test('a good fit is met or likely in most of what is known, and never by what the practice brings alone', () => {
  fc.assert(
    fc.property(anyPlace, anyFacts, fc.subarray(['connectivity', 'devices'] as const), (place, facts, brings) => {
      const { grade, reasons } = fitOf(place, { ...facts, brings })
      const weighed = reasons.filter(({ verdict }) => verdict !== 'unknown' && verdict !== 'brought')
      const weightOf = (some: typeof reasons) => some.reduce((sum, { weight }) => sum + weight, 0)
      const fits = weighed.filter(({ verdict }) => verdict === 'met' || verdict === 'likely')
      if (grade === 'well') assert.ok(fits.length * 2 > weighed.length && weightOf(weighed) * 2 >= weightOf(reasons))
      if (weighed.length === 0) assert.equal(grade, 'unknown')
    }),
  )
})

test('more supply and more money never fit worse', () => {
  const supplies = ['none', 'shared', 'reliable']
  fc.assert(
    fc.property(anyPlace, anyFacts, fc.nat(500), (place, facts, more) => {
      for (const name of ['connectivity', 'electricity'] as const) {
        const scores = supplies.map((value) => fitOf({ ...place, [name]: value }, facts).score)
        assert.ok(scores[0]! <= scores[1]! && scores[1]! <= scores[2]!)
      }
      const budget = { amount: 100, currency: 'USD' }
      const richer = { amount: 100 + more, currency: 'USD' }
      assert.ok(fitOf({ ...place, budget }, facts).score <= fitOf({ ...place, budget: richer }, facts).score)
    }),
  )
})

test('of a country whose schools of that level nobody counted, nothing stands in, and what is missing is told', () => {
  const online = { indicator: 'internet_users', dimensions: '', period: 2024, value: 90, status: 'unstated' } as const
  const sharesOf = (level: string | undefined, newest: Newest[]) => placeIn(contextOf('KE', level, newest)).shares
  assert.deepEqual(sharesOf(undefined, [online]), {}, 'people online are no schools')
  const schools = { ...online, indicator: 'schbsp_wintern', dimensions: 'level=3', value: 87 }
  const primary = contextOf('KE', '1', [online, schools])
  assert.deepEqual(placeIn(primary).shares, {})
  assert.deepEqual(
    primary.indicators.map(({ code, value }) => [code, value]),
    [['internet_users', 90]],
  )
  assert.deepEqual(primary.missing, ['electricity', 'internet', 'computers'])
  const source = 'UNESCO Institute for Statistics'
  assert.deepEqual(sharesOf('3', [schools]), { connectivity: { value: 87, year: 2024, level: '3', source } })
  assert.deepEqual(contextOf('KE', '6', [schools]).indicators, [], 'a university is no school')
  const youngest = sharesOf(undefined, [schools, { ...schools, dimensions: 'level=2', value: 12 }])
  assert.deepEqual(youngest, { connectivity: { value: 12, year: 2024, level: '2', source } })
})

test('where there is no figure for the level asked, the page says so', async () => {
  const { get, app } = await appWithThree()
  await withStatistics(app, uis, {
    'ddf--datapoints--schbsp_3_wintern--by--country--year.csv': 'country,year,schbsp_3_wintern\nciv,2020,87',
  })
  const text = async (address: string) => (await get(address)).body.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
  const primary = await text('/fit?country=CI&level=1&incomeGroup=low')
  assert.match(primary, /Schools with Internet for teaching Primary education No figure for this level/)
  assert.doesNotMatch(primary, /87%/)
  assert.match(await text('/fit?country=CI&level=3&incomeGroup=low'), /Upper secondary education 87%/)
})

/** Malawi, where few schools have computers or Internet, and a programme of tablets of its own, of which some are elsewhere. */
async function malawi() {
  const found = await testApp()
  const tablets = {
    ...base,
    levels: ['1'],
    technologies: ['devices', 'mobile-app'],
    devices: 'shared',
    connectivity: 'none',
    electricity: 'none',
  }
  const share = (title: string, more: object) =>
    found.as('curator')('practices.share', { ...tablets, title: { en: title }, ...more })
  const { id } = await share('Tablets of Malawi', {
    countries: ['MW'],
    outcome: 'did-not-work',
    startedOn: '2013',
    endedOn: '2017-05',
  })
  await share('Tablets of Zambia', { countries: ['ZM'], outcome: 'worked' })
  await share('A laboratory in Chile', { technologies: ['web'], countries: ['CL'], connectivity: 'reliable' })
  await share('Only a country', {
    countries: ['ZM'],
    levels: undefined,
    devices: undefined,
    connectivity: undefined,
    electricity: undefined,
  })
  await withStatistics(found.app, uis, {
    'ddf--datapoints--schbsp_1_wcomput--by--country--year.csv': 'country,year,schbsp_1_wcomput\nmwi,2023,1.78',
    'ddf--datapoints--schbsp_1_wintern--by--country--year.csv': 'country,year,schbsp_1_wintern\nmwi,2023,1.78',
  })
  const text = async (address: string) =>
    (await found.get(address)).body.replaceAll(/<svg[^]*?<\/svg>|<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
  return { ...found, id, text }
}

test('what was done in the country itself leads, with its years and outcome, and no average speaks against it', async () => {
  const { as, text, id } = await malawi()
  const answer = await as()('practices.match', { country: 'MW', level: ['1'] })
  assert.deepEqual(titles(answer), [
    'Tablets of Malawi',
    'Tablets of Zambia',
    'Only a country',
    'A laboratory in Chile',
  ])
  assert.equal(answer.results[0].isDoneHere, true)
  assert.ok(Object.values(verdictsOf(answer.results[0])).every((verdict) => verdict === 'met'))
  const page = await text('/fit?country=MW&level=1')
  assert.match(page, /Tablets of Malawi .*It was done here 2013–2017 · Outcome: Did not work Fits Level/)
  const here = await text(`/records/${id}?place=Malawi`)
  assert.match(here, /In Malawi It was done here 2013–2017 · Outcome: Did not work Fits/)
  assert.doesNotMatch(here, /Does not fit|with you None/)
})

test('a share of schools makes likely or unlikely, and what a practice brings need not be there', async () => {
  const { as, text } = await malawi()
  const { results, said } = await as()('practices.match', { country: 'MW', level: ['1'], language: ['ny'] })
  const of = (title: string) => results.find(({ record }: any) => record.body.title.en === title)
  assert.equal(verdictsOf(of('Tablets of Zambia')).devices, 'brought')
  const { connectivity, devices } = verdictsOf(of('A laboratory in Chile'))
  assert.deepEqual([connectivity, devices], ['unlikely', 'unlikely'])
  assert.deepEqual(of('Only a country').grade, 'tooLittle')
  assert.equal(said.language, 0)
  assert.ok(!('language' in verdictsOf(of('Tablets of Zambia'))), 'no practice says it, so no practice lacks it')
  const page = await text('/fit?country=MW&level=1')
  assert.match(
    page,
    /Unlikely to fit Connectivity: there Individual or reliable; 2% of schools in your country have Internet for teaching \(Primary education, 2023, UNESCO Institute for Statistics\)/,
  )
  assert.match(page, /Provided by the practice itself Devices: Shared/)
  assert.match(page, /Almost fits .*Country: Zambia, in the same region \(Eastern Africa\)/)
  assert.match(page, /Too little is known to say/)
})

test('of equals what worked comes first and what did not last; how each ended stands beside its fit', async () => {
  const { as, get } = await testApp()
  for (const outcome of ['worked', 'did-not-work', 'partly-worked', undefined, 'stopped'])
    await as('curator')('practices.share', { ...radio, title: { en: `It ${outcome}` }, ...(outcome && { outcome }) })
  const answer = await as()('practices.match', { level: ['1'] })
  assert.deepEqual(titles(answer), ['It worked', 'It partly-worked', 'It undefined', 'It stopped', 'It did-not-work'])
  const text = (await get('/fit?level=1')).body.replaceAll(/<svg[^]*?<\/svg>|<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
  assert.match(
    text,
    /Did not work It did-not-work .*Good fit 1 of 1 known criterion met or likely to be · Outcome: Did not work/,
    'its outcome stands above its title',
  )
})

test('what no practice says is told to change nothing, and a budget says of how many the cost is known', async () => {
  const { as, get } = await testApp()
  const { languages: _, ...unsaid } = radio
  await as('curator')('practices.share', unsaid)
  await as('curator')('practices.share', silent)
  const text = (await get('/fit?language=fr&budget=3')).body.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
  assert.match(
    text,
    /less reliable: Budget: 1 of 2 No practice has information on the following, so it has no effect on the results: Language The cost/,
  )
  assert.match(text, /The cost per learner is known for 1 of 2 practices\./)
})
