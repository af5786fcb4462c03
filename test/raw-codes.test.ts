/** No page shows a person what only the software should read: codes, keys of messages, identifiers, user agents. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { kinds, operations, sources } from '#app'
import { readCatalogue } from '#kernel/i18n/messages.ts'
import { ingest } from '#records/sources/ingest.ts'
import { importer } from '#records/sources/import.ts'
import { as, collectionWith, give, submitted } from './acting.ts'
import { testApp, type TestApp } from './app.ts'
import { keyOf, password, person } from './people.ts'
import { practice } from './practice.ts'
import { visitor } from './visitor.ts'

const textsOf = (body: string) =>
  body
    .replaceAll(/<(script|style|template|svg|pre|code|textarea)\b[^>]*>[^]*?<\/\1>/g, ' ')
    .replaceAll(
      /<(?:input|img|button|option|a|section|div)\b[^>]*?\b(?:alt|aria-label|title|placeholder)="([^"]*)"[^>]*>/g,
      '<i>$1</i>',
    )
    .replaceAll(/<[^>]+>/g, '\n')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .split('\n')
    .map((text) => text.trim())
    .filter(Boolean)

const linksIn = (body: string) =>
  [...body.matchAll(/<a\b[^>]*?\bhref="([^"#]+)(?:#[^"]*)?"/g)].map(([, href]) => href!.replaceAll('&amp;', '&'))

const messages = new Set(Object.keys(readCatalogue('en')))
const named = new Set(operations.map(({ name }) => name).filter((name) => name.includes('.')))
/** What is written as one word in lower and upper case: names of fields, and codes of terms. */
const fields = new Set(
  [...kinds.values()].flatMap(({ body }) => Object.keys(body.properties)).filter((name) => /[a-z][A-Z]/.test(name)),
)
const own = JSON.parse(readFileSync('src/records/vocabularies/own.json', 'utf8')) as Record<
  string,
  { terms: Record<string, Record<string, string>> }
>
const codes = new Set(Object.values(own).flatMap(({ terms }) => Object.keys(terms)))
const labels = new Map(
  ['en', 'fr', 'ar'].map((language) => [
    language,
    new Set(Object.values(own).flatMap(({ terms }) => Object.values(terms).map((label) => label[language]))),
  ]),
)

/** Titles of sources stay in the language of those who gave them. */
const ownTitles = new Set([...sources.values()].map(({ title }) => title))

