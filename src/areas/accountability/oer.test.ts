/** One report for each country on the five areas of action of the UNESCO Recommendation on OER (2019). */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { doJob, testApp } from '../../../test/app.ts'
import { practice } from '../../../test/practice.ts'
import { actionsOfPractice } from './oer.ts'

const text = (html: string) => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
const titled = (en: string, more: object = {}) => ({
  title: { en },
  originalLanguage: 'en',
  countries: ['KE'],
  ...more,
})

test('the report of a country shows for each area of action what there is, and what is missing', async () => {
  let now = new Date('2026-01-02T00:00:00Z')
  const node = await testApp({ now: () => now })
  const share = node.as('curator')
  await share('policies.share', titled('OER policy', { oerActions: ['policy', 'capacity'] }))
  await share('policies.share', titled('Policy elsewhere', { countries: ['UG'], oerActions: ['equity'] }))
  await share('commitments.share', titled('Open textbooks', { stakeholder: 'ministry', oerActions: ['policy'] }))
  await share(
    'calls.share',
    titled('Grants for open books', {
      callType: 'funding-offered',
      oerActions: ['sustainability'],
      closesOn: '2026-02',
    }),
  )
  await share('practices.share', { ...practice, ...titled('Teachers remix', { areas: ['open'], levels: ['teacher'] }) })
  await share('practices.share', { ...practice, ...titled('Not open', { areas: ['access'], levels: ['teacher'] }) })
  await share('resources.share', { title: { sw: 'Hadithi' }, originalLanguage: 'sw', type: 'book', languages: ['sw'] })
  const { actions } = (await node.get('/api/countries/KE/oer')).json()
  const told = Object.fromEntries(
    actions.map(({ action, records, resources, missing }: any) => [
      action,
      [
        ...Object.values(records as Record<string, { title: { en: string } }[]>).flatMap((some) =>
          some.map(({ title }) => title.en),
        ),
        ...resources.map(({ language, count }: any) => `${language} ${count}`),
        ...missing.map((kind: string) => `no ${kind}`),
      ],
    ]),
  )
  assert.deepEqual(told, {
    capacity: ['OER policy', 'Teachers remix'],
    policy: ['OER policy', 'Open textbooks'],
    equity: ['sw 1', 'no policy', 'no practice'],
    sustainability: ['Grants for open books', 'no policy'],
    cooperation: ['no policy', 'no practice'],
  })
  const page = text((await node.get('/en/policies?country=KE')).body)
  assert.match(page, /Open educational resources in Kenya.* act in 2 of 5 areas of action/)
  assert.match(page, /Building capacity Policies: OER policy Practices: Teachers remix Developing supportive policy/)
  assert.match(page, /Swahili 1 Not recorded here: Policies, Practices/)
  const country = text((await node.get('/en/countries/KE')).body)
  assert.match(country, /areas of action Building capacity: Policies 1 · Practices 1 .*Full report/)
  assert.equal((await node.get('/countries/KE.json')).json().openEducationalResources.actions.length, 5)
  now = new Date('2026-03-01T00:00:00Z')
  await doJob(node.app, 'silence')
  assert.match(
    text((await node.get('/en/policies?country=KE')).body),
    /Sustainability models Not recorded here: Policies, Calls/,
  )
  assert.doesNotMatch(text((await node.get('/en/countries/AQ')).body), /areas of action/)
  assert.match(text((await node.get('/en/policies?country=AQ')).body), /act in 0 of 5 areas of action/)
  for (const language of ['fr', 'es', 'ar', 'ru', 'zh'])
    assert.equal((await node.get(`/${language}/policies?country=KE`)).statusCode, 200)
  assert.equal((await node.get('/api/countries/ZZ/oer')).statusCode, 404)
})

test('a practice counts where what it says of itself puts it', () => {
  assert.deepEqual(actionsOfPractice({}), [])
  assert.deepEqual(actionsOfPractice({ areas: ['open', 'quality'], countries: ['KE'] }), ['equity'])
  assert.deepEqual(actionsOfPractice({ levels: ['teacher'], sustainability: { en: 'Paid by the state.' } }), [
    'capacity',
    'sustainability',
  ])
  for (const body of [{ crossBorder: true }, { countries: ['KE', 'UG'] }, { areas: ['cooperation'] }])
    assert.deepEqual(actionsOfPractice(body), ['cooperation'])
})
