import assert from 'node:assert/strict'
import { test } from 'node:test'
import { uis } from '#features/indicators/sources/uis.ts'
import { withStatistics } from '../../../test/statistics.ts'
import { practice } from '../../../test/practice.ts'
import { testApp } from '../../../test/app.ts'

const told = {
  ...practice,
  originalLanguage: 'en',
  connectivity: 'none',
  costPerLearner: { amount: 7, currency: 'USD' },
  conditions: [{ condition: 'skills', effect: 'enabling', note: { en: 'An adult was trained.' } }],
  problemsMet: [{ trouble: { en: 'Batteries ran out.' }, done: { en: 'Solar panels were bought.' } }],
  lessons: { en: 'Power comes first.' },
  references: [
    { citation: 'Radio in Kenya', year: 2020, url: 'https://example.org/radio', basis: 'excerpt' },
    { citation: 'A book on radio', basis: 'known' },
  ],
}

async function appWithFinding() {
  const app = await testApp()
  const share = (kind: string, body: object) =>
    app.as('curator')(`${kind}.share`, { originalLanguage: 'en', ...body }) as Promise<{ id: string }>
  const study = await share('studies', { title: { en: 'A trial of radio' }, citation: 'Trial 2020', year: 2020 })
  const finding = await share('evidence', {
    title: { en: 'Pupils read better' },
    study: study.id,
    effectSize: 0.42,
    interval: { low: 0.2, high: 0.64 },
    sampleSize: 1200,
    direction: 'positive',
    outcomeDomain: 'Literacy achievement',
    evidenceLevel: 'E5',
    evidenceLevelReason: { en: 'Randomised, little attrition.' },
  })
  return { ...app, share, finding, study }
}

/** What answers a question: the text from its heading to the next section. */
const answerTo = (body: string, id: string): string =>
  new RegExp(`<section aria-labelledby="${id}">([^]*?)</section>`).exec(body)?.[1] ?? ''

test('a practice begins with how it ended, how sure that is, the largest effect and what it cost', async () => {
  const { get, share, finding } = await appWithFinding()
  const { id } = await share('practices', { ...told, evidence: [finding.id] })

  const { body } = await get(`/en/records/${id}`)

  const [, glance = ''] = /<dl class="glance"([^]*?)<\/dl>/.exec(body) ?? []
  assert.match(glance, /Worked/)
  assert.match(glance, /E5 · sound randomised study/)
  assert.match(glance, /\+0\.42\u2069 standard deviations/)
  assert.match(glance, /US\$7/)
})

test('a finding is told in a sentence, drawn with its interval, and says the same in words', async () => {
  const { get, share, finding } = await appWithFinding()
  const { id } = await share('practices', { ...told, evidence: [finding.id] })
  const answer = answerTo((await get(`/en/records/${id}`)).body, 'did')
  assert.match(answer, /Pupils read better/)
  assert.match(answer, /<line class="interval"/)
  assert.match(answer, /95% interval \u2066\+0\.20\u2069 to \u2066\+0\.64\u2069/)
  assert.match(answer, /sample: 1,200/)
})

test('what went wrong, what was learned and what it needs each answer their question', async () => {
  const { get, share } = await appWithFinding()
  const { id } = await share('practices', told)
  const { body } = await get(`/en/records/${id}`)
  assert.match(answerTo(body, 'wrong'), /Batteries ran out\.[^]*Solar panels were bought\./)
  assert.match(answerTo(body, 'learned'), /Power comes first/)
  assert.match(answerTo(body, 'needs'), /<strong>None<\/strong>/)
  const { body: spanish } = await get(`/es/records/${id}`)
  assert.match(answerTo(spanish, 'needs').replaceAll(/<[^>]*>/g, ''), /Ayudó ·\s+Competencias: An adult was trained\./)
})

test('what nobody has told is said to be untold: cost, effect, electricity', async () => {
  const { get, share } = await appWithFinding()
  const { costPerLearner: _, ...untold } = told
  const { id } = await share('practices', untold)
  const { body } = await get(`/en/records/${id}`)
  assert.match(answerTo(body, 'costs'), /No cost has been recorded as a figure/)
  assert.match(answerTo(body, 'did'), /No study recorded/)
  assert.match(answerTo(body, 'needs'), /Electricity at the start:[^<]*<span class="unsaid">Not stated/)
})

