import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { openFolder } from '#kernel/folder.ts'
import { hasMessage } from '#kernel/i18n/messages.ts'
import { languages } from '#kernel/i18n/languages.ts'
import { readSource } from '../../../test/collection.ts'
import { problemOf, testApp } from '../../../test/app.ts'
import { approach } from './approach.ts'
import { approaches } from './sources/approaches.ts'
import type { ApproachLine } from './summary.ts'
import type { Summary } from './shapes.ts'
import { median } from './sum-up.ts'
import approachesOfCases from '#features/clearing-house/sources/approaches-of-cases.json' with { type: 'json' }
import approachesOfPractices from './practices.json' with { type: 'json' }
import approachesOfStudies from './studies.json' with { type: 'json' }
import approachesOfInterventions from '#features/evidence/sources/approaches-of-interventions.json' with { type: 'json' }

const own = { originalLanguage: 'en' }
const folder = fileURLToPath(new URL('.', import.meta.url))

type Act = <Result = any>(name: string, input?: object) => Promise<Result>

async function appWithRadio() {
  const { as, get } = await testApp()
  const curator: Act = as('curator')
  const { id: radio } = await curator('approaches.share', { ...own, title: { en: 'Lessons by radio' } })
  const practice = async (title: string, more: object = {}) =>
    (await curator('practices.share', { ...own, title: { en: title }, type: 'practice', approaches: [radio], ...more }))
      .id as string
  const study = async (title: string, more: object = {}) =>
    (await curator('studies.share', { ...own, title: { en: title }, approaches: [radio], ...more })).id as string
  const finding = async (of: string, more: object = {}) =>
    (
      await curator('evidence.share', {
        ...own,
        title: { en: 'A finding' },
        study: of,
        outcomeDomain: 'Reading',
        ...more,
      })
    ).id as string
  const summary = (id = radio) => as()<Summary>('approaches.summary', { id })
  return { as, get, curator, radio, practice, study, finding, summary }
}

test('who asks about something is not shown an approach of which nothing is known about it', async () => {
  const { as, curator } = await testApp().then(({ as }) => ({ as, curator: as('curator') as Act }))
  await curator('approaches.share', {
    ...own,
    title: { en: 'Lessons by radio' },
    goesWrong: { en: 'Batteries run out.' },
    notKnown: { en: 'Nothing is known of kindergartens.' },
  })
  const totalOf = async (q: string) => (await as()<{ total: number }>('search', { q, languages: ['en'] })).total
  assert.equal(await totalOf('batteries'), 1)
  assert.equal(await totalOf('kindergartens'), 0)
})

test('the approaches that come with the project are in six languages, and tables name no other', async () => {
  const { records, refused } = await readSource(approaches, [approach], await openFolder(folder))
  assert.deepEqual(refused, [])
  assert.ok(records.length >= 25)
  for (const { body, identifier } of records) {
    const { title, summary } = body as Record<'title' | 'summary', Record<string, string>>
    for (const language of languages) assert.ok(title[language] && summary[language], `${identifier} ${language}`)
  }
  const keys = new Set(
    (JSON.parse(readFileSync(`${folder}approaches.json`, 'utf8')) as { key: string }[]).map((one) => one.key),
  )
  const named = [approachesOfPractices, approachesOfStudies, approachesOfInterventions, approachesOfCases].flatMap(
    (table) => Object.values(table).flat(),
  )
  assert.ok(named.length > 100)
  assert.deepEqual(
    named.filter((key) => !keys.has(key)),
    [],
  )
})

test('how practices ended is counted, one that does not say is counted as that, and three are enough to say it', async () => {
  const { practice, summary } = await appWithRadio()
  await practice('Radio in the hills', { outcome: 'worked', countries: ['NP'], startedOn: '1999' })
  await practice('Radio on the coast', { outcome: 'stopped', countries: ['PE', 'EC'], startedOn: '2004' })
  const two = await summary()
  assert.equal(two.practices.enough, false)
  assert.ok(two.unknown.includes('fewPractices'))

  await practice('Radio in the city')
  const { practices, rules, unknown } = await summary()
  assert.equal(rules, '2')
  assert.equal(practices.enough, true)
  assert.deepEqual(
    practices.outcomes.map(({ value, count }) => `${value} ${count}`),
    ['stopped 1', 'unsaid 1', 'worked 1'],
  )
  assert.equal(practices.countries.length, 3)
  assert.equal(practices.all[0]!.title.en, 'Radio on the coast')
  assert.ok(unknown.includes('outcomesOpen') && unknown.includes('noStudy') && unknown.includes('noCost'))
})

