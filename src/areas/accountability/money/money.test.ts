/** Funding is described, summed up, filtered, and found from the practice that it paid for. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { doJob, testApp } from '../../../../test/app.ts'
import { Problem } from '#kernel/problem.ts'
import { practice } from '../../../../test/practice.ts'

const title = (en: string) => ({ title: { en }, originalLanguage: 'en' })
const textIn = (page: string) =>
  page
    .replaceAll(/<(?:script|style|head)[^]*?<\/(?:script|style|head)>/g, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')

async function nodeWithMoney() {
  const node = await testApp()
  const share = node.as('curator')
  const { id: bank } = await share('organisations.share', { ...title('A bank'), countries: ['US'] })
  const { id: trust } = await share('organisations.share', { ...title('A school trust'), countries: ['KE'] })
  const { id: radio } = await share('practices.share', { ...practice, ...title('Radio lessons') })
  const { id: promise } = await share('commitments.share', { ...title('Radio for all'), countries: ['KE'] })
  const { id } = await share('fundings.share', {
    ...title('Radios for schools'),
    activityIdentifier: 'XM-EX-1-RADIO',
    fundingSource: 'private',
    inKind: { en: 'Two hundred receivers' },
    funders: [bank],
    recipients: [trust],
    countries: ['KE', 'UG'],
    countryShares: [
      { place: 'KE', percentage: 75 },
      { place: 'UG', percentage: 25 },
    ],
    sectors: [{ vocabulary: '1', code: '11220', percentage: 100 }],
    activityStatus: '2',
    startsOn: '2020-03-01',
    transactions: [
      { transactionType: '2', date: '2020-03-01', value: 1_000, currency: 'USD', valueDate: '2020-03-01' },
      {
        transactionType: '3',
        date: '2021-03-01',
        value: 400,
        currency: 'USD',
        valueDate: '2021-03-01',
        provider: bank,
        receiver: trust,
      },
    ],
    fundingConditions: { en: 'Lessons are published under an open licence' },
    dataSharing: { en: 'No data on learners leave the country' },
    exitTerms: { en: 'The receivers stay with the schools' },
    areas: ['access'],
    practices: [radio],
    commitments: [promise],
  })
  const { id: second } = await share('fundings.share', {
    ...title('Books'),
    recipients: [trust],
    amount: { amount: 70, currency: 'EUR' },
    areas: ['open'],
  })
  return { ...node, share, bank, trust, radio, promise, id, second }
}

test('money is summed up by year and place in its own currency, and filters keep the share that they name', async () => {
  const { get, app, share, bank, id, second } = await nodeWithMoney()
  const overview = async (query: string) => (await get(`/api/fundings/overview?${query}`)).json()
  const all = await overview('')
  assert.deepEqual(all.totals, [
    { currency: 'EUR', measure: 'committed', amount: 70, records: 1 },
    { currency: 'USD', measure: 'committed', amount: 1_000, records: 1 },
    { currency: 'USD', measure: 'spent', amount: 400, records: 1 },
  ])
  assert.deepEqual((await overview('country=UG')).totals, [
    { currency: 'USD', measure: 'committed', amount: 250, records: 1 },
    { currency: 'USD', measure: 'spent', amount: 100, records: 1 },
  ])
  assert.deepEqual((await overview(`organisation=${bank}&measure=spent`)).byYear, [
    { year: 2021, currency: 'USD', amount: 400 },
  ])
  assert.deepEqual((await overview('area=open')).flows, [{ giver: '', what: 'area:open', place: 'KE', amount: 70 }])
  assert.equal((await get('/api/fundings/overview?currency=dollars')).statusCode, 400)

  const before = (await overview('currency=USD')).flows
  await share('records.withdraw', { id: second, revision: 1, reason: 'Described twice' })
  assert.equal((await overview('area=open')).totals.length, 0, 'what is withdrawn counts no more')
  await share('records.restore', { id: second, revision: 2, reason: 'It was not' })
  const counted = await app.perform(app.operation('fundings.rebuildFlows')!, { kind: 'system', id: 'test' }, {})
  assert.deepEqual(counted, { records: 2 })
  assert.deepEqual((await overview('currency=USD')).flows, before, 'made anew, they are the same')
  assert.deepEqual((await overview('area=open')).totals.length, 1)
  assert.ok(id)
})

test('the page shows totals, years, flows and activities; a node of before finds its money again', async () => {
  const node = await nodeWithMoney()
  const { get, radio, promise, id, share } = node
  const said = textIn((await get('/en/funding?currency=USD')).body)
  assert.match(said, /EUR Money committed €70 1 USD Money committed US\$1,000 1 USD Money paid US\$400 1/)
  assert.match(
    said,
    /^[^]*Funding of education [^]*Counted: 2 funding activities in education, 20\d\d to 20\d\d\. All funding/,
  )
  assert.match(said, /Much of it is not for technology\. Most activities are in: Kenya and Uganda\./)
  assert.match(said, /Kenya \(2\)[^]*Uganda \(1\)/)
  assert.match(said, /A bank Basic education Kenya US\$750/)
  assert.match(said, /Radios for schools US\$1,000 Radio lessons Radio for all/)
  for (const path of [
    '/ar/funding',
    '/en/funding?country=zz&year=abc&organisation=%3Cb%3E&measure=x',
    '/fr/funding?country=AQ',
  ])
    assert.equal((await get(path)).statusCode, 200, path)
  assert.match(textIn((await get('/en/funding?country=AQ')).body), /No funding fits/)

  assert.match(textIn((await get(`/en/records/${radio}`)).body), /Who paid for it Radios for schools A bank/)
  assert.match(textIn((await get(`/en/records/${promise}`)).body), /Who paid for it Radios for schools/)
  const page = textIn((await get(`/en/records/${id}`)).body)
  assert.match(page, /Disbursement US\$400 A bank A school trust/)
  assert.match(page, /Kenya: 75%/)
  assert.match(page, /Terms of exit The receivers stay with the schools/)
  const country = textIn((await get('/en/countries/UG')).body)
  assert.match(country, /Received by organisations in the country 1 grant: US\$250 Radios for schools/)
  assert.ok((await get('/en/access')).body.includes('/funding?area=access'))

  const trustInUganda = { ...title('A school trust'), countries: ['UG'] }
  await share('organisations.revise', { id: node.trust, revision: 1, body: trustInUganda })
  assert.equal((await get('/api/fundings/overview?area=open')).json().flows[0].place, 'UG')
  await doJob(node.app, 'funding-flows')
})

test('what does not fit is refused with its place', async () => {
  const { as } = await testApp()
  const said = async (more: object): Promise<string[]> => {
    const error = await as('curator')('fundings.share', { ...title('A grant'), ...more }).catch((one: unknown) => one)
    assert.ok(error instanceof Problem)
    return error.violations.map(({ place, rule }) => `${place} ${rule}`)
  }
  const transaction = { transactionType: '2', date: '2020-03-01', value: 1, currency: 'USD', valueDate: '2020-03-01' }
  assert.deepEqual(await said({ transactions: [{ ...transaction, currency: 'usd' }] }), [
    'transactions.0.currency currency',
  ])
  assert.deepEqual(await said({ countryShares: [{ place: 'KE', percentage: 10 }] }), [
    'countryShares.0.place placeNotNamed',
  ])
  assert.equal((await said({ transactions: [{ ...transaction, value: 1e16 }] })).length, 1)
  assert.equal((await said({ transactions: [{ ...transaction, transactionType: '99' }] })).length, 1)
})
