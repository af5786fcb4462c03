/** Every kind of email in every language: what a person reads who gets one. */
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { languages, type Language } from '#kernel/i18n/languages.ts'
import { readCatalogue } from '#kernel/i18n/messages.ts'
import { deliverMail, post, type Letter } from '#kernel/mail/mail.ts'
import { letterOf as accountLetter, letterToUnconfirmed } from '#accounts/letters.ts'
import { sendNotices } from '#accounts/notices/digest.ts'
import { notices } from '#accounts/notices/store.ts'
import { notify, type Notice } from '#accounts/notices/notify.ts'
import { people } from '#accounts/store.ts'
import { claimLetter, walletCodeLetter } from '#areas/recognition/index.ts'
import { letterOf as watchingLetter } from '#features/subscriptions/letter.ts'
import { testApp, type TestApp } from './app.ts'
import { faultsOf, linksIn, mailIn, paragraphsOf, type Mail } from './mail-faults.ts'
import { lettersOf, person } from './people.ts'

/** The kinds that there are: those that have words. */
const kinds = Object.keys(readCatalogue('en')).flatMap((key) => /^mail\.(.+)\.subject$/.exec(key)?.[1] ?? [])
const newsKinds = kinds.flatMap((kind) => /^news\.(.+)$/.exec(kind)?.[1] ?? []) as Notice['about'][]
const toUnconfirmed = ['confirm', 'newEmail'] as const
const digests = ['notices', 'watching']
/** To somebody who needs no account: a learner. */
const toLearners = ['claim']
const ofAccount = kinds.filter((kind) => ![...digests, ...toLearners].includes(kind) && !kind.startsWith('news.'))

/**
 * Nobody did these: a date passed, or links were checked. An invitation to write says nothing of who invites. A learner’s name
 * stays on the page, behind a sign-in, and who refuses speaks for the issuer.
 */
const withoutPerson: readonly string[] = [
  'careDue',
  'careStale',
  'careArchived',
  'linksBroken',
  'coauthor',
  'completionWaiting',
  'completionRefused',
]
/** What one may do has changed: told always. */
const isOfRole = (about: string) => /^(?:role|curator)|usted$/.test(about)

const names = {
  usual: { site: 'Qingdao', person: 'Chen Wei', title: 'Radio lessons', collection: 'Radio of the world' },
  long: {
    site: 'Clearing house of the Ministry of Education and Vocational Training',
    person: 'Maria Fernanda de la Concepción Rodríguez y Martínez',
    title:
      'How 214 rural schools taught mathematics by radio while the roads were closed for the whole of the rainy season',
    collection: 'Radio, television and the telephone in education: what the regions learned',
  },
}
type Names = (typeof names)['usual']

async function world() {
  const node = await testApp()
  const { id: record } = await node.as('curator')<{ id: string }>('organisations.share', {
    title: { en: 'Radio' },
    originalLanguage: 'en',
  })
  const amina = await person(node, 'Amina')
  const { app } = node
  const draft = (await app.perform(
    app.operation('drafts.begin')!,
    { kind: 'person', id: amina.id, roles: ['contributor'] },
    { kind: 'organisation', language: 'en' },
  )) as { id: string }
  return { node, record, draft: draft.id }
}
type World = Awaited<ReturnType<typeof world>>

const pathOf = ({ record, draft }: World, about: string): string =>
  isOfRole(about)
    ? '/roles'
    : /^(?:care|record|joi|taken|endorsed|links)/.test(about)
      ? `/records/${record}`
      : `/drafts/${draft}`

const contextOf = ({ app }: TestApp, site: string) => ({
  ...app.environment,
  services: { ...app.running.services, site: { ...app.running.services.site, name: site } },
  actor: { kind: 'system' as const, id: 'test' },
})

