/** Rows have no name but their place: whatever others do to them meanwhile, a translation stays with the row it translates. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { as } from '../../../../test/acting.ts'
import { testApp } from '../../../../test/app.ts'
import { person } from '../../../../test/people.ts'
import { practice } from '../../../../test/practice.ts'
import { kinds } from '#app'
import { stepsOf } from '#records/form/plan.ts'

const groups = [...kinds.values()].flatMap((kind) =>
  stepsOf(kind).flatMap((step) =>
    step.asked.flatMap((field) => {
      const text = field.members.find((member) => member.field.type === 'text')
      return field.isList && text && field.control === 'groups' ? [{ kind, step, field, text }] : []
    }),
  ),
)
const rowsOf = (names: readonly string[], text: string) =>
  names.map((name) => ({ [text]: { en: name, fr: `traduction de ${name}` } }))
const isPaired = (rows: readonly any[], text: string) =>
  rows.every((row) => row[text].fr === undefined || row[text].fr === `traduction de ${row[text].en}`)

test('a form that was sent after a co-author moved its rows keeps each translation with its row', async () => {
  const { kind, step, field, text } = groups.find((one) => one.kind.name === 'practice')!
  const node = await testApp()
  const amina = await person(node, 'Amina')
  const ask = as(node, amina)
  const csrfOf = (page: string) => /name="csrf" value="([^"]+)"/.exec(page)![1]!
  const names = fc.uniqueArray(fc.constantFrom('one', 'two', 'three', 'four', 'five'), { minLength: 2, maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(names, fc.infiniteStream(fc.nat()), async (given, order) => {
      const { id } = await ask('drafts.begin', {
        kind: kind.name,
        language: 'en',
        values: { ...practice, [field.name]: rowsOf(given, text.name) },
      })
      const page = `/en/drafts/${id}/edit/${step.name}`
      await amina.open(page)
      const typed = { [`${field.name}.0.${text.name}`]: given[0]!, go: 'stay' }
      const mine = new Map(Object.entries(typed))
      given.forEach((name, at) => mine.set(`${field.name}.${at}.${text.name}`, name))
      const sent = { ...Object.fromEntries(mine), revision: '1', csrf: csrfOf(amina.page) }
      const ranks = new Map(given.map((name) => [name, order.next().value as number]))
      const moved = given.toSorted((a, b) => ranks.get(a)! - ranks.get(b)!).toReversed()
      await ask('drafts.save', { id, revision: 1, values: { [field.name]: rowsOf(moved, text.name) } })

      await amina.post(page, sent, {})
      const unchanged = (await ask('drafts.read', { id })).body[field.name]
      assert.deepEqual(unchanged, rowsOf(moved, text.name), 'who changed nothing undoes nothing')

      // One row taken out: both changed the rows, so the form comes back, and is sent once more as it is.
      const fewer = { ...sent, [`${field.name}.0.${text.name}`]: '' }
      const answer = await amina.post(page, fewer, {})
      if (answer.status === 409) await amina.send(`/drafts/${id}/edit/${step.name}`, {}, { button: ['go', 'stay'] })
      const { body } = await ask('drafts.read', { id })
      assert.ok(isPaired(body[field.name], text.name), JSON.stringify(body[field.name]))
      assert.deepEqual(
        body[field.name].map((row: any) => row[text.name].fr),
        given.slice(1).map((name) => `traduction de ${name}`),
      )
    }),
    { numRuns: 12 },
  )
})

test('who names an organisation that is not here is told what to do next; those that are here say their country', async () => {
  const app = await testApp()
  const share = app.as('curator')
  const ministry = (title: string, country: string) =>
    share('organisations.share', { title: { en: title }, originalLanguage: 'en', countries: [country] })
  await ministry('Ministry of Radio', 'KE')
  await ministry('Ministry of Radio', 'UG')
  await ministry('Radio of Chad', 'TD')
  const { body } = await app.get('/en/choices?kind=organisation&q=radio')
  assert.match(body, /Ministry of Radio \(Kenya\) \[/)
  assert.match(body, /Ministry of Radio \(Uganda\) \[/)
  assert.match(body, /"Radio of Chad \[/, 'once is enough')

  const amina = await person(app, 'Amina')
  await amina.open('/en/share')
  await amina.send('/share', { kind: 'practice', language: 'en' })
  const id = /\/drafts\/([0-9a-z]{16})/.exec(amina.at)![1]!
  const step = `/drafts/${id}/edit/outcome`
  const place = 'organisations.0.organisation'
  await amina.open(`/en${step}`)
  await amina.send(step, { [place]: 'Herders’ Union' }, { button: ['go', 'stay'] })
  assert.match(amina.page, /“Herders’ Union” is not a record here: check its name, or describe it first/)
  assert.match(
    amina.page,
    /If “Herders’ Union” has no record here[^]*href="\/en\/share\?kind=organisation">Describe it \(Organisation\)/,
  )
  await amina.send(step, { [place]: 'Ministry of Radio' }, { button: ['go', 'stay'] })
  assert.match(
    amina.page,
    /What did you mean[^]*Ministry of Radio \(Kenya\)[^]*Ministry of Radio \(Uganda\)[^]*None of these[^]*Describe it/,
  )
})
