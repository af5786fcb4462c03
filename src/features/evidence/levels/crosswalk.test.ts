import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { problemOf, testApp } from '../../../../test/app.ts'
import { codeList } from '#records/vocabularies/index.ts'
import { crosswalk, levelFrom, type Rating } from './crosswalk.ts'

test('grades are read on the ladder as the published table says', () => {
  const of = (...ratings: [string, string][]) => levelFrom(ratings.map(([scheme, rating]) => ({ scheme, rating })))
  assert.equal(of(['wwc', 'Meets WWC standards without reservations']), 'E5')
  assert.equal(of(['essa', 'tier 2']), 'E4')
  assert.equal(of(['sms', '4']), 'E4', 'of two levels that it may be, the lower')
  assert.equal(of(['sms', '4'], ['essa', '1']), 'E5', 'what both agree on')
  assert.equal(of(['wwc', 'Does not meet WWC standards'], ['nesta', '3']), 'E2', 'where they differ, the lowest')
  assert.equal(of(['eef', 'seventeen']), undefined)
  assert.equal(of(), undefined)
})

test('the table names only schemes and levels that there are, and no grade twice', () => {
  const named = crosswalk.rows.flatMap(({ scheme, rating, also = [] }) =>
    [rating, ...also].map((one) => `${scheme} ${one.toLowerCase()}`),
  )
  assert.equal(new Set(named).size, named.length)
  for (const { scheme, from, to } of crosswalk.rows) {
    assert.ok(codeList('rating-schemes')!.terms[scheme], scheme)
    for (const level of [from, to]) assert.ok(codeList('evidence-levels')!.terms[level], level)
    assert.ok(from <= to)
  }
})

test('a further grade never raises the level above what any grade allows, and order does not matter', () => {
  const grade = fc.constantFrom(...crosswalk.rows)
  fc.assert(
    fc.property(fc.array(grade, { minLength: 1, maxLength: 5 }), (rows) => {
      const ratings: Rating[] = rows.map(({ scheme, rating }) => ({ scheme, rating }))
      const level = levelFrom(ratings)!
      for (const row of rows) assert.ok(level <= row.to)
      assert.equal(levelFrom(ratings.toReversed()), level)
    }),
  )
})

test('who enters a finding gives the grades; the level follows, and another one needs a reason', async () => {
  const app = await testApp()
  const curator = app.as('curator')
  const own = { originalLanguage: 'en' }
  const study = await curator('studies.share', { ...own, title: { en: 'A trial' } })
  const finding = {
    ...own,
    title: { en: 'Reading improved' },
    study: study.id,
    ratings: [{ scheme: 'essa', rating: 'Tier 3' }],
  }
  const kept = await curator('evidence.share', finding)
  assert.equal(kept.body.evidenceLevel, 'E3')
  const page = (await app.get(`/en/records/${kept.id}`)).body
  assert.match(page, /E3 · association with adequate controls[^]*ESSA tier: Tier 3/)
  const bold = { ...finding, evidenceLevel: 'E5' }
  assert.equal(await problemOf(curator('evidence.share', bold)), 'invalid')
  const reasoned = await curator('evidence.share', { ...bold, evidenceLevelReason: { en: 'The trial was redone.' } })
  assert.equal(reasoned.body.evidenceLevel, 'E5')
  assert.match((await app.get(`/en/records/${reasoned.id}`)).body, /The trial was redone\./)
  assert.match((await app.get('/en/search?q=reading')).body, /Tier 3/, 'in lists too the grade stands beside it')
})

test('the table is shown with its version in every language', async () => {
  const app = await testApp()
  for (const language of ['en', 'fr', 'es', 'ru', 'zh', 'ar']) {
    const { body, statusCode } = await app.get(`/${language}/evidence-levels`)
    assert.equal(statusCode, 200)
    assert.ok(body.includes(crosswalk.version))
    assert.match(body, /ESSA(?: Tier |, niveau |, nivel |, уровень |第|، المستوى )2/)
    assert.doesNotMatch(body, /\[en\]/)
  }
})