/** What is raw in a text, in a few words; nothing where all is well. */
export function rawIn(text: string, language: string, ids: ReadonlySet<string> = new Set()): string[] {
  const words = text.split(/[\s“”"'«»(),;:!?…·]+/).map((word) => word.replace(/\.+$/, ''))
  return [
    ...(/\bsystem:/.test(text) ? ['actor'] : []),
    ...(/\bperson:[0-9a-z]{8}/.test(text) ? ['person'] : []),
    ...(/\bMozilla\/5/.test(text) ? ['user agent'] : []),
    ...(/\bundefined\b|\[object|\bNaN\b|\bInvalid Date\b/.test(text) && language !== 'en' ? ['no value'] : []),
    ...(/^(?:undefined|null|NaN)$|\[object|\bInvalid Date\b/.test(text) ? ['no value'] : []),
    ...(/\{[a-zA-Z]+\}/.test(text) ? ['gap'] : []),
    // French puts a space before a colon; without one is what names an address or a code.
    ...(language === 'fr' && /[\p{L}\d)]:(?=\s|$)/u.test(text) && !ownTitles.has(text)
      ? ['colon without a space']
      : []),
    ...words.flatMap((word) =>
      ids.has(word)
        ? [`identifier ${word}`]
        : named.has(word)
          ? [`operation ${word}`]
          : word.includes('.') && messages.has(word)
            ? [`key ${word}`]
            : fields.has(word)
              ? [`field ${word}`]
              : [],
    ),
    ...((language === 'en' ? text.includes('-') : /^[a-z-]{3,}$/.test(text)) &&
    codes.has(text) &&
    !labels.get(language)!.has(text)
      ? [`code ${text}`]
      : []),
  ]
}

test('what is raw is seen where it stands, and what is written for people is not', () => {
  assert.deepEqual(rawIn('system:import/ror', 'en'), ['actor'])
  assert.deepEqual(rawIn('Done by drafts.begin', 'en'), ['operation drafts.begin'])
  assert.deepEqual(rawIn('changes.title', 'en'), ['key changes.title'])
  assert.deepEqual(rawIn('startedOn', 'en'), ['field startedOn'])
  assert.deepEqual(rawIn('government-owner', 'en'), ['code government-owner'])
  assert.deepEqual(rawIn('Version {revision}', 'en'), ['gap'])
  assert.deepEqual(rawIn('Radio lessons', 'en'), [])
  assert.deepEqual(rawIn('Pays: Kenya', 'fr'), ['colon without a space'])
  assert.deepEqual(rawIn('Pays\u00a0: Kenya', 'fr'), [])
})

/** Of each thing that can happen to a record, one. */
async function afterALife(app: TestApp) {
  const chen = await person(app, 'Chen', { roles: ['curator', 'operator'] })
  const amina = await person(app, 'Amina')
  const omar = await person(app, 'Omar', { roles: ['reviewer'] })
  const judge = as(app, chen, 'curator', 'operator')
  const author = as(app, amina)
  const share = app.as('curator')
  await share('rubrics.share', JSON.parse(readFileSync('src/features/editorial/rubrics/practice-rubric.json', 'utf8')))
  const row = (n: number) => ({
    place: `rows:${n}`,
    kind: 'resource',
    identifier: `https://example.org/${n}`,
    body: { title: { en: `Waves ${n}` }, originalLanguage: 'en', type: 'book', languages: ['en'] },
  })
  const rows = [row(1), row(2)]
  await app.app.perform(ingest, importer('phet-simulations'), { name: 'phet-simulations', rows })

  const collection = await collectionWith(app, {}, chen)
  const waiting = await submitted(app, amina, { collection })
  await give(app, chen, waiting, omar)
  await author('drafts.comment', { id: waiting, text: 'Please look here', place: 'problem' })
  const draft = await submitted(app, amina, { values: { ...practice, title: { en: 'Tablets for teachers' } } })
  await judge('drafts.step', { id: draft, revision: 1, step: 'take' })
  await judge('drafts.step', { id: draft, revision: 1, step: 'accept', verdict: 'sound' })
  const { recordId: id } = await judge('drafts.step', { id: draft, revision: 1, step: 'publish' })
  const own = (await author('drafts.begin', { kind: 'practice', language: 'en', values: { title: { en: 'Begun' } } }))
    .id
  await as(app, omar)('translations.suggest', {
    id,
    language: 'fr',
    revision: 1,
    texts: { title: 'Des tablettes', summary: 'Des leçons.' },
  })
  await author('records.translate', { id, language: 'es', revision: 1, texts: { title: 'Tabletas' } })
  await judge('translators.appoint', { email: 'omar@example.org', language: 'ar' })
  const two = await share('practices.share', { title: { en: 'Radio here' }, originalLanguage: 'en', type: 'practice' })
  const one = await share('practices.share', { title: { en: 'Radio there' }, originalLanguage: 'en', type: 'practice' })
  const same = { intoRevision: 1, reason: 'The same' }
  await share('records.merge', { id: two.id, revision: 1, into: one.id, ...same })
  const three = await share('practices.share', { title: { en: 'Gone' }, originalLanguage: 'en', type: 'practice' })
  await share('records.withdraw', { id: three.id, revision: 1, reason: 'It names a child' })
  const four = await share('practices.share', { title: { en: 'Back' }, originalLanguage: 'en', type: 'practice' })
  await share('records.withdraw', { id: four.id, revision: 1, reason: 'By mistake' })
  await share('records.restore', { id: four.id, revision: 2, reason: 'It was right' })
  await share('best-bets.share', { title: { en: 'wireless' }, originalLanguage: 'en', recommends: [id] })
  await judge('subscriptions.save', { name: 'Radio', query: 'q=radio' })
  await judge('subscriptions.follow', { id })
  await keyOf(app, chen.id, ['search', 'subscriptions', 'practices'])
  const email = chen.email
  const agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
  await visitor(app, { remote: '198.51.100.9' }).post('/en/sign-in', { email, password }, { 'user-agent': agent })
  await omar.open('/en/queue')
  await app.app.followOwn()
  const gone = [two.id, three.id]
  return {
    chen,
    amina,
    omar,
    id,
    gone,
    ids: [id, draft, waiting, own, two.id, one.id, three.id, four.id, collection, chen.id, amina.id, omar.id],
  }
}

const startsOf = (id: string, gone: readonly string[]) => [
  '/',
  '/desk',
  '/account',
  '/people',
  '/audit',
  '/changes',
  '/changes?imports=true',
  '/queue',
  '/translations',
  '/translators',
  '/collections',
  '/watching',
  '/links',
  '/numbers',
  '/log',
  '/duplicates',
  '/share',
  '/indicators/statistics',
  '/indicators/statistics/indicator',
  '/sheets',
  '/help',
  '/about',
  '/search?all=true',
  `/records/${id}`,
  `/records/${id}/history`,
  `/records/${id}/proof`,
  `/records/${id}/withdraw`,
  ...gone.flatMap((one) => [`/records/${one}`, `/records/${one}/restore`, `/records/${one}/history`]),
]

/** Pages for programmers say names of operations and fields on purpose. */
const isForPrograms =
  /^\/(api|dump|log\/|components|problems|assets|files)|\.(json|csv|atom|xlsx|pdf|bib|ris|csl|jsonld|amb|linkset|tlog-proof|xml|txt)(\?|$)|\/sheets\/templates\//

for (const language of ['en', 'fr', 'ar'])
  test(`${language}: no page that people come to shows a code, a key, an identifier or an actor, or joins words as another language does`, async () => {
    const app = await testApp()
    const { chen, amina, omar, id, gone, ids } = await afterALife(app)
    const known = new Set(ids)
    const found = new Map<string, string>()
    let pages = 0
    for (const who of [chen, amina, omar]) {
      const seen = new Set<string>()
      const shapes = new Map<string, number>()
      const waiting = startsOf(id, gone).map((path) => `/${language}${path}`)
      while (waiting.length > 0) {
        const path = waiting.shift()!
        if (seen.has(path)) continue
        seen.add(path)
        const bare = path.replace(/^\/[a-z]{2}(?=\/|$)/, '')
        // Of lists that go on with other filters a few are enough.
        const shape = bare.replace(/\?.*/, '').replaceAll(/[0-9a-z]{16}|(?<=^\/\w+\/)[^/]+$/g, '*')
        const often = (shapes.get(shape) ?? 0) + 1
        shapes.set(shape, often)
        if (often > 6 || isForPrograms.test(bare) || !path.startsWith(`/${language}`)) continue
        const { status, body, headers, location } = await who.open(path)
        if (location) waiting.push(location)
        if (status === 308) continue
        if (!String(headers['content-type']).startsWith('text/html')) continue
        assert.ok(status < 500, `${path} answers ${status}`)
        pages++
        for (const text of textsOf(body))
          for (const raw of rawIn(text, language, known)) {
            const fault = `${raw}: ${text.slice(0, 90)}`
            if (!found.has(fault)) found.set(fault, path)
          }
        waiting.push(...linksIn(body).filter((href) => href.startsWith('/') && !seen.has(href)))
      }
    }
    assert.ok(pages > 200, `${pages} pages`)
    assert.deepEqual(
      [...found].map(([fault, path]) => `${path}: ${fault}`),
      [],
    )
  })
