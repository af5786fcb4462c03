/** Calls for funding and for partners: found by what they are for, and closed by themselves when their day has passed. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { doJob, problemOf, testApp } from '../../../test/app.ts'

const ofRadio = {
  title: { en: 'Radio for remote schools' },
  originalLanguage: 'en',
  callType: 'funding-offered',
  description: { en: 'Grants for interactive radio instruction.' },
  terms: { en: 'Open licences; data stay in the country.' },
  partnerTypes: ['ngo', 'community'],
  countries: ['KE', 'UG'],
  areas: ['access'],
  amount: { amount: 20_000, currency: 'USD' },
  opensOn: '2026-01-10',
  closesOn: '2026-02',
}
const ofPartners = {
  title: { en: 'A university seeks schools' },
  originalLanguage: 'en',
  callType: 'partners-sought',
  description: { en: 'We try open courses with schools.' },
}
const shown = (page: string) => [/Radio for remote/.test(page), /A university seeks/.test(page)]

test('a call opens and closes by its dates, and whoever looks sees which day it is', async () => {
  let now = new Date('2026-01-02T03:04:05Z')
  const node = await testApp({ now: () => now })
  const share = node.as('curator')
  const { id: giver } = await share('organisations.share', { title: { en: 'A foundation' }, originalLanguage: 'en' })
  const { id } = await share('calls.share', { ...ofRadio, madeBy: [giver] })
  const { id: other } = await share('calls.share', ofPartners)
  const page = async (path: string) => (await node.get(path)).body
  const on = async (time: string) => {
    now = new Date(time)
    await doJob(node.app, 'silence')
    const { state } = (await node.get(`/api/calls/${id}/state`)).json()
    assert.match(await page(`/en/records/${id}`), new RegExp(`data-state="${state}"`))
    return state
  }
  assert.equal(await on('2026-01-09T23:59:59Z'), 'upcoming')
  assert.match(await page('/en/calls?state=upcoming'), /Opens later[^]*Radio for remote/)
  assert.equal(await on('2026-01-10T00:00:00Z'), 'open')
  assert.match(
    await page('/en/calls'),
    /Radio for remote[^]*Funding offered[^]*A foundation[^]*US\$20,000[^]*Kenya, Uganda[^]*Deadline: 28 February 2026\.[^]*A university[^]*Any country[^]*No deadline; closes on 2 January 2027/,
  )
  assert.match(await page('/en/countries/UG'), /id="calls"[^]*Radio for remote/)
  assert.match(await page('/en/access'), /id="calls"[^]*Radio for remote/)
  assert.equal(await on('2026-02-28T23:59:59Z'), 'open')
  assert.equal(await on('2026-03-01T00:00:00Z'), 'closed')
  assert.deepEqual(shown(await page('/en/calls')), [false, true])
  assert.deepEqual(shown(await page('/en/countries/UG')), [false, true])
  assert.match(await page('/en/calls?state=closed'), /Closed[^]*Radio for remote[^]*The last day was 28 February 2026/)
  await on('2027-01-03T00:00:00Z')
  assert.equal((await node.get(`/api/calls/${other}/state`)).json().state, 'closed', 'nobody renewed it')
  assert.equal(await problemOf(share('calls.state', { id: giver })), 'recordNotFound')
})

test('calls are found by country, area, kind of partner and what they offer; those that name none are for all', async () => {
  const node = await testApp({ now: () => new Date('2026-01-15T00:00:00Z') })
  assert.match((await node.get('/en/calls')).body, /No call is recorded here yet[^]*\/en\/share\?kind=call/)
  const share = node.as('curator')
  await share('calls.share', ofRadio)
  await share('calls.share', ofPartners)
  for (const [query, expected] of [
    ['', [true, true]],
    ['country=KE', [true, true]],
    ['country=FR', [false, true]],
    ['area=open', [false, true]],
    ['partner=ngo', [true, true]],
    ['partner=company', [false, true]],
    ['type=partners-sought', [false, true]],
    ['type=funding-offered&country=KE', [true, false]],
    ['country=nowhere&after=x', [true, true]],
  ] as const)
    assert.deepEqual(shown((await node.get(`/en/calls?${query}`)).body), expected, query)
  assert.match((await node.get('/en/calls?type=funding-sought')).body, /No call fits/)
  const { calls, next } = await node.as()('calls.overview', { limit: 1 })
  assert.deepEqual([calls.length, next], [1, 1])
  assert.match((await node.get('/en/search?kind=call&organisationType=ngo')).body, /Radio for remote/)
  const types = await Promise.all(
    (await node.as()('calls.list')).records.map(async ({ id }: { id: string }) =>
      (await node.get(`/records/${id}.jsonld`)).json(),
    ),
  )
  assert.deepEqual(
    types.map((one) => one['@type']),
    ['Offer', 'Demand'],
  )
  for (const language of ['fr', 'es', 'ar', 'ru', 'zh'])
    assert.equal((await node.get(`/${language}/calls`)).statusCode, 200)
})
