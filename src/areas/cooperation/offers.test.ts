/** Offers of support and requests for it: listed, matched with reasons, and told what came of them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problemOf, testApp } from '../../../test/app.ts'
import { as } from '../../../test/acting.ts'
import { person } from '../../../test/people.ts'
import { matchOf } from './matching.ts'

const training = {
  title: { en: 'Trainers for interactive radio' },
  originalLanguage: 'en',
  supportTypes: ['capacity-development', 'mentoring'],
  description: { en: 'Our trainers come for two weeks.' },
  countries: ['KE', 'UG'],
  workingLanguages: ['en', 'sw'],
  areas: ['access'],
  closesOn: '2026-12',
}
const wish = {
  title: { en: 'Help with radio lessons' },
  originalLanguage: 'en',
  supportTypes: ['capacity-development'],
  description: { en: 'Forty teachers have never taught by radio.' },
  countries: ['UG'],
  workingLanguages: ['en-UG'],
  areas: ['quality'],
}
const devices = { ...wish, title: { en: 'Solar panels for schools' }, supportTypes: ['equipment'] }
const elsewhere = { ...wish, title: { en: 'Radio in Peru' }, countries: ['PE'] }

test('an offer and a request that fit show one another with the reasons, and what differs', async () => {
  const node = await testApp({ now: () => new Date('2026-03-01T00:00:00Z') })
  assert.match((await node.get('/en/offers')).body, /No offer or request is recorded here yet/)
  const share = node.as('curator')
  const { id: ministry } = await share('organisations.share', { title: { en: 'A ministry' }, originalLanguage: 'en' })
  const { id: given } = await share('offers.share', training)
  const { id: sought } = await share('requests.share', { ...wish, requestedBy: [ministry] })
  await share('requests.share', devices)
  await share('requests.share', elsewhere)

  const page = (await node.get(`/en/records/${given}`)).body
  assert.match(page, /Requests that it fits[^]*Help with radio lessons[^]*A ministry/)
  assert.match(
    page,
    /Why it fits: Kind of support: Training and capacity development; Countries: Uganda; Working languages: English/,
  )
  assert.match(page, /What differs: Areas/)
  const [said = ''] = /<section aria-labelledby="matches">[^]*?<\/section>/.exec(page) ?? []
  assert.match(said, /Help with radio/)
  assert.ok(!said.includes('Solar panels') && !said.includes('Radio in Peru'), 'nothing else is said to fit')
  assert.match((await node.get(`/en/records/${sought}`)).body, /Offers that fit[^]*Trainers for interactive radio/)
  const { matches } = (await node.get(`/api/support/${given}/matches`)).json()
  assert.deepEqual(
    matches.map(({ line, differing }: { line: { record: { id: string } }; differing: string[] }) => [
      line.record.id,
      differing,
    ]),
    [[sought, ['areas']]],
  )
  assert.equal(await problemOf(node.as()('support.matches', { id: ministry })), 'recordNotFound')
})

test('they are narrowed by what they are, kind of support, country and area, and close by their dates', async () => {
  let now = new Date('2026-03-01T00:00:00Z')
  const node = await testApp({ now: () => now })
  const share = node.as('curator')
  await share('offers.share', training)
  await share('requests.share', devices)
  const shown = (page: string) => [/Trainers for/.test(page), /Solar panels/.test(page)]
  for (const [query, expected] of [
    ['', [true, true]],
    ['kind=offer', [true, false]],
    ['type=equipment', [false, true]],
    ['country=KE', [true, false]],
    ['country=UG', [true, true]],
    ['area=access', [true, false]],
    ['country=nowhere&kind=x&after=x', [true, true]],
  ] as const)
    assert.deepEqual(shown((await node.get(`/en/offers?${query}`)).body), expected, query)
  assert.match((await node.get('/en/countries/KE')).body, /id="support"[^]*Trainers for interactive radio/)
  assert.match((await node.get('/en/access')).body, /id="support"[^]*Trainers for interactive radio/)
  assert.match((await node.get('/en/offers?type=translation')).body, /Nothing fits/)
  now = new Date('2027-01-01T00:00:00Z')
  assert.deepEqual(shown((await node.get('/en/offers?kind=request')).body), [false, true])
  const { counts } = await node.as()('support.overview', {})
  assert.deepEqual(counts, { open: 1, upcoming: 0, closed: 1 })
  for (const language of ['fr', 'es', 'ar', 'ru', 'zh'])
    assert.equal((await node.get(`/${language}/offers`)).statusCode, 200)
})

test('those who worked together tell what came of it, beside the offer and the request', async () => {
  const node = await testApp()
  const share = node.as('curator')
  const { id: ofOffer } = await share('offers.share', training)
  const { id: ofRequest } = await share('requests.share', wish)
  const amina = await person(node, 'Amina')
  await amina.open(`/en/records/${ofRequest}`)
  await amina.send(`/offers/${ofRequest}/outcome`, {})
  assert.match(amina.at, /\/drafts\/[0-9a-z]{16}\/edit\/identity/)
  const [draft] = (await as(node, amina)('drafts.list')).drafts
  assert.equal(draft.kind, 'cooperation-outcome')
  await share('cooperation-outcomes.share', {
    title: { en: 'Two weeks in Gulu' },
    originalLanguage: 'en',
    ofOffer,
    ofRequest,
    cooperationResult: 'completed',
    saidOn: '2026-05-02',
    signedBy: 'A. Okello, head of teacher training',
    summary: { en: 'Thirty-one of forty teachers now teach by radio.' },
  })
  for (const id of [ofOffer, ofRequest])
    assert.match((await node.get(`/en/records/${id}`)).body, /What came of it[^]*Two weeks in Gulu[^]*Completed/)
})

test('a kind of support that differs, or countries that exclude one another, rule a match out; the rest orders', () => {
  const one = { supportTypes: ['content'] }
  assert.equal(matchOf(one, { supportTypes: ['research'] }), undefined)
  assert.equal(matchOf({ ...one, countries: ['KE'] }, { ...one, countries: ['PE'] }), undefined)
  assert.deepEqual(matchOf({ ...one, countries: ['KE'] }, one)?.differing, [], 'no country means any')
  const near = matchOf({ ...one, workingLanguages: ['fr-CA'] }, { ...one, workingLanguages: ['FR'] })
  assert.deepEqual(near?.shared.at(-1), { on: 'workingLanguages', values: ['fr'] })
  const far = matchOf({ ...one, workingLanguages: ['fr'] }, { ...one, workingLanguages: ['ar'] })
  assert.ok(near!.score > far!.score)
})