test('a study counts once, by the median of its findings; across studies there is a median only from three on', async () => {
  const { study, finding, summary } = await appWithRadio()
  const large = await study('A large trial', { design: 'rct', year: 2020 })
  for (const effectSize of [0.1, 0.2, 0.9]) await finding(large, { effectSize, direction: 'positive' })
  await finding(large, { effectSize: 3, subgroup: true })
  await finding(large, { effectSize: 5, outcomeDomain: 'Attendance' })
  const small = await study('A small trial', { year: 2021 })
  await finding(small, { effectSize: -0.3, direction: 'negative', interval: { low: -0.5, high: -0.1 } })
  const before = await summary()
  assert.deepEqual([before.effects.enough, before.effects.median, before.effects.withEffect], [false, undefined, 2])
  assert.ok(before.unknown.includes('fewEffects'))

  await finding(await study('A third'), { effectSize: 0.4, direction: 'positive' })
  await finding(await study('One that gives no figure'), { direction: 'no-clear' })
  const { effects, unknown } = await summary()
  assert.deepEqual([effects.enough, effects.median, effects.lowest, effects.highest], [true, 0.2, -0.3, 0.4])
  const line = (title: string) => effects.studies.find((one) => one.title.en === title)!
  assert.deepEqual(
    [line('A large trial').effects, line('A large trial').findings, line('A large trial').effect],
    [3, 5, 0.2],
  )
  assert.deepEqual(line('A small trial').interval, { low: -0.5, high: -0.1 })
  assert.equal(line('A large trial').interval, undefined, 'several findings have no one interval')
  assert.deepEqual(effects.withoutEffect, [{ value: 'no-clear', count: 1 }])
  assert.ok(unknown.includes('nullsUncounted'), 'a study that found nothing and gives no figure is told')
})

test('all studies are shown, and where most are from one country that is said', async () => {
  const { get, radio, study, finding } = await appWithRadio()
  for (let i = 0; i < 24; i++)
    await finding(await study(`Study ${i}`, { countries: [i < 20 ? 'US' : 'NE'] }), { effectSize: 0.1 })
  const { body } = await get(`/en/records/${radio}`)
  for (let i = 0; i < 24; i++) assert.match(body, new RegExp(`>Study ${i}<`))
  assert.match(body, /<summary>Show 4 more studies/)
  assert.match(body, /United States[^<]*: 20 of 24 studies/)
  assert.doesNotMatch(body, /A bar shows the 95% interval/, 'none has an interval')
  assert.match(body, /24 of 24 studies: no interval is stated/)
  await finding(await study('One more'), { effectSize: 0.2, interval: { low: 0.1, high: 0.3 } })
  const after = (await get(`/en/records/${radio}`)).body
  assert.match(after, /A bar shows the 95% interval/)
  assert.match(after, /24 of 25 studies: no interval is stated/)
})

