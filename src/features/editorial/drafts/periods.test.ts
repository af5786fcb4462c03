/** Somebody who gives an end before the start is told so where they typed it, whatever they describe. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kinds } from '#app'
import { fieldsOf } from '#records/field-plan.ts'
import { violationsOfChange } from '#records/check.ts'
import { violationsOfPeriods } from '#records/periods.ts'
import { practice } from '../../../../test/practice.ts'
import { as } from '../../../../test/acting.ts'
import { testApp } from '../../../../test/app.ts'
import { person } from '../../../../test/people.ts'

test('an end before the start is told at its field, when it is saved, opened again and checked; mended, it is told no more', async () => {
  const node = await testApp()
  const amina = await person(node, 'Amina')
  const { id } = await as(node, amina)('drafts.begin', { kind: 'practice', language: 'en', values: practice })
  const on = `/drafts/${id}/edit/story`
  const isTold = /id="f-endedOn-error">must be the same as or after the start</

  await amina.open(`/en${on}`)
  await amina.send(on, { startedOn: '2021', endedOn: '2019' }, { button: ['go', 'outcome'] })
  assert.match(amina.page, /There is a problem[^]*<a href="#f-endedOn">[^<]*must be the same as or after the start/)
  assert.match(amina.page, isTold)
  await amina.open(`/en${on}`)
  assert.match(amina.page, isTold)
  await amina.open(`/en/drafts/${id}/check`)
  assert.match(amina.page, /endedOn[^]*must be the same as or after the start/)

  await amina.open(`/en${on}`)
  await amina.send(on, { endedOn: 'March 2021' }, { button: ['go', 'check'] })
  assert.match(amina.page, /Check your answers/)
  assert.doesNotMatch(amina.page, /the same as or after the start/)
})

test('through the API it is refused too; a record that came with one before can be changed in all else', async () => {
  const node = await testApp()
  const curator = node.as('curator')
  const wrong = { ...practice, originalLanguage: 'en', startedOn: '2021-05', endedOn: '2019' }
  await assert.rejects(curator('practices.share', wrong), (problem: any) => {
    assert.deepEqual(
      problem.violations.map(({ place, rule }: any) => [place, rule]),
      [['endedOn', 'endsFirst']],
    )
    return true
  })
  const kind = kinds.get('practice')!
  assert.deepEqual(violationsOfChange(kind, wrong, { ...wrong, stage: 'national' }), [])
  assert.equal(violationsOfChange(kind, wrong, { ...wrong, endedOn: '2018' }).length, 1)
  assert.deepEqual(violationsOfPeriods(kind, { startedOn: '2021-05', endedOn: '2021' }), [])
})

test('every kind says of a start in which field its period ends, in rows too', () => {
  const starts = /^(?:startedOn|startsOn|opensOn|plannedStart|promisedOn|validFrom|from)$/
  const ends = /^(?:endedOn|endsOn|closesOn|plannedEnd|validUntil|to)$/
  const partsOf = (name: string) => [name.replace(/[^.]*$/, ''), name.replace(/.*\./, '')] as const
  let periods = 0
  for (const kind of kinds.values()) {
    const dates = fieldsOf(kind).filter(({ field }) => field.type === 'date')
    for (const { name, field } of dates) {
      const [group, own] = partsOf(name)
      const hasEnd = dates.some((other) => partsOf(other.name)[0] === group && ends.test(partsOf(other.name)[1]))
      if (!starts.test(own) || !hasEnd) continue
      assert.ok(
        dates.some((other) => other.name === `${group}${field.endsIn}`),
        `${kind.name} ${name} says no end`,
      )
      periods++
    }
  }
  assert.ok(periods > 8, `${periods} periods`)
  const budget = {
    budgets: [
      { from: '2020', to: '2021' },
      { from: '2021-01-01', to: '2020-12-31' },
    ],
  }
  assert.deepEqual(
    violationsOfPeriods(kinds.get('funding')!, budget).map(({ place }) => place),
    ['budgets.1.to'],
  )
})
