/** Nothing that is published changes silently: who changed what, when and why is there for all to see. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { testApp } from '../../../test/app.ts'
import { person } from '../../../test/people.ts'
import { importer } from '#records/sources/import.ts'
import { ingest } from '#records/sources/ingest.ts'
import { wordsBetween } from '#kernel/i18n/words-between.ts'

const lamps = {
  title: { en: 'Solar lamps', fr: 'Lampes solaires' },
  originalLanguage: 'en',
  type: 'practice',
  description: { en: 'Forty lamps for reading at home.' },
  countries: ['KE'],
}

async function appWithChanges() {
  const node = await testApp()
  const curator = node.as('curator')
  const { id } = await curator('practices.share', lamps)
  await curator('practices.revise', {
    id,
    revision: 1,
    body: {
      ...lamps,
      description: { en: 'Sixty lamps for reading at home.' },
      countries: ['KE', 'UG'],
    },
    note: 'Twenty more were given out',
  })
  return { app: node, curator, id }
}

test('what no number can be, and what no text can hold, ends in an answer on both engines', async () => {
  const { app: node, id } = await appWithChanges()
  assert.equal((await node.get('/api/changes?before=9223372036854775808')).statusCode, 400)
  assert.equal((await node.get('/en/changes?before=1e300')).statusCode, 400)
  const chen = await person(node, 'Chen', { roles: ['curator'] })
  for (const path of ['/en/queue?kind=%00', '/en/duplicates?after=a%00b', `/en/records/${id}/merge?into=%00`])
    assert.equal((await chen.open(path)).status, 200, path)
  assert.deepEqual(node.reported, [])
})

test('what differs between two versions is told field by field, in texts word by word', async () => {
  const { app: node, id } = await appWithChanges()
  const found = (await node.get(`/api/records/${id}/difference?from=1`)).json()
  assert.deepEqual(found.changed.map(({ field }: { field: string }) => field).sort(), ['countries', 'description'])
  const description = found.changed.find(({ field }: { field: string }) => field === 'description')
  assert.deepEqual(description.words.en, [
    { text: 'Forty', change: 'removed' },
    { text: 'Sixty', change: 'added' },
    { text: ' lamps for reading at home.', change: 'same' },
  ])
  const page = (await node.get(`/en/records/${id}/difference?from=1&to=2`)).body
  assert.match(page, /<del>Forty<\/del> lamps/)
  assert.match(page, /<ins>Sixty<\/ins> lamps/)
  assert.match(page, /Kenya[^]*Kenya[^]*Uganda/)
  assert.match(page, /Twenty more were given out/)
  const back = (await node.get(`/en/records/${id}/difference?from=2&to=1`)).body
  assert.match(back, /<del>Sixty<\/del> lamps/, 'any two can be compared, either way round')
})

test('the history of a record leads to what each version changed, and lets any two be compared', async () => {
  const { app: node, id } = await appWithChanges()
  const history = (await node.get(`/fr/records/${id}/history`)).body
  assert.match(history, new RegExp(`href="/fr/records/${id}/difference\\?from=1&amp;to=2"`))
  assert.match(history, /<select name="from">/)
  const old = (await node.get(`/en/records/${id}/versions/1`)).body
  assert.match(
    old,
    new RegExp(`class="cite" dir="auto">[^<]*/records/${id}/versions/1<`),
    'an old version is cited as itself',
  )
})

test('the change log names author, reason and version, newest first, a page at a time; imports are there when asked for', async () => {
  const { app: node, id, curator } = await appWithChanges()
  const amina = await person(node, 'Amina', { roles: ['curator'] })
  const mine = { kind: 'person' as const, id: amina.id, roles: ['curator'] }
  const share = node.app.operation('organisations.share')!
  await node.app.perform(share, mine, { title: { en: 'Ministry' }, originalLanguage: 'en' })
  const row = {
    place: 'rows:1',
    kind: 'resource',
    identifier: 'https://example.org/1',
    body: { title: { en: 'Waves' }, originalLanguage: 'en', type: 'book', languages: ['en'] },
  }
  await node.app.perform(ingest, importer('phet-simulations'), { name: 'phet-simulations', rows: [row] })

  const page = (await node.get('/en/changes')).body
  assert.match(page, /Ministry[^]*Published[^]*Amina[^]*Solar lamps[^]*Revised[^]*Twenty more[^]*Solar lamps/)
  assert.match(page, new RegExp(`/en/records/${id}/difference\\?from=1&amp;to=2`))
  assert.doesNotMatch(page, /Waves/)
  assert.match((await node.get('/en/changes?imports=true')).body, /Waves[^]*Import: PhET[^]*Ministry/)
  const first = (await node.get('/api/changes?limit=2')).json()
  assert.equal(first.changes.length, 2)
  const rest = (await node.get(`/api/changes?limit=2&before=${first.next}`)).json()
  assert.deepEqual([rest.changes.length, rest.next], [1, null])

  await curator('records.withdraw', { id, revision: 2, reason: 'The numbers were invented' })
  const after = (await node.get('/en/changes')).body
  assert.match(after, /Withdrawn[^]*The numbers were invented/)
  assert.doesNotMatch(after, /Solar lamps/, 'what was withdrawn is not read here either')
  const feed = (await node.get('/en/changes.atom')).body
  assert.match(feed, /<entry>[^]*versions\/3[^]*The numbers were invented/)
})

test('words taken out and words put in make up both texts again, in any script', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('радио', ' ', 'دروس', '电台', '课程', 'lessons', '.', '\n', 'é', '👩‍🏫'), {
        maxLength: 60,
      }),
      fc.array(fc.constantFrom('радио', ' ', 'دروس', '电台', '课程', 'lessons', '.', '\n', 'é', '👩‍🏫'), {
        maxLength: 60,
      }),
      fc.constantFrom('en', 'ar', 'zh', 'ru'),
      (one, other, language) => {
        const [before, after] = [one.join(''), other.join('')]
        const parts = wordsBetween(before, after, language)
        const side = (left: string) =>
          parts
            .filter(({ change }) => change !== left)
            .map(({ text }) => text)
            .join('')
        assert.equal(side('added'), before)
        assert.equal(side('removed'), after)
      },
    ),
  )
})

test('a word is one word in every script', () => {
  assert.deepEqual(
    wordsBetween('أربعون مصباحًا', 'ستون مصباحًا', 'ar').map(({ text }) => text),
    ['أربعون', 'ستون', ' مصباحًا'],
  )
  assert.deepEqual(
    wordsBetween('四十盏灯', '六十盏灯', 'zh').map(({ text }) => text),
    ['四十', '六十', '盏灯'],
  )
})

test('two long texts with nothing in common are told apart at once', () => {
  const long = (word: string) => Array.from({ length: 20_000 }, (_, at) => `${word}${at}`).join(' ')
  const parts = wordsBetween(long('a'), long('b'), 'en')
  assert.deepEqual(
    parts.map(({ change }) => change),
    ['removed', 'added'],
  )
})