test('studies are drawn on one axis with its numbers, larger samples as larger points, and the median below them', async () => {
  const { get, radio, study, finding } = await appWithRadio()
  const trial = async (title: string, sampleSize: number | undefined, effectSize: number, more = {}) =>
    finding(await study(title, { design: 'rct', ...(sampleSize && { sampleSize }) }), { effectSize, ...more })
  await trial('Small', 100, 0.1)
  await trial('Large', 8_100, -0.2)
  const chart = async () =>
    /<figure class="chart rows effects[^]*?<\/figure>/.exec((await get(`/en/records/${radio}`)).body)![0]
  const two = await chart()
  assert.match(wordsOf(two), /Too few studies give an effect for a median: at least 3 are needed/)
  assert.doesNotMatch(two, /class="across"/)
  await trial('Unsaid', undefined, 0.4, { interval: { low: 0.1, high: 0.7 } })
  const three = await chart()
  const [small, large, unsaid] = ['Small', 'Large', 'Unsaid'].map((title) => {
    const row = three.split(/<li[ >]/).find((one) => one.includes(`>${title}<`))!
    return /<circle class="([^"]*)" cx="[^"]*" cy="50%" r="([^"]*)"/.exec(row)!.slice(1)
  })
  assert.ok(Number(large![1]) > Number(small![1]))
  assert.deepEqual([small![0], large![0], unsaid![0]], ['more', 'less', 'more open'])
  assert.match(wordsOf(three), /Median of 3 studies \S?\+0\.10/)
  assert.ok(three.match(/<text[^>]*>0\.2<\/text>/) && three.match(/<text[^>]*>0<\/text>/), 'the axis has numbers')
  await finding(await study('Without a figure'), { direction: 'no-clear' })
  assert.match(wordsOf((await get(`/en/records/${radio}`)).body), /1 study gives no effect size Without a figure/)
})

test('a level says that nobody appraised the study and that those who run it made it, with what the levels mean', async () => {
  const { get, radio, practice, study, finding, curator } = await appWithRadio()
  const design = [{ scheme: 'design', rating: 'Randomised trial', version: '1' }]
  const own = await study('By its makers', { design: 'rct', ratings: design, evidenceLevel: 'E4' })
  const found = await finding(own, { ratings: design, direction: 'positive', independent: 'no' })
  const tried = await practice('Radio in two schools', { outcome: 'worked', evidence: [found] })
  const graded = [{ scheme: 'wwc', rating: 'Meets WWC standards without reservations' }]
  for (const id of [radio, tried]) {
    const words = wordsOf((await get(`/en/records/${id}`)).body)
    assert.match(words, /Design alone, not appraised · Study by those who run it/, id)
    assert.match(words, /What E0 to E6 mean/)
  }
  const other = await curator('approaches.share', { originalLanguage: 'en', title: { en: 'Graded' } })
  const appraised = await study('Appraised', { design: 'rct', ratings: graded, approaches: [other.id] })
  await finding(appraised, { ratings: graded })
  assert.doesNotMatch(wordsOf((await get(`/en/records/${other.id}`)).body), /not appraised ·|Study by those/)
})

test('the rules are a page in the language of the reader, to which each approach leads', async () => {
  const { get, radio } = await appWithRadio()
  assert.match((await get(`/fr/records/${radio}`)).body, /href="\/fr\/approaches\/rules"/)
  const { body } = await get('/fr/approaches/rules')
  assert.match(body, /<h1>Comment les chiffres des approches sont calculés<\/h1>/)
  assert.match(body, /En dessous de 3 pratiques, de 3 études/)
  assert.match((await get('/ar/approaches/rules')).body, /dir="rtl"/)
})

test('filters offer what leads to something; what is no value of one is said', async () => {
  const { get, practice } = await appWithRadio()
  await practice('In the hills', { countries: ['NP'], levels: ['1'] })
  const { body } = await get('/en/approaches?level=999')
  assert.match(body, /was ignored:[^]{0,80}level=999/)
  const regions = /<select id="c-region"[^]*?<\/select>/.exec(body)![0]
  assert.match(regions, />Southern Asia</)
  assert.doesNotMatch(regions, /Polynesia|>World</)
  assert.doesNotMatch((await get('/en/approaches?level=1&region=')).body, /was ignored:/)
})

test('on a phone each approach is a line that opens', async () => {
  const { get, practice } = await appWithRadio()
  await practice('One', { outcome: 'worked' })
  const list = /<div class="approaches narrow">[^]*?\n<\/div>/.exec((await get('/en/approaches')).body)![0]
  assert.match(wordsOf(list), /Sort by: Approach · Practices and their results .* Lessons by radio 1 practice/)
  assert.match(list, /<dt>Cost per learner per year<\/dt>/)
})

