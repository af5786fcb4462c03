/** Possible duplicates are suggested and merged: addresses and links redirect, and neither history is lost. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { problemOf, testApp, type TestApp } from '../../../test/app.ts'
import { person } from '../../../test/people.ts'
import { likenessOf, nearness } from './likeness.ts'

const radio = (title: string, more: object = {}) => ({
  title: { en: title },
  originalLanguage: 'en',
  type: 'practice',
  countries: ['KE'],
  ...more,
})

async function appWithTwo() {
  const app = await testApp()
  const share = app.as('curator')
  const one = await share('practices.share', radio('Radio lessons for nomads', { summary: { en: 'By radio.' } }))
  const two = await share('practices.share', radio('Radio lessons for the nomads', { stage: 'pilot' }))
  return { app, share, one: one.id as string, two: two.id as string }
}
const likelyIn = async (app: TestApp, id: string) =>
  (await app.as('curator')('records.duplicates', { id })).records.map((one: { id: string }) => one.id)

test('who describes what is told already is shown it before it is sent in', async () => {
  const { app, one } = await appWithTwo()
  const amina = await person(app, 'Amina')
  await amina.open('/en/share')
  await amina.send('/share', { kind: 'practice', language: 'en' })
  const draft = /\/drafts\/([0-9a-z]{16})/.exec(amina.at)![1]!
  const step = `/drafts/${draft}/edit/story`
  await amina.send(step, { title: 'Radio lessons for nomads' }, { button: ['go', 'overview'] })
  assert.match(amina.page, new RegExp(`Is it one of these\\?[^]*/en/records/${one}`))
  await amina.open(`/en${step}`)
  await amina.send(step, { title: 'Tablets in Peru' }, { button: ['go', 'overview'] })
  assert.doesNotMatch(amina.page, /Is it one of these/)
})

test('a curator makes one record of two, choosing field by field; the old address leads to the new one', async () => {
  const { app, share, one, two } = await appWithTwo()
  const lesson = await share('lessons.share', {
    title: { en: 'Ask herders when they listen' },
    originalLanguage: 'en',
    polarity: 'do',
    practices: [two],
  })
  const chen = await person(app, 'Chen', { roles: ['curator'] })
  await chen.open(`/en/records/${two}`)
  assert.match(chen.page, /Merge with a duplicate/)
  await chen.open(`/en/records/${two}/merge`)
  assert.match(chen.page, /Radio lessons for nomads/, 'the likely one is offered')
  await chen.open(`/en/records/${two}/merge?into=nomads`)
  assert.match(
    chen.page,
    new RegExp(`Records that may be meant[^]*merge\\?into=${one}`),
    'found by a word of its title',
  )
  await chen.open(`/en/records/${two}/merge?into=${one}`)
  const silent = await chen.send(`/records/${two}/merge`, { reason: '' })
  assert.equal(silent.status, 422)
  await chen.send(`/records/${two}/merge`, { reason: 'The same project.' })
  assert.equal(chen.at, `/en/records/${one}?merged=${two}`)

  const merged = (await app.get(`/api/records/${one}`)).json()
  assert.equal(merged.body.title.en, 'Radio lessons for nomads', 'what both say stays as it was, if nothing is chosen')
  assert.equal(merged.body.stage, 'pilot', 'what only the other said is not lost')
  const led = await app.get(`/fr/records/${two}`)
  assert.deepEqual([led.statusCode, led.headers.location], [308, `/fr/records/${one}`])
  const program = await app.get(`/api/records/${two}`)
  assert.deepEqual([program.statusCode, program.headers.location], [308, `/api/records/${one}`])
  assert.deepEqual((await app.get(`/api/records/${lesson.id}`)).json().body.practices, [one], 'links lead on')
  assert.match((await app.get(`/en/records/${two}/history`)).body, /The same project/, 'its history stays')
  assert.match((await app.get(`/en/records/${one}/history`)).body, new RegExp(`records/${two}/history`))
  assert.equal((await app.get('/api/search?q=nomads&kind=practice')).json().total, 1)
})

test('lists of both are kept together where the curator says so; what looks alike is shown whole; a message says that it is done', async () => {
  const app = await testApp()
  const share = app.as('curator')
  const book = { title: { en: 'The moon' }, originalLanguage: 'en', type: 'book', languages: ['en'] }
  const [one, two] = [
    await share('resources.share', {
      ...book,
      url: 'https://books.example/moon',
      keywords: { en: ['moon'], fr: ['lune'] },
      levels: ['1'],
      work: '0123456789abcdef',
    }),
    await share('resources.share', {
      ...book,
      url: 'http://www.books.example/moon/',
      keywords: { en: ['night', 'moon'] },
      levels: ['2', '1'],
      work: '1123456789abcdef',
    }),
  ].map(({ id }) => id)
  const chen = await person(app, 'Chen', { roles: ['curator'] })
  await chen.open(`/en/records/${two}/merge?into=${one}`)
  assert.match(chen.page, /https:\/\/books\.example\/moon<[^]*http:\/\/www\.books\.example\/moon\/</)
  assert.match(chen.page, /1 that is not on this site <code[^>]*>0123456789abcdef/)
  assert.match(chen.page, /name="f\.levels" value="both"[^]*Both lists together/)
  assert.doesNotMatch(chen.page, /name="f\.url" value="both"/, 'there is one address')
  const both = { 'f.levels': 'both', 'f.keywords': 'both' }
  assert.equal((await chen.send(`/records/${two}/merge`, { ...both, reason: '' })).status, 422)
  assert.match(chen.page, /name="f\.levels" value="both" checked/, 'what was chosen stays')
  await chen.send(`/records/${two}/merge`, { reason: 'The same book.' })
  assert.match(chen.page, /role="status">The two records are merged\.[^]*Undo this merge/)
  const { body } = (await app.get(`/api/records/${one}`)).json()
  assert.deepEqual(body.levels, ['1', '2'])
  assert.deepEqual(body.keywords, { en: ['moon', 'night'], fr: ['lune'] })
})

test('what was in a collection stays in it as the record that stays', async () => {
  const { app, share, one, two } = await appWithTwo()
  const collection = await share('curated-collections.share', { title: { en: 'Radio' }, originalLanguage: 'en' })
  await share('collections.invite', { id: collection.id, record: two })
  await share('records.merge', { id: two, revision: 1, into: one, intoRevision: 1, reason: 'The same.' })
  const { collections } = (await app.get(`/api/records/${one}/collections`)).json()
  assert.deepEqual(
    collections.map(({ id }: { id: string }) => id),
    [collection.id],
  )
})

test('what was merged into one that is merged again leads to the last', async () => {
  const { app, share, one, two } = await appWithTwo()
  const three = (await share('practices.share', radio('Radio lessons'))).id
  await share('records.merge', { id: two, revision: 1, into: one, intoRevision: 1, reason: 'The same.' })
  await share('records.merge', { id: one, revision: 2, into: three, intoRevision: 1, reason: 'The same.' })
  assert.equal((await app.get(`/en/records/${two}`)).headers.location, `/en/records/${three}`)
})

test('what others judged stays judged as it was, and what is no record of its own kind is not merged', async () => {
  const { app, share, one, two } = await appWithTwo()
  const review = await share('reviews.share', {
    title: { en: 'Review' },
    originalLanguage: 'en',
    reviews: two,
    revision: 1,
    verdict: 'sound',
  })
  const wanjiru = await person(app, 'Wanjiru', { roles: ['focal-point'], country: 'KE' })
  await wanjiru.open(`/en/records/${two}/national-submission`)
  await wanjiru.send(`/records/${two}/national-submission`, { statement: '' })
  const peru = (await share('practices.share', { ...radio('Radio'), countries: ['PE'] })).id
  const into = (id: string) =>
    share('records.merge', { id: two, revision: 1, into: id, intoRevision: 1, reason: 'The same.' })
  assert.equal(await problemOf(into(peru)), 'invalid', 'Kenya did not submit what was done in Peru')
  await into(one)
  assert.equal((await app.get(`/api/records/${review.id}`)).json().body.reviews, two)
  assert.match((await app.get(`/en/records/${one}`)).body, /Submitted by Kenya/)
  const { records } = (await app.get('/api/national-submissions')).json()
  const twice = { id: records[0].id, revision: 2, into: records[0].id, intoRevision: 2, reason: 'The same.' }
  assert.equal(await problemOf(share('records.merge', twice)), 'invalid')
})

test('a merge made by mistake is undone by bringing the record back', async () => {
  const { app, share, one, two } = await appWithTwo()
  await share('records.merge', { id: two, revision: 1, into: one, intoRevision: 1, reason: 'The same.' })
  assert.equal(await problemOf(share('records.withdraw', { id: two, revision: 2, reason: 'Again' })), 'merged')
  await share('records.restore', { id: two, revision: 2, reason: 'They are two projects' })
  assert.equal((await app.get(`/en/records/${two}`)).statusCode, 200)
})

test('undoing a merge restores both: what was taken over goes back, and links lead where they did, unless somebody changed it since', async () => {
  const { app, share, one, two } = await appWithTwo()
  const lessonAbout = (title: string) =>
    share('lessons.share', { title: { en: title }, originalLanguage: 'en', polarity: 'do', practices: [two] })
  const [quiet, changed] = [await lessonAbout('Ask herders'), await lessonAbout('Repair on site')]
  const read = (id: string) => app.as('curator')('records.read', { id })
  const before = await read(one)
  await share('records.merge', {
    id: two,
    revision: 1,
    into: one,
    intoRevision: 1,
    take: ['title', 'stage'],
    reason: 'The same.',
  })
  const { body } = await read(changed.id)
  await share('lessons.revise', { id: changed.id, revision: 2, body: { ...body, polarity: 'avoid' } })
  assert.equal((await read(one)).body.stage, 'pilot')
  assert.deepEqual((await read(quiet.id)).body.practices, [one])

  await share('records.restore', { id: two, revision: 2, reason: 'They are two projects' })
  assert.deepEqual((await read(one)).body, before.body)
  assert.equal((await read(two)).body.stage, 'pilot')
  assert.deepEqual((await read(quiet.id)).body.practices, [two])
  assert.deepEqual((await read(changed.id)).body.practices, [one], 'what somebody changed since stays as it is')
  const history = (await app.get(`/en/records/${one}/history`)).body
  assert.match(history, /They are two projects/)
  assert.doesNotMatch(history, /\(−/)
})

test('a record that was brought back leads nowhere any more: withdrawn later, it says why; merged the other way, nothing turns in a circle', async () => {
  const { app, share, one, two } = await appWithTwo()
  const merge = (id: string, revision: number, into: string, intoRevision: number) =>
    share('records.merge', { id, revision, into, intoRevision, reason: 'The same.' })
  await merge(two, 1, one, 1)
  await share('records.restore', { id: two, revision: 2, reason: 'They are two projects' })
  await share('records.withdraw', { id: two, revision: 3, reason: 'Wish of its authors' })
  assert.equal((await app.get(`/en/records/${two}`)).statusCode, 410)
  await share('records.restore', { id: two, revision: 4, reason: 'They agree' })
  await merge(one, 2, two, 5)
  await share('records.withdraw', { id: two, revision: 6, reason: 'Rights' })
  assert.equal((await app.get(`/en/records/${two}`)).statusCode, 410)
})

test('a record is not merged into itself, into another kind, into one that changed, or by who may not', async () => {
  const { app, share, one, two } = await appWithTwo()
  const ministry = (await share('organisations.share', { title: { en: 'Ministry' }, originalLanguage: 'en' })).id
  const into = (id: string, more = {}) =>
    share('records.merge', { id: two, revision: 1, into: id, intoRevision: 1, reason: 'The same.', ...more })
  assert.equal(await problemOf(into(two)), 'invalid')
  assert.equal(await problemOf(into(ministry)), 'kindsDiffer')
  assert.equal(await problemOf(into(one, { intoRevision: 2 })), 'conflict')
  assert.equal(await problemOf(into(one, { take: ['originalLanguage'] })), 'invalid')
  const input = { id: two, revision: 1, into: one, intoRevision: 1, reason: 'The same.' }
  assert.equal(await problemOf(app.as('contributor')('records.merge', input)), 'forbidden')
})

test('curators see which records share an address, and what they call different is suggested no more', async () => {
  const app = await testApp()
  const share = app.as('curator')
  const site = { websites: ['https://www.education.example/'], originalLanguage: 'en' }
  const [one, two] = [
    await share('organisations.share', { title: { en: 'Ministry of Education' }, ...site }),
    await share('organisations.share', { title: { en: 'MoE' }, ...site, websites: ['http://education.example'] }),
  ]
  await share('organisations.share', { title: { en: 'Another' }, originalLanguage: 'en' })
  const chen = await person(app, 'Chen', { roles: ['curator'] })
  await chen.open('/en/duplicates')
  assert.match(chen.page, /Ministry of Education[^]*MoE/)
  assert.deepEqual(await likelyIn(app, one.id), [two.id])
  await chen.send('/duplicates', { one: one.id, other: two.id })
  assert.match(chen.page, /No possible duplicates found/)
  assert.deepEqual(await likelyIn(app, one.id), [])
  const amina = await person(app, 'Amina')
  assert.equal((await amina.open('/en/duplicates')).status, 403)
})

test('who calls two records different by mistake undoes it; pairs are counted, narrowed to a kind and told apart', async () => {
  const app = await testApp()
  const share = app.as('curator')
  const site = { originalLanguage: 'en', title: { en: 'Open physics' }, type: 'course', languages: ['en'] }
  for (const year of ['2011', '2019'])
    await share('resources.share', { ...site, url: 'https://physics.example', publishedOn: year })
  const both = { title: { en: 'Ministry' }, originalLanguage: 'en', websites: ['https://education.example'] }
  const ids = [await share('organisations.share', both), await share('organisations.share', both)].map(({ id }) => id)
  const chen = await person(app, 'Chen', { roles: ['curator'] })
  await chen.open('/en/duplicates')
  assert.match(chen.page, /2 pairs[^]*Organisations \(1\)/)
  assert.match(
    chen.page,
    /Open physics<\/a><br \/><span class="small">2011 · [^]*Open physics<\/a><br \/><span class="small">2019 · /,
  )
  await chen.open('/en/duplicates?kind=organisation')
  assert.doesNotMatch(chen.page, /Open physics/)

  await chen.send('/duplicates', { one: ids[0], other: ids[1] })
  assert.match(chen.page, /role="status">[^]*Marked as different[^]*Ministry[^]*Undo/)
  assert.match(chen.page, /1 pair</)
  assert.match(chen.at, /kind=organisation/, 'where one was')
  await chen.send('/duplicates/undo')
  assert.match(chen.page, /2 pairs/)
  assert.match(chen.page, new RegExp(`merge\\?into=(${ids.join('|')})`))
})

test('pairs are counted once while a curator pages through them and calls some different, and again when records changed', async () => {
  const app = await testApp()
  const share = app.as('curator')
  const site = { originalLanguage: 'en', websites: ['https://education.example'] }
  const ministry = (en: string) => share('organisations.share', { ...site, title: { en } })
  const [one, two] = [await ministry('Ministry'), await ministry('Ministry of Education')]
  const { duplicatePairs } = app.app.running.services
  const { all } = duplicatePairs
  let counted = 0
  duplicatePairs.all = (context, isFurther, count) => all(context, isFurther, () => (counted++, count()))
  const counts = async (more = {}) => (await share('duplicates.list', more)).counts
  assert.deepEqual(await counts(), [{ kind: 'organisation', count: 1 }])
  await counts()
  await share('duplicates.dismiss', { one: one.id, other: two.id })
  assert.deepEqual(await counts(), [])
  await share('duplicates.suggestAgain', { one: one.id, other: two.id })
  assert.deepEqual(await counts(), [{ kind: 'organisation', count: 1 }])
  assert.equal(counted, 1)
  await ministry('MoE')
  assert.deepEqual(await counts({ after: 'a' }), [{ kind: 'organisation', count: 1 }], 'as on the page before')
  assert.deepEqual(await counts(), [{ kind: 'organisation', count: 3 }])
  assert.equal(counted, 2)
})

test('likeness is the same both ways, at most one, and one for the same words', () => {
  const text = fc.array(fc.constantFrom('radio', 'уроки', 'دروس', '课程', 'lessons', 'Kenya', ' '), { maxLength: 8 })
  fc.assert(
    fc.property(text, text, (a, b) => {
      const [one, other] = [a.join(' '), b.join(' ')]
      assert.equal(nearness(one, other), nearness(other, one))
      assert.ok(nearness(one, other) <= 1)
      if (/\p{L}/u.test(one)) assert.equal(nearness(one, one.toUpperCase()), 1)
    }),
  )
  const kenya = { title: { en: 'Radio lessons' }, countries: ['KE'] }
  assert.ok(likenessOf(kenya, { ...kenya, countries: ['PE'] }, false).score < likenessOf(kenya, kenya, false).score)
})
