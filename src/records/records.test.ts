import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Type } from 'typebox'
import { closed, operation } from '#kernel/operation.ts'
import { problemOf, testApp, usualNow } from '../../test/app.ts'
import type { Body } from './record.ts'
import { records } from './store.ts'
import { adopt, adoptNewer } from './write.ts'

const radio = {
  title: { en: 'Radio lessons in Sierra Leone' },
  originalLanguage: 'en',
  type: 'practice',
  outcome: 'partly-worked',
  countries: ['SL'],
  technologies: ['radio'],
  areas: ['access'],
  summary: { en: 'Lessons by <radio> & print while schools were closed.' },
}

test('a curator shares a practice, and anyone reads it as JSON and as a page, and finds it', async () => {
  const { as, get } = await testApp()
  const { id } = await as('curator')('practices.share', radio)
  assert.equal((await as()('records.read', { id })).body.title.en, radio.title.en)
  assert.match((await get(`/records/${id}`)).body, /Lessons by &lt;radio&gt; &amp; print/)
  assert.equal((await as()('search', { q: 'sierra' })).total, 1)
  assert.equal((await as()('search', { q: 'mongolia' })).total, 0)
})

test('a stranger may not share, and is told to sign in', async () => {
  const { as } = await testApp()
  assert.equal(await problemOf(as()('practices.share', radio)), 'unauthenticated')
  assert.equal(await problemOf(as('reader')('practices.share', radio)), 'forbidden')
})

test('what does not fit is told by place and rule, and nothing is kept', async () => {
  const { as } = await testApp()
  await assert.rejects(
    as('curator')('practices.share', { ...radio, countries: ['SL', 'XX'], colour: 'red' }),
    (error: any) => {
      assert.deepEqual(
        error.violations.map(({ place, rule }: any) => [place, rule]),
        [['colour', 'additionalProperties']],
      )
      return true
    },
  )
  await assert.rejects(
    as('curator')('practices.share', { ...radio, countries: ['SL', 'XX'] }),
    (error: any) => error.violations[0].rule === 'vocabulary' && error.violations[0].values.code === 'XX',
  )
  await assert.rejects(
    as('curator')('practices.share', { ...radio, originalLanguage: 'fr' }),
    (error: any) => error.violations[0].rule === 'originalLanguage',
  )
  assert.equal((await as()('search')).total, 0)
})

test('a revision keeps the version before, and one made from an old version is refused', async () => {
  const { as, get } = await testApp()
  const curator = as('curator')
  const { id } = await curator('practices.share', radio)
  await curator('practices.revise', {
    id,
    revision: 1,
    body: { ...radio, title: { en: 'Radio lessons, revised' } },
    note: 'Clearer',
  })
  assert.equal(await problemOf(curator('practices.revise', { id, revision: 1, body: radio })), 'conflict')
  assert.deepEqual(
    (await as()('records.history', { id })).versions.map(({ revision, note }: any) => [revision, note]),
    [
      [2, 'Clearer'],
      [1, null],
    ],
  )
  assert.equal((await as()('records.version', { id, revision: 1 })).body.title.en, radio.title.en)
  assert.match((await get(`/records/${id}/versions/1`)).body, /There is a newer version/)
})

test('a withdrawn record leaves a tombstone with the reason, is not found any more, and can come back', async () => {
  const { as, get } = await testApp()
  const { id } = await as('curator')('practices.share', radio)
  assert.equal(
    await problemOf(as('contributor')('records.withdraw', { id, revision: 1, reason: 'Described twice' })),
    'forbidden',
  )
  await as('curator')('records.withdraw', { id, revision: 1, reason: 'Described twice' })
  const gone = await get(`/records/${id}`)
  assert.equal(gone.statusCode, 410)
  assert.match(gone.body, /Described twice/)
  assert.equal((await as()('search', { q: 'radio' })).total, 0)
  assert.equal((await get(`/records/${id}/history`)).statusCode, 200)
  await as('curator')('records.restore', { id, revision: 2, reason: 'It was not' })
  assert.equal((await as()('search', { q: 'radio' })).total, 1)
})

test('a translation knows the version it was made from, and is out of date once the original changes', async () => {
  const { as, get } = await testApp()
  const curator = as('curator')
  const { id } = await curator('practices.share', radio)
  await curator('records.translate', {
    id,
    language: 'fr',
    revision: 1,
    texts: { title: 'Leçons à la radio en Sierra Leone' },
    machine: true,
  })
  const french = (await get(`/fr/records/${id}`)).body
  assert.match(french, /Leçons à la radio/)
  assert.equal((await as()('records.read', { id })).translations.fr.machine, true)
  assert.equal((await as()('search', { q: 'leçon' })).total, 1)
  const { body } = await as()('records.read', { id })
  const after = await curator('practices.revise', {
    id,
    revision: 2,
    body: { ...body, summary: { en: 'Told anew.' } },
  })
  assert.equal(after.sourceRevision, 3)
  assert.equal(after.translations.fr.ofRevision, 1)
  assert.equal(
    await problemOf(curator('records.translate', { id, language: 'fr', revision: 3, texts: { outcome: 'oui' } })),
    'invalid',
  )
})

