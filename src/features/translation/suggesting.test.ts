/** Whoever did not write a record suggests its translation; its authors, curators and trusted translators decide. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import type { Violation } from '#kernel/problem.ts'
import { knownLanguage } from '#kernel/i18n/known-language.ts'
import { digestOfSecret } from '#accounts/secret.ts'
import { people } from '#accounts/store.ts'
import { folderSource } from '#features/transparency/source.ts'
import { verifyLog } from '#features/transparency/verify-log.ts'
import { as, submitted } from '../../../test/acting.ts'
import { problemOf, testApp, usualNow, type TestApp } from '../../../test/app.ts'
import { lettersOf, password, person, type Person } from '../../../test/people.ts'
import { practice } from '../../../test/practice.ts'

const texts = { title: 'Leçons à la radio', summary: 'Des leçons par radio.' }
const fr = { language: 'fr', revision: 1, texts }
const decoded = (letter: string) =>
  letter
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/(?:=[0-9A-F]{2})+/g, (bytes) => Buffer.from(bytes.replaceAll('=', ''), 'hex').toString())
const letters = async (app: TestApp) => (await lettersOf(app)).map(decoded)

/** A record that Nia wrote and that Chen, a curator, published; and Awa, who has had an account for a minute. */
async function published() {
  const app = await testApp()
  const nia = await person(app, 'Nia')
  const chen = await person(app, 'Chen', { roles: ['curator'] })
  const awa = await person(app, 'Awa', { language: 'fr' })
  const draft = await submitted(app, nia)
  const judge = as(app, chen, 'curator')
  await judge('drafts.step', { id: draft, revision: 1, step: 'take' })
  await judge('drafts.step', { id: draft, revision: 1, step: 'accept', verdict: 'sound' })
  const { recordId: id } = await judge('drafts.step', { id: draft, revision: 1, step: 'publish' })
  return { app, nia, chen, awa, id: id as string, judge, stranger: as(app, awa), owner: as(app, nia) }
}
type Ask = ReturnType<typeof as>
const suggestionIn = (at: string) => /\/translations\/([0-9a-z]{16})/.exec(at)![1]!

test('a translation of somebody else’s record waits; its author sees what is different, accepts it, and all are told', async () => {
  const { app, nia, awa, id } = await published()
  await awa.open(`/fr/records/${id}/translate/fr`)
  assert.match(awa.page, /Cette fiche n’est pas la vôtre/)
  await awa.send(`/records/${id}/translate/fr`, texts)
  assert.match(awa.page, /Votre proposition est envoyée/)
  const suggestion = suggestionIn(awa.at)
  assert.doesNotMatch((await app.get(`/fr/records/${id}`)).body, /Leçons à la radio/, 'readers do not see it')
  const [toNia] = (await letters(app)).filter((one) => /^To: nia@/m.test(one) && one.includes('Translation to check'))
  assert.match(toNia!, /Awa suggests a translation of “Radio lessons” \(French\)/)
  assert.match(toNia!, /It concerns: Title and Summary/, 'the fields are named')
  assert.match(toNia!, new RegExp(`/en/translations/${suggestion}`))

  await nia.open('/en/desk')
  assert.match(nia.page, /Suggested translations to accept: 1/)
  await nia.open(`/en/records/${id}`)
  assert.match(nia.page, new RegExp(`href="/en/translations/${suggestion}"`), 'on the page of the record too')
  await nia.open('/en/translations?language=fr')
  assert.match(nia.page, /1 suggestion[^]*Radio lessons[^]*French[^]*Awa/)
  await nia.open('/en/translations?language=es')
  assert.match(nia.page, /Nothing is waiting for you/)
  await nia.open(`/en/translations/${suggestion}`)
  assert.match(nia.page, /Original[^]*Lessons by radio\.[^]*There is no translation yet[^]*Des leçons par radio\./)
  await nia.send(`/translations/${suggestion}/accept`, { summary: 'Des leçons diffusées à la radio.' })
  assert.match(nia.page, /The translation is published/)
  const page = (await app.get(`/fr/records/${id}`)).body
  assert.match(page, /<h1>Leçons à la radio<\/h1>/)
  assert.match(page, /Des leçons diffusées à la radio\./, 'with the change of who accepted it')
  const toAwa = (await letters(app)).findLast((one) => /^To: awa@/m.test(one))!
  assert.match(
    toAwa,
    /Nia a accepté votre traduction de «\u00A0Leçons à la radio\u00A0»|Nia a accepté votre traduction de «\u00A0Radio lessons\u00A0»/,
  )
  const history = (await app.get(`/en/records/${id}/history`)).body
  assert.match(history, /Translated by Awa, accepted by Nia: French/)
})