test('a description that stands at the top is not repeated; a bare number beside a rating is named', async () => {
  const { get, as } = await testApp()
  const text = { en: 'Pupils read with a tutor on a screen.' }
  const practiceOf = async (more: object) =>
    (
      await get(
        `/en/records/${((await as('curator')('practices.share', { title: { en: 'Tutor' }, originalLanguage: 'en', type: 'service', description: text, ...more })) as { id: string }).id}`,
      )
    ).body.replace(/<head>[^]*<\/head>/, '')
  for (const more of [{}, { summary: text }]) assert.equal((await practiceOf(more)).split(text.en).length, 2)
  const { id } = (await as('curator')('studies.share', {
    title: { en: 'A trial' },
    originalLanguage: 'en',
    ratings: [{ scheme: 'wwc', rating: 'Meets WWC standards with reservations', version: '3' }],
  })) as { id: string }
  assert.match((await get(`/en/records/${id}`)).body, /Version: <\/span><bdi[^>]*>3<\/bdi>/)
})

test('each reference says how much of it was read, in the words of the code list', async () => {
  const { get, share } = await appWithFinding()
  const { id } = await share('practices', told)
  const answer = answerTo((await get(`/en/records/${id}`)).body, 'references')
  assert.match(answer, /Radio in Kenya[^]*?mark excerpt">An excerpt or the abstract was read/)
  assert.match(answer, /A book on radio[^]*?mark known">Known, not read/)
  const french = answerTo((await get(`/fr/records/${id}`)).body, 'references')
  assert.match(french, /Un extrait ou le résumé a été lu[^]*Connu, non lu/)
})

test('a reader chooses a country and learns whether the practice could work there', async () => {
  const { get, share, app } = await appWithFinding()
  await withStatistics(app, uis, {
    'ddf--datapoints--schbsp_1_wintern--by--country--year.csv': 'country,year,schbsp_1_wintern\nuga,2022,30',
  })
  const { id } = await share('practices', told)
  const asked = (await get(`/en/records/${id}?place=uganda`)).body
  assert.match(answerTo(asked, 'here'), /In Uganda[^]*?fit-met">Fits[^]*?Connectivity/)
  assert.match(answerTo(asked, 'here'), /Schools with Internet for teaching: 30% [^]*Primary education, 2022/)
  const { id: other } = await share('practices', { ...told, levels: ['3'] })
  const answer = answerTo((await get(`/en/records/${other}?place=uganda`)).body, 'here')
  assert.match(answer, /Schools with Internet for teaching[^]*?Upper secondary[^]*?No figure for this level/)
  assert.doesNotMatch(answer, /30%|fit-met/)
  assert.doesNotMatch(answerTo((await get(`/en/records/${id}?place=Nowhere`)).body, 'here'), /fit-met/)
})

test('lessons and others of the same approach stand on the page of a practice, once', async () => {
  const { get, share } = await appWithFinding()
  const approach = await share('approaches', { title: { en: 'Radio instruction' } })
  const { id } = await share('practices', { ...told, approaches: [approach.id] })
  await share('practices', { ...told, title: { en: 'Radio in Mali' }, countries: ['ML'], approaches: [approach.id] })
  await share('lessons', { title: { en: 'Charge radios by the sun.' }, polarity: 'do', practices: [id] })
  const { body } = await get(`/en/records/${id}`)
  assert.match(answerTo(body, 'others'), /Radio instruction[^]*Radio in Mali/)
  assert.match(answerTo(body, 'learned'), /Do this[^]*Charge radios by the sun/)
  assert.equal(body.split('Charge radios by the sun.').length, 2)
})

test('an approach tells how it ended where, draws the effect of each study, and says what is not known', async () => {
  const { get, share, finding } = await appWithFinding()
  const approach = await share('approaches', {
    title: { en: 'Radio instruction' },
    goesWrong: { en: 'Radios break.' },
    panels: [
      { panel: 'smart-buys', panelTopic: 'Interactive radio', panelClass: 'good-buy', year: 2023, basis: 'read' },
    ],
  })
  const here = { approaches: [approach.id] }
  await share('practices', { ...told, ...here, evidence: [finding.id] })
  await share('practices', { ...told, ...here, title: { en: 'Radio in Mali' }, countries: ['ML'], outcome: 'stopped' })

  const { body } = await get(`/en/records/${approach.id}`)

  assert.match(body, /Good buy<\/span>\s*<span class="small">2023/)
  assert.match(answerTo(body, 'tried'), /Worked: <strong>1[^]*Stopped: <strong>1[^]*Radio in Mali/)
  assert.match(answerTo(body, 'found'), /A trial of radio[^]*<circle class="more"[^]*\+0\.42/)
  assert.match(answerTo(body, 'wrong'), /Radios break[^]*Batteries ran out/)
  assert.match(answerTo(body, 'unknown'), /Too few practices are recorded/)
})

test('approaches stand in one table that is sorted and narrowed without scripts', async () => {
  const { get, share } = await appWithFinding()
  const [radio, tablets] = [
    await share('approaches', { title: { en: 'Radio instruction' } }),
    await share('approaches', { title: { en: 'A tablet each' } }),
  ]
  for (const country of ['KE', 'ML'])
    await share('practices', {
      ...told,
      title: { en: `Radio ${country}` },
      countries: [country],
      approaches: [radio!.id],
    })
  await share('practices', { ...told, title: { en: 'Tablets' }, countries: ['PE'], approaches: [tablets!.id] })
  const isBefore = (body: string, a: string, b: string) => body.indexOf(`>${a}</a>`) < body.indexOf(`>${b}</a>`)

  const usual = (await get('/en/approaches')).body
  assert.ok(isBefore(usual, 'Radio instruction', 'A tablet each'))
  assert.match(usual, /2 practices[^]*\(2 worked\)/)
  assert.match(usual, /aria-sort="descending"/)

  const byName = (await get('/en/approaches?sort=name')).body
  assert.ok(isBefore(byName, 'A tablet each', 'Radio instruction'))

  const inAmericas = (await get('/en/approaches?region=019')).body
  assert.ok(isBefore(inAmericas, 'A tablet each', 'Radio instruction'))
  assert.match(inAmericas, /no practice/)
})

test('lessons stand by the phase of a project, and are narrowed by cause and by whom they are for', async () => {
  const { get, share } = await appWithFinding()
  await share('lessons', {
    title: { en: 'Ask for spare parts.' },
    polarity: 'do',
    phase: 'procure',
    causes: ['procurement'],
    recommendedTo: ['planner'],
  })
  await share('lessons', {
    title: { en: 'Do not begin everywhere.' },
    polarity: 'avoid',
    phase: 'decide',
    causes: ['policy'],
    recommendedTo: ['minister'],
  })

  const all = (await get('/en/lessons')).body
  assert.match(all, /2 lessons/)
  assert.ok(all.indexOf('Do not begin everywhere.') < all.indexOf('Ask for spare parts.'))
  assert.match(all, /<h2 id="phase-procure">Buying/)

  const forPlanners = (await get('/en/lessons?to=planner&cause=procurement')).body
  assert.match(forPlanners, /1 lesson<\/strong> Procurement · Planner/)
  assert.doesNotMatch(forPlanners, /Do not begin everywhere/)
  assert.match((await get('/en/lessons?to=planner&cause=policy')).body, /No lessons found/)
})

test('the grade beside an outcome is that of the finding it rests on, and a stronger one that says otherwise is told', async () => {
  const { get, share, study } = await appWithFinding()
  const graded = (direction: string, evidenceLevel: string) =>
    share('evidence', {
      title: { en: `${direction} ${evidenceLevel}` },
      study: study.id,
      direction,
      evidenceLevel,
      evidenceLevelReason: { en: 'As the study says.' },
    })
  const [own, other] = [await graded('positive', 'E2'), await graded('no-clear', 'E4')]
  const strength = async (outcome: string, findings: { id: string }[]) => {
    const { id } = await share('practices', { ...told, outcome, evidence: findings.map(({ id }) => id) })
    const [, glance = ''] = /<dl class="glance"([^]*?)<\/dl>/.exec((await get(`/en/records/${id}`)).body) ?? []
    return glance
      .replaceAll(/<svg[^]*?<\/svg>|<[^>]*>/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .match(/Strength of evidence (.*) Largest/)![1]!
  }
  assert.match(
    await strength('worked', [own, other]),
    /^E2 · [^E]*Positive effect Stronger evidence found something else \(E4\): No clear effect$/,
  )
  assert.match(await strength('did-not-work', [own, other]), /^E4 · [^E]*No clear effect$/)
  assert.match(await strength('partly-worked', [own, other]), /^E4 · [^E]*No clear effect$/)
  assert.match(
    await strength('worked', [other]),
    /^E4 · [^E]*No clear effect$/,
    'where no finding says so, that is seen',
  )
  assert.match(await strength('stopped', [own, other]), /^E4 · /)
})
