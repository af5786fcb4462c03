/** What readers of tables and files see of records of one kind. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { guessDelimiter, readCsvRows } from '#codecs/csv/read-csv.ts'
import { readXlsx } from '#codecs/xlsx/read-xlsx.ts'
import { readZip } from '#codecs/zip/read-zip.ts'
import { testApp } from '../../../test/app.ts'

const english = (title: string) => ({ title: { en: title }, originalLanguage: 'en' })

async function appWithStudies() {
  const app = await testApp()
  const curator = app.as('curator')
  const share = async (plural: string, body: object): Promise<string> => (await curator(`${plural}.share`, body)).id
  const study = await share('studies', {
    ...english('Reading by radio'),
    citation: 'Otieno, A. (2019). Reading by radio. Journal of Radio, 3(1), 5–9.',
    design: 'rct',
    evidenceLevel: 'E5',
    sampleSize: 1_200,
  })
  for (const effectSize of [-0.1, 0.35])
    await share('evidence', {
      ...english('Radio: reading'),
      study,
      effectSize,
      design: 'rct',
      outcomeDomain: 'Reading',
    })
  return { ...app, share, study }
}

async function appWithFunding() {
  const app = await testApp()
  const curator = app.as('curator')
  const share = async (plural: string, body: object): Promise<string> => (await curator(`${plural}.share`, body)).id
  const funder = await share('organisations', { ...english('A foundation'), countries: ['US'] })
  const recipient = await share('organisations', { ...english('A school'), countries: ['KE'] })
  for (const [amount, currency] of [
    [100, 'USD'],
    [250, 'USD'],
    [40, 'EUR'],
  ] as const)
    await share('fundings', {
      ...english('Money for books'),
      amount: { amount, currency },
      funders: [funder],
      recipients: [recipient],
      startsOn: '2015',
    })
  return app
}

const tableOf = (csv: string) => readCsvRows(csv, { delimiter: guessDelimiter(csv) })

test('a table of studies has their design, grade, sample, effects and citation', async () => {
  const { get } = await appWithStudies()
  const { body } = await get('/search?kind=study&view=table')
  for (const heading of ['Design', 'Strength of evidence', 'Sample size', 'Effect size', 'Citation'])
    assert.match(body, new RegExp(`<th scope="col"[^>]*>${heading}`))
  assert.match(body, /−0.1 to 0.35 \(2\)/)
  assert.match(body, />1,200</)
})

test('a column that says nothing is offered, not shown; whoever chose columns gets just these', async () => {
  const { get } = await appWithStudies()
  const { body } = await get('/search?kind=study&view=table')
  assert.match(body, /name="columns" value="ratings.rating" *\/> Rating/)
  assert.doesNotMatch(body, /<th scope="col"[^>]*>Rating/)
  const chosen = (await get('/search?kind=study&view=table&columns=design')).body
  assert.equal(chosen.match(/<th scope="col"/g)!.length, 2)
})

test('a table of funding has amount, funder, recipient and its country, and sums up each currency apart', async () => {
  const { get } = await appWithFunding()
  const { body } = await get('/search?kind=funding&view=table')
  assert.match(body, /\$100<[^]*A foundation<[^]*A school<[^]*Kenya/)
  assert.match(body, /Totals of all results[^]*Amount: 2 records[^]*\$350[^]*Amount: one record[^]*€40/)
})

test('CSV of one kind has its columns, with codes and with amounts apart from currencies; of several only the shared', async () => {
  const { get } = await appWithFunding()
  const [head, first] = tableOf((await get('/search.csv?kind=funding&sort=oldest')).body)
  const of = Object.fromEntries(head!.map((name, i) => [name, first![i]]))
  assert.deepEqual(
    [of['amount'], of['amount_currency'], of['funders'], of['recipients'], of['recipient_countries'], of['year']],
    ['100', 'USD', 'A foundation', 'A school', 'KE', '2015'],
  )
  const [mixed] = tableOf((await get('/search.csv')).body)
  assert.ok(!mixed!.includes('amount'))
})

test('a workbook of one kind is in the reader’s language, numbers are numbers, and sums have a sheet of their own', async () => {
  const { get } = await appWithFunding()
  const answer = await get('/fr/search.xlsx?kind=funding&sort=oldest')
  assert.match(String(answer.headers['content-type']), /spreadsheetml/)
  const rows = await readXlsx(answer.rawPayload)
  assert.deepEqual(rows[0]!.slice(0, 4), ['Titre', 'Montant', 'Montant (monnaie)', 'Bailleurs de fonds'])
  assert.deepEqual(rows[1]!.slice(0, 4), ['Money for books', '100', 'USD', 'A foundation'])
  assert.ok(rows[1]!.includes('Kenya'))
  const files = new Map(readZip(answer.rawPayload).map(({ name, bytes }) => [name, bytes().toString()]))
  assert.match(files.get('xl/worksheets/sheet1.xml')!, /<c r="B2"[^>]*><v>100<\/v>/)
  assert.match(files.get('xl/worksheets/sheet2.xml')!, /<v>350<\/v>[^]*<v>40<\/v>/)
})

test('findings have in files what they are filtered by: the technology that the study or the intervention names', async () => {
  const { get, share } = await appWithStudies()
  const intervention = await share('interventions', {
    ...english('Reading with software'),
    types: ['curriculum'],
    technologies: ['computer'],
  })
  const study = await share('studies', { ...english('A trial on air'), technologies: ['radio'] })
  const by = (of: string, more: object = {}) => share('evidence', { ...english('A finding'), study: of, ...more })
  await by(study, { intervention })
  const [head, first] = tableOf((await get('/search.csv?kind=evidence&technology=radio')).body)
  const of = Object.fromEntries(head!.map((name, i) => [name, first![i]]))
  assert.equal(of['technologies'], 'radio; computer')
  assert.equal(of['intervention_types'], 'curriculum')
  const [heads, one] = tableOf((await get('/search.csv?kind=study&technology=radio')).body)
  assert.equal(one![heads!.indexOf('technologies')], 'radio')
})

test('the table of practices shows outcome, cost and reach though none of those on the page states them, and says so', async () => {
  const { as, get } = await testApp()
  await as('curator')('practices.share', { title: { en: 'Radio' }, originalLanguage: 'en', type: 'practice' })
  const { body } = await get('/search?kind=practice&view=table')
  for (const heading of ['Outcome', 'Cost per learner', 'People reached'])
    assert.match(body, new RegExp(`<th scope="col"[^>]*>${heading}`), heading)
  assert.equal(body.match(/<td[^>]*><span class="unsaid">Not stated<\/span><\/td>/g)!.length, 4)
})

test('files of lessons have phase, cause, who is addressed, what is recommended, and the practices', async () => {
  const { as, get } = await testApp()
  const { id } = await as('curator')('practices.share', {
    title: { en: 'Radio' },
    originalLanguage: 'en',
    type: 'practice',
  })
  await as('curator')('lessons.share', {
    title: { en: 'Charge radios by the sun.' },
    originalLanguage: 'en',
    polarity: 'do',
    phase: 'procure',
    causes: ['procurement'],
    recommendedTo: ['planner'],
    recommendation: { en: 'Buy panels first.' },
    practices: [id],
  })
  const [head, first] = tableOf((await get('/search.csv?kind=lesson')).body)
  const of = Object.fromEntries(head!.map((name, i) => [name, first![i]]))
  assert.deepEqual(
    [of['phase'], of['causes'], of['recommended_to'], of['recommendation'], of['practices']],
    ['procure', 'procurement', 'planner', 'Buy panels first.', 'Radio'],
  )
  assert.match(
    (await get('/search?kind=lesson&view=table')).body,
    /<th scope="col"[^>]*>Project phase[^]*<th scope="col"[^>]*>Cause/,
  )
})