test('related approaches stand once, whichever of both names the other', async () => {
  const { get, radio, curator } = await appWithRadio()
  const near = { originalLanguage: 'en', title: { en: 'Television' }, near: [radio] }
  const { id: television } = await curator('approaches.share', near)
  for (const [id, other] of [
    [radio, 'Television'],
    [television, 'Lessons by radio'],
  ] as const) {
    const { body } = await get(`/en/records/${id}`)
    assert.equal(body.match(/Related approaches/g)!.length, 1)
    assert.match(body, new RegExp(`class="pill"[^>]*>${other}<`))
  }
})

test('grades stand beside the level with their scheme, and the strongest study comes first', async () => {
  const { study, summary } = await appWithRadio()
  await study('Told by its makers', { evidenceLevel: 'E0' })
  await study('Graded', {
    evidenceLevel: 'E5',
    ratings: [{ scheme: 'wwc', rating: 'Meets WWC standards without reservations' }],
  })
  const { effects } = await summary()
  assert.equal(effects.studies[0]!.title.en, 'Graded')
  assert.deepEqual(effects.studies[0]!.ratings, [{ scheme: 'wwc', rating: 'Meets WWC standards without reservations' }])
  assert.deepEqual(effects.levels, [
    { value: 'E5', count: 1 },
    { value: 'E0', count: 1 },
  ])
})

test('costs stay in their currency and year, and are not put together', async () => {
  const { practice, summary } = await appWithRadio()
  await practice('One', { costPerLearner: { amount: 5, currency: 'USD' }, costYear: 2010 })
  await practice('Two', { costPerLearner: { amount: 9, currency: 'USD' }, costYear: 2020 })
  await practice('Three', { costPerLearner: { amount: 700, currency: 'KES' } })
  const { costs } = await summary()
  assert.equal(costs.enough, true)
  assert.deepEqual(costs.ranges, [
    { currency: 'USD', lowest: 5, highest: 9, count: 2, fromYear: 2010, toYear: 2020 },
    { currency: 'KES', lowest: 700, highest: 700, count: 1 },
  ])
})

test('conditions, problems and lessons of its practices are gathered, the lesson learned most often first', async () => {
  const { practice, curator, radio, summary } = await appWithRadio()
  const condition = { condition: 'finance', effect: 'hindering' }
  const first = await practice('One', {
    conditions: [condition, condition],
    problemsMet: [{ trouble: { en: 'No airtime' } }],
  })
  const second = await practice('Two', { conditions: [condition, { condition: 'skills', effect: 'enabling' }] })
  const lesson = (title: string, practices: string[]) =>
    curator('lessons.share', {
      ...own,
      title: { en: title },
      polarity: 'do',
      event: { en: 'It stopped.' },
      recommendation: { en: 'Pay.' },
      causes: ['finance'],
      approaches: [radio],
      practices,
    })
  await lesson('Ask who pays', [first])
  await lesson('Put airtime into the budget', [first, second])
  const { conditions, problems, lessons, causes } = await summary()
  assert.deepEqual(conditions[0], { condition: 'finance', enabling: 0, hindering: 2 })
  assert.deepEqual(problems, [{ practice: first, trouble: { en: 'No airtime' } }])
  assert.deepEqual(
    lessons.first.map(({ title, practices }) => [title.en, practices]),
    [
      ['Put airtime into the budget', 2],
      ['Ask who pays', 1],
    ],
  )
  assert.deepEqual(causes, [{ value: 'finance', count: 2 }])
})

test('findings come by the intervention, or by a practice that cites them, where the study names no approach itself', async () => {
  const { as, curator, radio, practice, study, finding, summary } = await appWithRadio()
  const { id: programme } = await curator('interventions.share', {
    ...own,
    title: { en: 'Airwaves' },
    approaches: [radio],
  })
  const { id: other } = await curator('approaches.share', { ...own, title: { en: 'Lessons by post' } })
  await finding(await study('Of the programme', { approaches: undefined }), { intervention: programme })
  const cited = await finding(await study('Cited', { approaches: undefined }))
  const elsewhere = await finding(await study('About letters', { approaches: [other] }))
  await practice('Cites both', { evidence: [cited, elsewhere] })
  const titles = (await summary()).effects.studies.map(({ title }) => title.en).sort()
  assert.deepEqual(titles, ['Cited', 'Of the programme'])
  assert.deepEqual((await as()<Summary>('approaches.summary', { id: other })).effects.studies.length, 1)
})