test('links can be read from both ends', async () => {
  const { as, get } = await testApp()
  const curator = as('curator')
  const solution = await curator('solutions.share', {
    title: { en: 'RACHEL offline library' },
    originalLanguage: 'en',
    types: ['software'],
    licences: ['MIT'],
  })
  const practice = await curator('practices.share', { ...radio, solutions: [solution.id] })
  const { links, counts } = await as()('records.links', { id: solution.id })
  assert.deepEqual(
    links.map(({ rel, direction, id }: any) => [rel, direction, id]),
    [['uses', 'from', practice.id]],
  )
  assert.deepEqual(counts, [{ rel: 'uses', kind: 'practice', count: 1 }])
  assert.match((await get(`/records/${solution.id}`)).body, /Radio lessons in Sierra Leone/)
  assert.match((await get(`/records/${practice.id}`)).body, /RACHEL offline library/)
  assert.equal((await as()('search', { linked: `uses:${solution.id}` })).total, 1)
})

test('the list of a kind is paged by key and misses nothing', async () => {
  const { as } = await testApp()
  for (let i = 0; i < 5; i++) await as('curator')('practices.share', { ...radio, title: { en: `Practice ${i}` } })
  const titles: string[] = []
  let after = 0
  do {
    const page = await as()('practices.list', { after, limit: 2 })
    titles.push(...page.records.map(({ body }: any) => body.title.en))
    after = page.next
  } while (after)
  assert.deepEqual(
    titles,
    [0, 1, 2, 3, 4].map((i) => `Practice ${i}`),
  )
})

test('a translation that leaves texts behind stays as old as they are', async () => {
  const { as } = await testApp()
  const curator = as('curator')
  const { id } = await curator('practices.share', radio)
  await curator('records.translate', {
    id,
    language: 'fr',
    revision: 1,
    texts: { title: 'Titre', summary: 'Résumé' },
  })
  const { body } = await as()('records.read', { id })
  await curator('practices.revise', {
    id,
    revision: 2,
    body: { ...body, title: { ...body.title, en: 'New' }, summary: { ...body.summary, en: 'Told anew' } },
  })
  const partly = await curator('records.translate', {
    id,
    language: 'fr',
    revision: 3,
    texts: { title: 'Nouveau titre' },
  })
  assert.ok(partly.translations.fr.ofRevision < partly.sourceRevision)
  const whole = await curator('records.translate', {
    id,
    language: 'fr',
    revision: 4,
    texts: { title: 'Nouveau titre', summary: 'Redit' },
  })
  assert.equal(whole.translations.fr.ofRevision, whole.sourceRevision)
})

test('people who act at once get one answer and one conflict, never a broken node', async () => {
  const { as, app } = await testApp()
  const { id } = await as('curator')('practices.share', radio)
  const revising = [1, 2, 3].map((n) =>
    problemOf(as('curator')('practices.revise', { id, revision: 1, body: { ...radio, title: { en: `By ${n}` } } })),
  )
  assert.deepEqual((await Promise.all(revising)).sort(), ['conflict', 'conflict', 'none'])
  const rows = Array.from({ length: 50 }, (_, i) => ({
    place: `list.csv:${i}`,
    kind: 'practice',
    identifier: `https://example.org/${i}`,
    body: { ...radio, title: { en: `Row ${i}` } },
  }))
  const take = app.operation('sources.ingest')!
  const taking = [rows, rows.toReversed(), rows].map(
    (some) => app.perform(take, { kind: 'system', id: 'import/ror' }, { name: 'ror', rows: some }) as Promise<any>,
  )
  assert.deepEqual(
    (await Promise.all(taking)).map(({ added }) => added).sort((a, b) => a - b),
    [0, 0, 50],
  )
})

test('signs that turn round what stands after them are left out of texts; marks and isolates stay', async () => {
  const app = await testApp()
  const title = { en: 'Radio \u{202E}snossel\u{202C}', ar: '\u{2067}دروس\u{2069} \u{200F}إذاعية' }
  const { id } = await app.as('curator')('organisations.share', { title, originalLanguage: 'en' })
  const { body } = (await app.get(`/api/records/${id}`)).json()
  assert.deepEqual(body.title, { en: 'Radio snossel', ar: '\u{2067}دروس\u{2069} \u{200F}إذاعية' })
})

test('what turns the direction of writing is taken out of each version of a copy, the newest and those before', async () => {
  const node = await testApp()
  const turned = (revision: number, text: string) => ({
    number: 0,
    id: 'trnd000000000001',
    kind: 'practice',
    status: 'published' as const,
    revision,
    sourceRevision: 1,
    createdAt: usualNow.toISOString(),
    changedAt: usualNow.toISOString(),
    changedBy: 'system:test',
    note: null,
    origin: null,
    translations: {},
    digest: null,
    body: { title: { en: `Radio \u202E${text}` }, originalLanguage: 'en' } as Body,
  })
  const copy = operation({
    name: 'test.copy',
    summary: 'Take a copy twice',
    http: 'POST /test/copy',
    input: Type.Object({}, closed),
    output: Type.Object({}),
    allow: () => true,
    run: async (context) => {
      const kind = context.services.kinds.get('practice')!
      await adopt(context, [{ kind, record: turned(2, 'two'), versions: [turned(1, 'one')] }])
      const before = (await records(context.db).find('trnd000000000001'))!
      await adoptNewer(context, kind, before, { record: turned(4, 'four'), versions: [turned(3, 'three')] })
      return {}
    },
  })
  await node.app.perform(copy, { kind: 'system', id: 'test' }, {})
  for (const [at, said] of ['one', 'two', 'three', 'four'].entries()) {
    const { body } = await node.as()<any>('records.version', { id: 'trnd000000000001', revision: at + 1 })
    assert.equal(body.title.en, `Radio ${said}`)
  }
})