const noticeOf = (of: World, about: Notice['about'], { person: name, title, collection }: Names): Notice => ({
  about,
  topic: isOfRole(about) ? 'account' : 'own',
  path: pathOf(of, about),
  of: { title: { en: title }, originalLanguage: 'en' },
  person: name,
  note: 'Please say how {far}.\n\n\nThank you.',
  values: (t) => ({
    collection,
    field: t('field.title'),
    fields: t('field.title'),
    language: 'Kiswahili',
    roles: t('role.curator'),
    day: '2 January 2026',
    count: 2,
  }),
})

type Transaction = Parameters<Parameters<TestApp['app']['database']['write']>[0]>[0]
const visible = (text: string) => text.replaceAll(/\p{Cf}/gu, '')
const seen = ({ subject, text, unsubscribe }: Letter): Mail => ({
  subject: visible(subject),
  text: visible(text),
  unsubscribe: Boolean(unsubscribe),
})

/** One of each kind, made by what makes them, in one language. */
async function oneOfEach(of: World, language: Language, given: Names): Promise<Map<string, Mail>> {
  const { node } = of
  const { app } = node
  const who = await person(node, `Amina ${language} ${given.site.length}`, { language })
  const context = contextOf(node, given.site)
  const { site } = context.services
  const made = new Map<string, Mail>()
  const leave = async (kind: string, write: (db: Transaction) => Promise<void>) => {
    const sent: Mail[] = []
    await app.database.write(write)
    await deliverMail(app.database, async (letter) => void sent.push(seen(letter)), context.now)
    assert.equal(sent.length, 1, kind)
    made.set(kind, sent[0]!)
  }
  for (const about of newsKinds)
    await leave(`news.${about}`, (db) => notify({ ...context, db }, [who.id], noticeOf(of, about, given)))
  const here = `${site.address}/${language}`
  const values = { site, link: `${here}/sign-in`, hours: 48, code: '123456', minutes: 10, left: 7 }
  for (const kind of ofAccount)
    await leave(kind, (db) =>
      post(
        db,
        kind === 'confirm' || kind === 'newEmail'
          ? letterToUnconfirmed(kind, who.email, language, values)
          : accountLetter(kind as 'code', who.email, language, { ...values, name: given.person }),
        context.now(),
      ),
    )
  await leave('claim', (db) =>
    post(
      db,
      claimLetter(
        {
          email: who.email,
          name: given.person,
          language,
          title: given.title,
          issuer: given.collection,
          expiresAt: '2026-04-02T00:00:00Z',
        },
        `${here}/claim/${'x'.repeat(43)}`,
        site,
      ),
      context.now(),
    ),
  )
  await leave('walletCode', (db) =>
    post(
      db,
      walletCodeLetter(
        { email: who.email, name: given.person, language, title: given.title },
        { code: '012345', link: `${here}/claim/${'x'.repeat(43)}` },
        site,
      ),
      context.now(),
    ),
  )
  const account = await app.database.write((db) => people(db).byId(who.id))
  const lines = [
    { id: of.record, title: { en: given.title }, originalLanguage: 'en', kind: 'organisation', what: 'new' as const },
  ]
  const watch = { id: 'a'.repeat(16), name: '', query: 'q=radio', recordId: of.record } as never
  const part = { watch, title: { en: given.title }, originalLanguage: 'en', total: 3, lines }
  await leave('watching', (db) =>
    post(db, watchingLetter(account!, [part, part], { site, secret: 'x'.repeat(43) }), context.now()),
  )
  await app.database.write(async (db) => {
    await notices(db).choose(who.id, 'own', 'daily', '2025-01-01T00:00:00.000Z')
    for (const about of ['comment', 'published'] as const)
      await notify(
        { ...context, db, now: () => new Date('2025-12-01T00:00:00Z') },
        [who.id],
        noticeOf(of, about, given),
      )
  })
  await leave('notices', async (db) => {
    await sendNotices.run({ ...context, db } as never, {})
  })
  return made
}

test('the kinds are found, and each is sent by something', () => {
  assert.ok(kinds.length > 55)
  const source = globSync('src/**/*.ts')
    .filter((path) => !path.endsWith('.test.ts'))
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n')
  assert.deepEqual(
    kinds.filter(
      (kind) =>
        !source.includes(`'${kind.replace('news.', '')}'`) &&
        !/^news\.(?:draft|withdrawn|accepted|published)$/.test(kind),
    ),
    [],
  )
})