test('all approaches stand beside one another; a level, a country, a region or a setting narrows what is counted', async () => {
  const { as, get, practice, study, finding, radio } = await appWithRadio()
  await practice('In Kenya', { countries: ['KE'], levels: ['1'], settings: ['rural'], outcome: 'worked' })
  await practice('In Peru', { countries: ['PE'], levels: ['2'], settings: ['urban'], outcome: 'stopped' })
  await finding(await study('In Peru too', { countries: ['PE'], evidenceLevel: 'E4' }), { effectSize: 0.2 })
  const line = async (filters: object) => {
    const answer = await as()<{ approaches: ApproachLine[] }>('approaches.compare', filters)
    return answer.approaches.find(({ id }) => id === radio)!
  }
  const all = await line({})
  assert.deepEqual([all.practices, all.countries, all.studies, all.strongest], [2, 2, 1, 'E4'])
  assert.equal(all.median, undefined)
  assert.deepEqual((await line({ country: ['KE'] })).outcomes, [{ value: 'worked', count: 1 }])
  assert.equal((await line({ country: ['KE'] })).studies, 0)
  assert.equal((await line({ region: ['019'] })).practices, 1)
  assert.equal((await line({ level: ['2'] })).practices, 1)
  assert.equal((await line({ setting: ['camp'] })).practices, 0)
  assert.equal((await get('/api/approach-comparison?country=KE')).json().approaches.length, 1)
})

test('only an approach can be summed up, and one that was withdrawn says so', async () => {
  const { as, curator, radio, practice, summary } = await appWithRadio()
  assert.equal(await problemOf(summary(await practice('A practice'))), 'recordNotFound')
  await curator('records.withdraw', { id: radio, revision: 1, reason: 'Twice here' })
  assert.equal(await problemOf(summary()), 'withdrawn')
  assert.deepEqual((await as()('approaches.compare')).approaches, [])
})

test('every gap that can be told has words', () => {
  const source = readFileSync(`${folder}sum-up.ts`, 'utf8')
  const codes = [...source.slice(source.indexOf('function unknownIn')).matchAll(/\? '(\w+)'/g)].map(([, code]) => code)
  assert.ok(codes.length >= 8)
  for (const code of codes) assert.ok(hasMessage(`approach.unknown.${code}`), code)
})

test('half of the values lie on either side of the median, and order does not matter', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -300, max: 300 }), { minLength: 1 }), (hundredths) => {
      const values = hundredths.map((value) => value / 100)
      const middle = median(values)
      const half = values.length / 2
      assert.ok(values.filter((value) => value < middle - 0.001).length <= half)
      assert.ok(values.filter((value) => value > middle + 0.001).length <= half)
      assert.equal(median(values.toReversed()), middle)
    }),
  )
})

test('what an approach does without is not needed, and what a place has agrees with what it is', async () => {
  const { get, curator } = await appWithRadio()
  const { id } = await curator('approaches.share', {
    ...own,
    title: { en: 'Lessons on paper' },
    connectivity: 'none',
    electricity: 'shared',
    devices: 'none',
  })
  const needed = async (address: string) =>
    (await get(address)).body.replaceAll(/<svg[^]*?<\/svg>|<[^>]*>/g, '').replaceAll(/\s+/g, ' ')
  assert.match(await needed(`/en/records/${id}`), /Connectivity needed: Not needed/)
  assert.match(await needed(`/fr/records/${id}`), /Appareils nécessaires : Non nécessaires/)
  assert.match(await needed(`/ar/records/${id}`), /الكهرباء المطلوبة: مشتركة أو متقطعة/)
  assert.match(await needed('/ru/approaches'), /Доступ к интернету: Не требуется/)
})