test('what is renewed is shown beside what readers see, word by word', async () => {
  const { chen, id, judge, stranger } = await published()
  await judge('records.translate', { id, ...fr })
  const { id: suggestion } = await stranger('translations.suggest', {
    id,
    language: 'fr',
    revision: 2,
    texts: { ...texts, summary: 'Des cours par radio.' },
  })
  await chen.open(`/en/translations/${suggestion}`)
  assert.match(chen.page, /<del>leçons<\/del>[^]*<ins>cours<\/ins>/)
  assert.match(chen.page, /Same as the current translation/)
  await chen.send(`/translations/${suggestion}/decline`, { reason: '' })
  assert.match(chen.page, /class="error"/, 'nothing is declined without a reason')
  await chen.send(`/translations/${suggestion}/decline`, { reason: '“Leçons” is what teachers say.' })
  assert.match(chen.page, /The suggestion is declined/)
})

test('the translator reads why it was declined, improves it, and can withdraw it', async () => {
  const { app, awa, nia, id, judge, stranger } = await published()
  const { id: first } = await stranger('translations.suggest', { id, ...fr })
  await judge('translations.decline', { id: first, reason: 'Too literal.' })
  assert.match(
    (await letters(app)).findLast((one) => /^To: awa@/m.test(one))!,
    /> Too literal\./,
  )
  await awa.open('/fr/translations/mine')
  assert.match(awa.page, /refusée/)
  await awa.open(`/fr/translations/${first}`)
  assert.match(awa.page, /Too literal\./)
  const sent = async () => (await letters(app)).filter((one) => /^To: nia@/m.test(one)).length
  const before = await sent()
  const { id: second } = await stranger('translations.suggest', { id, ...fr })
  const again = await stranger('translations.suggest', { id, ...fr, texts: { title: 'La radio' } })
  assert.equal(again.id, second, 'one of a person waits for a record and a language')
  assert.equal(await sent(), before + 1, 'and one e-mail is sent')
  await awa.open(`/fr/records/${id}/translate/fr`)
  assert.match(awa.page, />\s*La radio<\/textarea>/, 'it is there to go on with')
  await awa.open(`/fr/translations/${second}`)
  await awa.send(`/translations/${second}/withdraw`)
  assert.match(awa.page, /Votre proposition est retirée/)
  await nia.open('/en/translations')
  assert.match(nia.page, /Nothing is waiting for you/)
  assert.equal(await problemOf(judge('translations.accept', { id: second, revision: 1 })), 'notFound')
})

