/** A practice says which indicator it means to move, and both pages show the other. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp } from '../../../test/app.ts'
import { person } from '../../../test/people.ts'
import { practice } from '../../../test/practice.ts'
import { withStatistics } from '../../../test/statistics.ts'
import { internetUsers } from './sources/internet-users.ts'

const text = (html: string) => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
const values = {
  'ddf--datapoints--internet_users--by--geo--time.csv':
    'geo,time,internet_users\nken,2015,16.5\nken,2020,29\nuga,2020,20',
}

test('the author of a practice names an indicator with baseline and target, and both pages show the other', async () => {
  const node = await testApp()
  await withStatistics(node.app, internetUsers, values)
  const { record: indicator } = await node.as()('indicators.describe', { code: 'internet_users' })
  const { id } = await node.as('curator')('practices.share', { ...practice, originalLanguage: 'en' })
  assert.doesNotMatch((await node.get('/en/indicators/internet_users')).body, /Practices that aim to change/)

  const amina = await person(node, 'Amina')
  await amina.open(`/en/records/${id}`)
  await amina.send(`/records/${id}/change`)
  const draft = /\/drafts\/([0-9a-z]{16})/.exec(amina.at)![1]!
  await amina.open(`/en/drafts/${draft}/edit/conduct`)
  assert.match(amina.page, /Indicators it aims to change/)
  const aim = {
    aimedAt: indicator.id,
    baselineValue: '16,5',
    baselineYear: '2015',
    targetValue: '60',
    targetYear: '2027',
  }
  const filled = Object.fromEntries(Object.entries(aim).map(([name, value]) => [`indicatorAims.0.${name}`, value]))
  await amina.send(`/drafts/${draft}/edit/conduct`, filled, { button: ['go', 'overview'] })
  assert.match(amina.at, /\?saved=true$/)
  const { body } = (await node.as('operator')('drafts.read', { id: draft })) as { body: object }
  await node.as('curator')('practices.revise', { id, revision: 1, body })

  const { body: page } = await node.get(`/en/records/${id}`)
  assert.match(
    text(page),
    /Indicators it aims to change People who use the Internet.*Baseline 17% 2015 Target 60% 2027.*Year Kenya 2020 29% 2015 17%.*Source: Gapminder/,
  )
  assert.match(page, /href="\/en\/indicators\/internet_users\?area=KE"/)
  assert.match(
    page,
    /<path class="l0"[^]*<path class="l1 total"/,
    'the line of the country, and the way that was meant',
  )
  const listed = text((await node.get('/en/indicators/internet_users')).body)
  assert.match(
    listed,
    /Practices that aim to change this indicator .*Radio lessons Kenya · 2024 17% 2015 60% 2027 Worked/,
  )
  const { practices } = await node.as()('indicators.practices', { code: 'internet_users' })
  assert.deepEqual(practices[0].aim, { baselineValue: 16.5, baselineYear: 2015, targetValue: 60, targetYear: 2027 })
})

test('a practice of a country without values says so, and aims at what was withdrawn are left out', async () => {
  const node = await testApp()
  await withStatistics(node.app, internetUsers, values)
  const { record: indicator } = await node.as()('indicators.describe', { code: 'internet_users' })
  const curator = node.as('curator')
  const aim = { indicatorAims: [{ aimedAt: indicator.id, targetValue: 60 }] }
  const { id } = await curator('practices.share', { ...practice, originalLanguage: 'en', countries: ['BR'], ...aim })
  assert.match(text((await node.get(`/en/records/${id}`)).body), /Target 60% There are no values of this indicator/)
  await curator('records.withdraw', { id: indicator.id, revision: 1, reason: 'Imported twice' })
  assert.doesNotMatch((await node.get(`/en/records/${id}`)).body, /There are no values of this indicator/)
  assert.deepEqual((await node.as()('indicators.aims', { id })).aims, [])
})
