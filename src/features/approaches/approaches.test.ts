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
  const named = [approachesOfPractices, approachesOfStudies, approachesOfInterventions].flatMap((table) =>
    Object.values(table).flat(),
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
  assert.match(body, /<summary>Show 16 more studies/)
  assert.match(body, /United States[^<]*: 20 of 24 studies/)
  assert.doesNotMatch(body, /The bar shows the uncertainty/, 'none has an interval')
  await finding(await study('One more'), { effectSize: 0.2, interval: { low: 0.1, high: 0.3 } })
  assert.match((await get(`/en/records/${radio}`)).body, /The bar shows the uncertainty/)
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
    panels: [{ ...panel, note: { en: 'Mostly without software.' } }],
  })
  assert.match(wordsOf((await get('/en/approaches')).body), /Great buy 2023 Mostly without software\./)
  const top = wordsOf((await get(`/en/records/${id}`)).body)
  assert.match(top.slice(0, top.indexOf('What is not known')), /Great buy 2023 Mostly without software\./)
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