test('a stranger rewrites nothing that is published: by form, key, draft, table or in the name of a country', async () => {
  const { app, awa, id, judge, stranger } = await published()
  await judge('records.translate', { id, ...fr })
  const shown = async () => JSON.stringify(await app.as()('records.read', { id }))
  const before = await shown()
  const rewritten = { title: 'Achetez !', summary: 'Achetez ici.' }
  await awa.open(`/fr/records/${id}/translate/fr`)
  await awa.send(`/records/${id}/translate/fr`, rewritten)
  assert.match(awa.page, /Votre proposition est envoyée/)

  const key = 'qingdao_a-key-of-awa'
  await app.app.database.write((tx) =>
    people(tx).addKey({
      id: 'awaskey',
      tokenHash: digestOfSecret(key),
      accountId: awa.id,
      name: 'a program',
      scopes: JSON.stringify(['records', 'practices', 'translations']),
      createdAt: usualNow.toISOString(),
      lastUsedAt: usualNow.toISOString(),
      expiresAt: null,
    }),
  )
  const byKey = (method: 'PUT' | 'POST', url: string, payload: object) =>
    app.web.fastify.inject({ method, url, payload, headers: { authorization: `Bearer ${key}` } })
  const put = await byKey('PUT', `/api/records/${id}/translations/fr`, { revision: 2, texts: rewritten })
  assert.equal(put.statusCode, 403)
  assert.match(put.body, new RegExp(`POST /api/records/${id}/translations/fr/suggestions`), 'it says what to do')
  const suggested = await byKey('POST', `/api/records/${id}/translations/fr/suggestions`, {
    revision: 2,
    texts: rewritten,
  })
  assert.equal(suggested.statusCode, 201)
  assert.match(String(suggested.headers.location), /\/api\/translation-suggestions\/[0-9a-z]{16}$/)

  const body = { ...practice, originalLanguage: 'en', title: { en: 'Radio lessons', fr: 'Achetez !' } }
  const { id: suggestion } = suggested.json() as { id: string }
  const refused = [
    ['practices.revise', { id, revision: 2, body }],
    ['translations.accept', { id: suggestion, revision: 2 }],
    ['records.bringBack', { id, version: 1, revision: 2 }],
    ['records.bringBack', { id, version: 1, revision: 2, language: 'fr' }],
    ['records.submitNationally', { id }],
    ['translators.appoint', { email: awa.email, language: 'fr' }],
  ] as const
  for (const [name, input] of refused) assert.equal(await problemOf(stranger(name, input)), 'forbidden', name)
  const fra = await person(app, 'Fra', { roles: ['focal-point'], country: 'KE' })
  const national = as(app, fra, 'focal-point')
  const rewriting = { id, ...fr, revision: 2, texts: rewritten }
  assert.equal(await problemOf(national('records.translate', rewriting)), 'translationMustBeAccepted')

  // A draft of a change waits for review, whatever languages it writes in.
  const draft = await stranger('drafts.begin', { record: id })
  const saved = await stranger('drafts.save', { id: draft.id, revision: 1, values: { title: body.title } })
  const step = { id: draft.id, revision: saved.draft.revision }
  assert.equal(await problemOf(stranger('drafts.step', { ...step, step: 'publish' })), 'wrongState')
  await stranger('drafts.step', { ...step, step: 'submit' })
  assert.equal(await problemOf(stranger('drafts.step', { ...step, step: 'accept', verdict: 'sound' })), 'forbidden')

  // A table makes drafts, even where a row says which record it is.
  await awa.open('/en/sheets')
  const content = `ID,Title,Title (fr)\n${id},Radio lessons,Achetez !`
  await awa.send(
    '/sheets',
    { kind: 'practice', language: 'en' },
    { files: { file: { name: 'a.csv', content, type: 'text/csv' } } },
  )
  const sheet = /\/sheets\/([0-9a-z]{16})/.exec(awa.at)![1]
  await awa.send(`/sheets/${sheet}/columns`)
  await awa.send(`/sheets/${sheet}/start`)
  for (;;) {
    await awa.open(`/en/sheets/${sheet}`)
    if (/Imported/.test(awa.page)) break
    await wait(20)
  }
  const { drafts } = await stranger('drafts.list', {})
  assert.equal(drafts.length, 2, 'the table made a draft of a record of its own')
  assert.equal(await shown(), before)
})