for (const [length, given] of Object.entries(names))
  test(`with ${length} names: each email of each kind in each language says who, what and where, and leads to a page`, async () => {
    const of = await world()
    const answers = new Map<string, number>()
    const statusOf = async (link: string) => {
      const path = link.slice(of.node.app.running.services.site.address.length)
      if (!answers.has(path)) answers.set(path, (await of.node.get(path)).statusCode)
      return answers.get(path)!
    }
    const faults: string[] = []
    for (const language of languages) {
      const made = await oneOfEach(of, language, given)
      assert.deepEqual([...made.keys()].sort(), [...kinds].sort())
      for (const [kind, mail] of made) {
        const add = (fault: string) => faults.push(`${language} ${kind}: ${fault}: ${mail.subject}`)
        for (const fault of faultsOf(mail, given.site)) add(fault)
        const [greeting = '', first = ''] = paragraphsOf(mail.text)
        const about = kind.replace('news.', '')
        const isNews = kind.startsWith('news.')
        if (isNews && !withoutPerson.includes(about) && !first.includes(given.person)) add('who')
        const words = readCatalogue('en')[`mail.${kind}.text`]!
        if (isNews && words.includes('{title}') && !first.includes(given.title.slice(0, 100))) add('what')
        // What it is about stands in its subject, or a good part of it.
        if (isNews && readCatalogue('en')[`mail.${kind}.subject`]!.includes('{title}'))
          if (!mail.subject.includes(given.title.slice(0, 12))) add('the subject does not name what it is about')
        if ((toUnconfirmed as readonly string[]).includes(kind) && /Amina|Chen|Maria/.test(mail.text))
          add('a name that a stranger typed')
        if (!isNews && !digests.includes(kind) && mail.unsubscribe) add('a security email that can be stopped')
        if ((isNews && !isOfRole(about)) !== mail.unsubscribe && !digests.includes(kind) && isNews)
          add('no way to stop it')
        if (language === 'ar' && !/\p{Script=Arabic}/u.test(greeting)) add('greeting')
        for (const link of linksIn(mail.text)) {
          if (!link.startsWith(of.node.app.running.services.site.address)) add(`elsewhere: ${link}`)
          const status = await statusOf(link)
          // A page, or the way to sign in; the secrets of the sample digest and claim were never given out.
          if (status !== 200 && status !== 303 && !/\/(?:watching\/letters|claim)\//.test(link))
            add(`${link} answers ${status}`)
        }
      }
    }
    assert.ok(answers.size > 6)
    assert.deepEqual(faults, [])
  })

test('in Arabic a name in Latin letters keeps its place, and a paragraph that begins with one begins at the right', async () => {
  const of = await world()
  const who = await person(of.node, 'Amal', { language: 'ar' })
  const context = contextOf(of.node, 'Qingdao')
  await of.node.app.database.write((db) => notify({ ...context, db }, [who.id], noticeOf(of, 'left', names.usual)))
  const letter = (await lettersOf(of.node)).at(-1)!
  assert.match(letter, /\u200Fلم يعد \u2068Chen Wei\u2069 مؤلفًا لـ«\u2068Radio lessons\u2069»/)
  assert.match(letter, /\r\n\u200F\u2068Qingdao\u2069\r\n/)
  assert.match(letter, /\r\nhttp:/)
})

test('what a person wrote about is whole in the text, and names that are cut in the subject end with a sign that says so', async () => {
  const of = await world()
  const who = await person(of.node, 'Olga')
  const context = contextOf(of.node, names.long.site)
  await of.node.app.database.write((db) => notify({ ...context, db }, [who.id], noticeOf(of, 'joined', names.long)))
  const { subject, text } = mailIn((await lettersOf(of.node, names.long.site)).at(-1)!)
  assert.match(subject, /^In the collection Radio, television.*…: How 214 rural.*…$/)
  assert.ok(text.includes(names.long.title) && text.includes(names.long.collection))
})