const wordsOf = (body: string) => body.replaceAll(/<svg[^]*?<\/svg>|<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')

test('a study with a comparison group is not said to have none, whatever its level', async () => {
  const { study, summary } = await appWithRadio()
  await study('An account', { design: 'qualitative', evidenceLevel: 'E0' })
  assert.ok((await summary()).unknown.includes('noComparison'))
  await study('A quasi-experiment that nobody appraised', { design: 'qed', evidenceLevel: 'E3' })
  assert.ok(!(await summary()).unknown.includes('noComparison'))
})

test('who asks for a setting gets studies that name none too, with how many; those of another are left out', async () => {
  const { as, get, practice, study, finding, radio } = await appWithRadio()
  await practice('In the village', { settings: ['rural'], outcome: 'worked' })
  await practice('Somewhere')
  await finding(await study('Somewhere else', { evidenceLevel: 'E4' }), { direction: 'no-clear' })
  await finding(await study('In villages', { settings: ['rural'] }), { direction: 'positive' })
  await study('In towns', { settings: ['urban'] })
  const line = async (filters: object) => {
    const answer = await as()<{ approaches: ApproachLine[] }>('approaches.compare', filters)
    return answer.approaches.find(({ id }) => id === radio)!
  }
  const rural = await line({ setting: ['rural'] })
  assert.deepEqual([rural.practices, rural.studies, rural.studiesUnsaid, rural.strongest], [1, 2, 1, 'E4'])
  assert.equal((await line({})).studiesUnsaid, 0)
  const text = wordsOf((await get('/en/approaches?setting=rural')).body)
  assert.match(text, /Studies that do not state it are counted/)
  assert.match(text, /2 studies 1 does not state it/)
})

test('a study of which the findings name another level is left out, and what it found too', async () => {
  const { as, study, finding, radio } = await appWithRadio()
  const silent = await study('Of two levels')
  await finding(silent, { levels: ['1'], direction: 'positive' })
  await finding(silent, { levels: ['3'], direction: 'negative' })
  const line = async (level: string) =>
    (await as()<{ approaches: ApproachLine[] }>('approaches.compare', { level: [level] })).approaches.find(
      ({ id }) => id === radio,
    )!
  assert.deepEqual((await line('1')).directions, [{ value: 'positive', count: 1 }])
  assert.deepEqual((await line('3')).directions, [{ value: 'negative', count: 1 }])
  assert.equal((await line('2')).studies, 0)
})

test('the table says what studies found where none gives a figure, and of how many the cost is known', async () => {
  const { get, curator, practice, study, finding, radio } = await appWithRadio()
  for (const direction of ['no-clear', 'no-clear', 'positive'])
    await finding(await study(`Study ${direction}`, { evidenceLevel: 'E4' }), { direction })
  await practice('One', { costPerLearner: { amount: 5, currency: 'USD' } })
  await curator('approaches.share', { ...own, title: { en: 'Lessons on paper' } })
  const text = wordsOf((await get('/en/approaches')).body)
  assert.match(text, /The cost per learner is known for 1 of 2 approaches\./)
  assert.match(text, /No clear effect: 2 of 3 studies Positive effect: 1 No study gives an effect size/)
  assert.match(wordsOf((await get(`/en/records/${radio}`)).body), /No clear effect: 2 of 3 studies Positive effect: 1/)
})

test('what a panel was about stands beside its label, in the table and on the page', async () => {
  const { get, curator } = await appWithRadio()
  const panel = {
    panel: 'smart-buys',
    panelTopic: 'Teaching by level',
    panelClass: 'great-buy',
    year: 2023,
    basis: 'read',
  }
  const { id } = await curator('approaches.share', {
    ...own,
    title: { en: 'Software' },
    panels: [{ ...panel, note: { en: 'Mostly without software.' }, whatWasRead: { en: 'Only its beginning.' } }],
  })
  assert.match(wordsOf((await get('/en/approaches')).body), /Great buy 2023 Mostly without software\./)
  const top = wordsOf((await get(`/en/records/${id}`)).body)
  const beginning = top.slice(0, top.indexOf('What is not known'))
  assert.match(beginning, /Great buy 2023 Mostly without software\./)
  assert.doesNotMatch(beginning, /Only its beginning/, 'how far it was read is no conclusion')
  assert.match(top, /How far the source was read: Read in full · Only its beginning\./)
  assert.match(
    (await get(`/ar/records/${id}`)).body,
    /مدى قراءة المصدر[^]{0,200}<span lang="en" dir="ltr">Only its beginning\.<\/span>/,
  )
})

test('the table is a file too, as it was narrowed and sorted', async () => {
  const { get, practice, study, finding } = await appWithRadio()
  await practice('One', { outcome: 'worked', settings: ['rural'], costPerLearner: { amount: 5, currency: 'USD' } })
  await practice('Two', { outcome: 'stopped' })
  await finding(await study('A trial', { evidenceLevel: 'E4' }), { direction: 'no-clear' })
  assert.match((await get('/en/approaches?setting=rural')).body, /href="\/en\/approaches\.csv\?setting=rural"/)
  const [head = '', line = ''] = (await get('/en/approaches.csv?setting=rural')).body
    .replace('\uFEFF', '')
    .split('\r\n')
  const told = Object.fromEntries(head.split(',').map((name, at) => [name, line.split(',')[at]]))
  assert.equal(told['Approach'], 'Lessons by radio')
  assert.deepEqual([told['Practices'], told['Outcome · Worked'], told['Outcome · Stopped']], ['1', '1', '0'])
  assert.equal(told['Studies and their findings · No clear effect'], '1')
  assert.match(told['Cost per learner per year']!, /US\$5/)
})

test('the note on one sheet has figures, practices, findings with citations, problems, lessons, gaps and references', async () => {
  const { get, curator, practice, study, finding } = await appWithRadio()
  const { id } = await curator('approaches.share', {
    ...own,
    title: { en: 'Lessons by television' },
    otherNames: { en: ['Telesecundaria'] },
    goesWrong: { en: 'The pace is set far away.' },
    notKnown: { en: 'Why it lasted in one country.' },
    references: [{ citation: 'A history of lessons on a screen', year: 2016, basis: 'read' }],
  })
  const at = await practice('Lessons in Mexico', { approaches: [id], outcome: 'worked', countries: ['MX'] })
  const trial = { approaches: [id], citation: 'Fabregas, R. (2019). Broadcasting Education.', evidenceLevel: 'E3' }
  await finding(await study('Broadcasting', trial), { direction: 'positive', effectSize: 0.3 })
  const lesson = { polarity: 'do', event: { en: 'It stopped.' }, recommendation: { en: 'Pay.' }, practices: [at] }
  await curator('lessons.share', { ...own, ...lesson, title: { en: 'Pay a person beside the set' }, approaches: [id] })
  const text = wordsOf((await get(`/en/records/${id}/summary`)).body)
  const told = [
    /Cost per learner per year Not stated/,
    /Strongest evidence E3/,
    /Effect on learning .*Positive effect: 1 of 1 study/,
    /1 practice 1 worked/,
    /Lessons in Mexico \(Mexico\): Worked/,
    /E3 · association with adequate controls · Positive effect · .*0\.30.* Fabregas, R\. \(2019\)\. Broadcasting Education\./,
    /Common problems The pace is set far away\./,
    /What others learned .*Pay a person beside the set/,
    /What is not known Why it lasted in one country\. .*Too few practices/,
    /References A history of lessons on a screen 2016/,
  ]
  for (const one of told) assert.match(text, one)
  assert.doesNotMatch(text, /Telesecundaria|Other names/)
})

test('what an approach brings is no need of it, and a device for a teacher is one', async () => {
  const { records } = await readSource(approaches, [approach], await openFolder(folder))
  const { curator, get } = await appWithRadio()
  const pageOf = async (key: string) => {
    const { body } = records.find(({ identifier }) => identifier.endsWith(`/${key}`))!
    const { broader: _, near: __, ...rest } = body as Record<string, unknown>
    const { id } = await curator('approaches.share', rest)
    return wordsOf((await get(`/en/records/${id}`)).body)
  }
  assert.match(await pageOf('school-connectivity'), /Connectivity needed: Provided by the approach/)
  assert.match(await pageOf('lesson-guides'), /Devices needed: One for each teacher or coach/)
})

test('information is not said to be from one country where a study is from another', async () => {
  const { practice, study, summary } = await appWithRadio()
  await practice('In Kenya', { countries: ['KE'] })
  assert.ok((await summary()).unknown.includes('oneCountry'))
  await study('In Peru', { countries: ['PE'] })
  assert.ok(!(await summary()).unknown.includes('oneCountry'))
})