test('who may translate depends on what it is: a thesaurus and rubrics curators, a review its author', async () => {
  const { app, nia, awa, judge, stranger } = await published()
  const rubric = await judge('rubrics.share', {
    title: { en: 'Practices' },
    originalLanguage: 'en',
    criteria: [
      {
        code: 'a',
        name: { en: 'Clear' },
        levels: [1, 2].map((number) => ({ number, description: { en: `${number}` } })),
      },
    ],
  })
  const asked = { id: rubric.id, language: 'fr', revision: 1, texts: { title: 'Pratiques' } }
  assert.equal(await problemOf(stranger('translations.suggest', asked)), 'forbidden')
  assert.equal(await problemOf(stranger('records.translate', asked)), 'forbidden')
  assert.equal((await awa.open(`/fr/records/${rubric.id}/translate/fr`)).status, 403)
  await awa.open(`/fr/records/${rubric.id}`)
  assert.ok(!awa.page.includes('/translate/'), 'and it is not offered')
  await judge('translators.appoint', { email: awa.email, language: 'fr' })
  assert.equal(
    await problemOf(stranger('records.translate', asked)),
    'forbidden',
    'trust with a language is not enough',
  )
  await judge('records.translate', asked)

  // A review is somebody’s word: nobody else puts it otherwise, not even a curator.
  const review = await writtenReview(app, nia, judge)
  const said = { id: review.id, language: 'fr', revision: 1, texts: { title: 'Avis' } }
  assert.equal(await problemOf(stranger('translations.suggest', said)), 'forbidden')
  assert.equal(await problemOf(judge('records.translate', said)), 'forbidden')
  const translated = await as(app, nia)('records.translate', said)
  assert.equal(translated.body.title.fr, 'Avis')
  await nia.open(`/es/records/${review.id}`)
  assert.match(nia.page, new RegExp(`/es/records/${review.id}/translate/es`), 'its author is offered it')
  await awa.open(`/es/records/${review.id}`)
  assert.ok(!awa.page.includes('/translate/'))
})

/** Of something held elsewhere, written by Nia and published as any other contribution. */
async function writtenReview(app: TestApp, nia: Person, judge: Ask) {
  const values = {
    title: { en: 'A review' },
    elsewhere: { url: 'https://example.org/x', name: 'Something elsewhere' },
    verdict: 'sound',
  }
  const owner = as(app, nia)
  const { id } = await owner('drafts.begin', { kind: 'review', language: 'en', values })
  await owner('drafts.step', { id, revision: 1, step: 'submit' })
  await judge('drafts.step', { id, revision: 1, step: 'take' })
  await judge('drafts.step', { id, revision: 1, step: 'accept', verdict: 'sound' })
  await judge('drafts.step', { id, revision: 1, step: 'publish' })
  return { id: id as string }
}

test('curators trust somebody with a language: they publish at once, accept those of others, and lose it again', async () => {
  const { app, awa, chen, id, stranger } = await published()
  const omar = await person(app, 'Omar')
  const other = as(app, omar)
  const { id: suggestion } = await other('translations.suggest', { id, ...fr })
  assert.equal(
    await problemOf(stranger('translations.suggestion', { id: suggestion })),
    'notFound',
    'others do not see it',
  )
  await chen.open('/en/translators')
  await chen.send('/translators', { email: awa.email, language: 'klingonish', appointPassword: password })
  assert.match(chen.page, /is not the tag \(BCP 47\) of a known language/)
  await chen.send('/translators', { email: 'nobody@example.org', language: 'fr', appointPassword: password })
  assert.match(chen.page, /neither the name nor the address of anybody with an account/)
  await chen.send('/translators', { email: 'Awa', language: 'French', appointPassword: password })
  const chosen = /name="account" value="([0-9a-z]+)"[^]{0,120}<bdi>Awa<\/bdi>/.exec(chen.page)![1]!
  assert.equal(chosen, awa.id, 'found by name')
  await chen.send('/translators', { account: chosen, appointPassword: 'not this one' })
  assert.match(chen.page, /href="#f-appointPassword"/, 'a session that was left open appoints nobody')
  await chen.send('/translators', { account: chosen, appointPassword: password })
  assert.match(chen.page, /<th scope="row"><bdi>Awa<\/bdi>[^]*French/)
  assert.match(
    (await letters(app)).findLast((one) => /^To: awa@/m.test(one))!,
    /Chen vous a nommé traducteur de confiance \(français\)/,
  )
  await awa.open('/fr/desk')
  assert.match(awa.page, /Traductions proposées à accepter\u00A0: 1/)
  await stranger('translations.accept', { id: suggestion, revision: 1 })
  const after = await stranger('records.translate', {
    id,
    language: 'fr-CA',
    revision: 2,
    texts: { title: 'La radio' },
  })
  assert.equal(after.body.title['fr-CA'], 'La radio', 'with a language, its varieties')
  assert.equal(
    await problemOf(stranger('records.translate', { id, language: 'es', revision: 3, texts: { title: 'La radio' } })),
    'translationMustBeAccepted',
  )
  await chen.open('/en/translators')
  await chen.send('/translators/dismiss')
  assert.match(chen.page, /Nobody is a trusted translator yet/)
  assert.match(
    (await letters(app)).findLast((one) => /^To: awa@/m.test(one))!,
    /mis fin à votre rôle/,
  )
  assert.equal(await problemOf(stranger('records.translate', { id, ...fr, revision: 3 })), 'translationMustBeAccepted')
  const { events } = await app.as('operator')('audit.list', { subject: awa.id })
  assert.deepEqual(
    events
      .map(({ event, detail }: { event: string; detail: string }) => [event, detail])
      .filter(([event]: string[]) => event!.startsWith('translator')),
    [
      ['translator.dismissed', 'fr'],
      ['translator.appointed', 'fr'],
    ],
  )
})

test('the curator trusts a translator from what they suggested', async () => {
  const { chen, id, stranger } = await published()
  const { id: suggestion } = await stranger('translations.suggest', { id, ...fr })
  await chen.open(`/en/translations/${suggestion}`)
  assert.match(chen.page, /Make Awa a trusted translator: French/)
  await chen.send('/translators', { appointPassword: 'not this one' })
  assert.match(chen.page, /href="#f-appointPassword"/)
  await chen.send('/translators', { appointPassword: password })
  assert.match(chen.page, /<h1>Trusted translators<\/h1>[^]*Awa/)
})

test('whoever translated it before is told that it was translated anew, and by whom', async () => {
  const { app, id, judge, owner, stranger } = await published()
  const { id: suggestion } = await stranger('translations.suggest', { id, ...fr })
  await owner('translations.accept', { id: suggestion, revision: 1 })
  await judge('records.translate', { id, ...fr, revision: 2, texts: { summary: 'Par radio.' } })
  const told = (await letters(app)).filter(
    (one) => /Chen/.test(one) && new RegExp(`difference\\?from=2&to=3`).test(one),
  )
  assert.deepEqual(told.map((one) => /^To: (\w+)@/m.exec(one)![1]).sort(), ['awa', 'nia'])
})

test('a queue is flooded by nobody', async () => {
  const { app, judge, stranger } = await published()
  const ids: string[] = []
  for (let n = 0; n < 21; n++) ids.push((await judge('practices.share', { ...practice, originalLanguage: 'en' })).id)
  for (const id of ids.slice(0, 20)) await stranger('translations.suggest', { id, ...fr })
  assert.equal(await problemOf(stranger('translations.suggest', { id: ids[20], ...fr })), 'invalid')
  const { count, next } = await judge('translations.suggestions', { limit: '5' })
  assert.deepEqual([count, next], [20, 5])
  assert.ok(app)
})

test('a language is known, and its tag written as it should be', async () => {
  const known = [
    ['fr', 'fr'],
    ['FR', 'fr'],
    ['zh-hant', 'zh-Hant'],
    ['pt-br', 'pt-BR'],
    ['sw', 'sw'],
    ['nqo', 'nqo'],
    ['adh', 'adh'],
  ]
  for (const [tag, canonical] of known) assert.equal(knownLanguage(tag!), canonical, tag)
  for (const tag of [
    'xx',
    'qqq',
    'klingonish',
    'mul',
    'und',
    'zxx',
    'fr-x-mine',
    'fr-u-nu-latn',
    'fr-ZZZZ',
    'fr_FR',
    '',
    'a',
    'fr-fonipa',
    '__proto__',
    'i-klingon',
  ])
    assert.equal(knownLanguage(tag), undefined, tag)
  const { app, awa, id, judge, stranger } = await published()
  assert.equal(await problemOf(judge('records.translate', { id, ...fr, language: 'xx' })), 'unknownLanguage')
  assert.equal(await problemOf(stranger('translations.suggest', { id, ...fr, language: 'qqq' })), 'unknownLanguage')
  assert.deepEqual(Object.keys((await judge('records.translate', { id, ...fr, language: 'FR' })).translations), ['fr'])
  for (const body of [
    { title: { en: 'Radio', qqq: 'Radio' }, originalLanguage: 'en' },
    { title: { xx: 'Radio' }, originalLanguage: 'xx' },
    { title: { en: 'Radio' }, summary: { en: 'Radio', 'xx-latn': 'Radio' }, originalLanguage: 'en' },
  ]) {
    const refused = await judge('practices.share', { ...body, type: 'practice' }).catch((error) => error)
    assert.equal(refused.code, 'invalid', JSON.stringify(body))
    assert.ok(
      refused.violations.every(
        ({ place, rule }: Violation) => rule === 'languageTag' && /\.(qqq|xx|xx-latn)$|^originalLanguage$/.test(place),
      ),
      JSON.stringify(refused.violations),
    )
    const { originalLanguage, ...values } = body
    const begun = stranger('drafts.begin', { kind: 'practice', language: originalLanguage, values })
    assert.equal(await problemOf(begun), 'invalid', 'a draft too')
  }
  const draft = await stranger('drafts.begin', { kind: 'practice' })
  const saving = { id: draft.id, revision: 1, values: { title: { en: 'Radio', qqq: 'Radio' } } }
  assert.equal(await problemOf(stranger('drafts.save', saving)), 'invalid')
  const rows = ['qqq', 'fr'].map((tag) => ({
    place: `list.csv:${tag}`,
    kind: 'practice',
    identifier: `https://example.org/${tag}`,
    body: { title: { [tag]: 'Radio' }, originalLanguage: tag, type: 'practice' },
  }))
  const taken = await app.as('operator')('sources.ingest', { name: 'ror', rows })
  assert.equal(taken.added, 1)
  assert.deepEqual(
    taken.refused.map(({ place }: { place: string }) => place),
    ['list.csv:qqq'],
  )
  const page = await awa.open(`/en/records/${id}/translate/xx`)
  assert.match(page.body, /Unknown language[^]*zh-Hant/)
  assert.ok(app)
})

test('what somebody suggested goes with them when they leave, but for what was accepted', async () => {
  const { app, awa, id, judge, owner, stranger } = await published()
  const { id: accepted } = await stranger('translations.suggest', { id, ...fr })
  await owner('translations.accept', { id: accepted, revision: 1 })
  const { id: waiting } = await stranger('translations.suggest', { id, ...fr, language: 'es', revision: 2 })
  await judge('translators.appoint', { email: awa.email, language: 'sw' })
  await awa.open('/fr/account')
  const out = await stranger('accounts.export')
  assert.match(JSON.stringify(out), /translationSuggestions[^]*Leçons à la radio[^]*trustedWithLanguages":\["sw"\]/)
  await awa.send('/account/erase', { erasePassword: password, keepName: 'false' })
  assert.equal(await problemOf(judge('translations.suggestion', { id: waiting })), 'notFound')
  const { suggestions } = await judge('translations.suggestions', { state: 'accepted' })
  assert.deepEqual(
    suggestions.map(({ by }: { by: { name: string } }) => by.name),
    [''],
  )
  assert.deepEqual((await judge('translators.list')).translators, [])
  assert.doesNotMatch((await app.get(`/en/records/${id}/history`)).body, /Awa/)
})

test('the transparency log has no entry of what waits, and one of what was accepted', async () => {
  const { app, id, owner, judge, stranger } = await published()
  const { id: suggestion } = await stranger('translations.suggest', { id, ...fr })
  await app.app.log.follow()
  const { size } = await app.as()('checkpoint.read', {})
  await owner('translations.accept', { id: suggestion, revision: 1 })
  await judge('records.bringBack', { id, version: 1, revision: 2 })
  await app.app.log.follow()
  const after = await app.as()('checkpoint.read', {})
  assert.equal(after.size, size + 2)
  assert.deepEqual(
    after.newest.slice(0, 2).map(({ action, record, revision }: Entered) => [action, record, revision]),
    [
      ['revise', id, 3],
      ['translate', id, 2],
    ],
  )
  const { findings } = await verifyLog(folderSource(app.app.log.folder))
  assert.deepEqual(
    findings.filter(({ state }) => state === 'bad'),
    [],
  )
})
type Entered = { action: string; record: string; revision: number }
