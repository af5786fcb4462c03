/**
 * Every form of the site, as its own pages show it, is sent with nothing and with what cannot be, field by field: the page
 * comes back with what is wrong above, each a link to its field, and with all that was typed.
 */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { shell } from '#kernel/context.ts'
import { identities } from '#accounts/identity-store.ts'
import { passkeys } from '#accounts/passkey-store.ts'
import { openSession } from '#accounts/sessions.ts'
import { draftNotes } from '#features/editorial/drafts/note-store.ts'
import { harvests } from '#features/harvest/store.ts'
import { idOf as recordIdOf } from '#records/identifier.ts'
import { drafts } from '#features/editorial/drafts/store.ts'
import { federated } from '#features/federation/store.ts'
import { signedLists } from '#areas/recognition/trust/store.ts'
import { demonstrations } from '#areas/recognition/sources/demonstrations.ts'
import { openFolder } from '#kernel/folder.ts'
import { importer, importSource } from '#records/sources/import.ts'
import { ingest } from '#records/sources/ingest.ts'
import { addressesOf } from './addresses.ts'
import { as, collectionWith, give, submitted } from './acting.ts'
import { doJob, testApp, usualNow, type TestApp } from './app.ts'
import { knownNode, otherAddress, otherNode } from './other-node.ts'
import { keyOf, lettersOf, linkIn, password, person, type Person } from './people.ts'
import { practice } from './practice.ts'
import { multipart, valuesIn, visitor, type Chosen, type Visitor } from './visitor.ts'

/** All addresses of the node that take forms; what is below /api takes JSON. */
const addressesOfForms = (node: TestApp): string[] =>
  addressesOf(node, 'POST').filter((path) => !path.startsWith('/api'))

/** What is no form that somebody fills in. */
const noForms = new Set([
  // Scripts of our pages ask these, and read JSON.
  '/account/passkeys/options',
  '/sign-in/passkey/options',
  // Services elsewhere send JSON to it.
  '/inbox',
  // A server sends this: the provider.
  '/sign-in/provider/ended',
  // Other software for credentials asks these with JSON.
  '/credentials/issue',
  '/credentials/verify',
  '/presentations/verify',
  '/ob/v3p0/credentials',
  '/ob/v3p0/profile',
  // Wallets ask these.
  '/wallet/token',
  '/wallet/nonce',
  '/wallet/credential',
  // Harvesters send this.
  '/oai',
])

type Control = { name: string; tag: string; type: string; options: string[]; isRequired: boolean; value: string }
type Form = {
  action: string
  tag: string
  html: string
  controls: Control[]
  hidden: string[]
  button: [string, string] | undefined
}

const attribute = (tag: string, name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? ''

/** What a person can fill in, in a form as it was shown. */
function formsOn(page: string): Form[] {
  return [...page.matchAll(/(<form\b[^>]*method="post"[^>]*action="([^"]*)"[^>]*>)([^]*?)<\/form>/g)].map(
    ([, tag = '', action = '', html = '']) => {
      const values = new Map(valuesIn(html))
      const controls = new Map<string, Control>()
      for (const [tag, kind = ''] of html.matchAll(/<(input|textarea|select)\b[^>]*>/g)) {
        const type = kind === 'input' ? attribute(tag, 'type') || 'text' : kind
        const name = attribute(tag, 'name')
        if (!name || type === 'hidden') continue
        const known = controls.get(name)
        if (known) known.options.push(attribute(tag, 'value'))
        else {
          const label = new RegExp(`<label for="${attribute(tag, 'id')}">([^]*?)</label>`).exec(html)?.[1]
          const isRequired = label !== undefined && !label.includes('(optional)') && kind !== 'select'
          controls.set(name, {
            name,
            tag,
            type,
            options: [attribute(tag, 'value')],
            isRequired,
            value: values.get(name) ?? '',
          })
        }
      }
      const hidden = [...html.matchAll(/<input type="hidden" name="(\w+)"/g)].map(([, name]) => name!)
      const [, button] = /<button\b([^>]*)>/.exec(html) ?? []
      const named = button && attribute(button, 'name')
      return {
        action,
        tag,
        html,
        controls: [...controls.values()],
        hidden: hidden.filter((name) => name !== 'csrf'),
        button: named ? [named, attribute(button, 'value')] : undefined,
      }
    },
  )
}

const idOf = (name: string) => `f-${name.replaceAll(/[^\w-]/g, '-')}`
const typeable = new Set(['text', 'email', 'date', 'number', 'url', 'search', 'tel', 'textarea'])
const chosen = new Set(['select', 'radio', 'checkbox'])
const long = 'x'.repeat(100_001)

/** What somebody filled in well in the other fields: it must still be there. */
function filled(form: Form, tried: Control): URLSearchParams {
  const sent = new URLSearchParams(valuesIn(form.html))
  for (const { name, type, tag, options, value } of form.controls) {
    if (/autocomplete="current-password"/.test(tag)) sent.set(name, password)
    // What is an address, a colour or a record is not made up.
    if (value || name === tried.name || /url$|address$|^contactEmail$|colour|accent|footerLinks|^record$/i.test(name))
      continue
    if (type === 'email') sent.set(name, 'kept@example.org')
    else if (type === 'date') sent.set(name, '2027-05-05')
    else if (name.endsWith('On')) sent.set(name, '2027')
    else if ((type === 'checkbox' && name === 'scopes') || type === 'radio') sent.set(name, options[0]!)
    else if (
      typeable.has(type) &&
      !/data-choices|inputmode/.test(tag) &&
      (!/dir="ltr"/.test(tag) || / lang=/.test(tag))
    )
      sent.set(name, `Kept ${name}`)
  }
  return sent
}

/** These say nothing to who looks over a shoulder: they are not shown again. */
const isSecret = ({ type, tag }: Control) => type === 'password' || /one-time-code/.test(tag)

const patternOf = (address: string) => new RegExp(`^(?:/[a-z]{2})?${address.replaceAll(':', '[^/]+')}$`)

type Stop = readonly [who: Visitor, at: string | (() => Promise<unknown>)]

/** People, records and drafts such that each page with a form shows it to somebody. */
async function world() {
  const provider = { issuer: 'http://127.0.0.1:9', clientId: 'qingdao', clientSecret: 'none', name: 'University' }
  let clock = usualNow
  const node = await testApp({ provider, secondStep: 'roles', now: () => clock, fetch: otherNode })
  const { app } = node
  const [amina, ben, chen, olga] = [
    await person(node, 'Amina'),
    await person(node, 'Ben'),
    await person(node, 'Chen', { roles: ['curator'] }),
    await person(node, 'Olga', { roles: ['operator'] }),
  ]
  const [omar, nadia, fatou] = [
    await person(node, 'Omar', { roles: ['reviewer'] }),
    await person(node, 'Nadia', { roles: ['reviewer'] }),
    await person(node, 'Fatou', { roles: ['focal-point'], country: 'SN' }),
  ]
  const [writes, curates] = [as(node, amina), as(node, chen, 'curator')]
  const collection = await collectionWith(node, {}, chen)

  const publish = async (title: string) => {
    const id = await submitted(node, amina, { values: { ...practice, title: { en: title }, countries: ['SN'] } })
    await curates('drafts.step', { id, revision: 1, step: 'accept', verdict: 'sound' })
    await curates('drafts.step', { id, revision: 1, step: 'publish' })
    return (await drafts(app.database.read).find(id))!.recordId
  }
  const record = await publish('Radio lessons')
  const alike = await publish('The radio lessons')
  const national = await publish('Radio of Senegal')
  const withdrawn = await publish('Radio withdrawn')
  await curates('records.withdraw', { id: withdrawn, revision: 1, reason: 'It names a child' })
  await as(node, fatou, 'focal-point')('records.submitNationally', { id: national, statement: 'Ours.' })
  await curates('records.translate', { id: record, language: 'fr', revision: 1, texts: { title: 'La radio' } })
  await writes('collections.invite', { id: collection, record: alike }).catch(() => {})
  await curates('collections.invite', { id: collection, record })
  await curates('collections.invite', { id: collection, record: national })
  await writes('collections.answer', { id: collection, record: national, accepts: true })
  for (const title of ['Ministry of Education', 'MoE'])
    await node.as('curator')('organisations.share', {
      title: { en: title },
      originalLanguage: 'en',
      websites: ['https://education.example/'],
    })
  await app.follow()

  const begin = async (more: object = {}) =>
    (await writes('drafts.begin', { kind: 'practice', language: 'en', values: { ...practice, ...more } })).id as string
  const draft = await begin()
  await writes('drafts.inviteAuthor', { id: draft, email: ben.email })
  await writes('drafts.comment', { id: draft, text: 'How far?', place: 'title' })
  const waiting = await submitted(node, amina)
  const declared = await submitted(node, amina)
  await curates('reviews.assign', { id: waiting, reviewer: omar.id })
  await give(node, chen, declared, nadia)

  const suggest = as(node, ben)
  const { id: suggestion } = (await suggest('translations.suggest', {
    id: record,
    language: 'es',
    revision: 2,
    texts: { title: 'Radio' },
  })) as { id: string }
  await curates('translators.appoint', { email: ben.email, language: 'ar' })

  await amina.open('/en/sheets')
  const sheet = async (content: string) => {
    await amina.open('/en/sheets')
    await amina.send(
      '/sheets',
      { kind: 'practice', language: 'en' },
      { files: { file: { name: 'a.csv', content, type: 'text/csv' } } },
    )
    return /\/sheets\/([0-9a-z]{16})/.exec(amina.at)![1]!
  }
  const imported = await sheet('Title\nRadio by sheet\n')
  await writes('spreadsheets.start', { id: imported })
  const mapped = await sheet('Title,Countries,Outcome\nRadio,Kenia,perhaps\n')
  await amina.open(`/en/sheets/${mapped}`)
  await amina.send(`/sheets/${mapped}/columns`, { keepAs: 'Our table' })

  await node.app.perform(node.app.operation('statistics.describe')!, shell, {
    code: 'SN-tablets',
    title: 'Tablets',
    language: 'en',
    unit: 'percent',
    publisher: 'ANSD',
  })
  const table = async (content: string) => {
    await chen.open('/en/indicators/statistics')
    const file = { name: 'a.csv', content, type: 'text/csv' }
    const said = { publisher: 'ANSD', publishedOn: '2024', indicator: 'SN-tablets' }
    await chen.send('/indicators/statistics', said, { files: { file } })
    return /\/statistics\/([0-9a-z]{16})/.exec(chen.at)![1]!
  }
  const published = await table('country,year,value\nSN,2020,10\n')
  await chen.send(`/indicators/statistics/${published}/start`)
  const checked = await table('country,year,value\nSN,2021,10\nSN,2022,many\n')

  const sourceRun = async (number: number) => {
    const names = [{ value: `University ${number}`, lang: 'en', types: ['ror_display'] }]
    const content = JSON.stringify({ id: `https://ror.org/0${number}`, names, status: 'active', types: ['education'] })
    await chen.open('/en/sources/ror')
    await chen.send('/sources/ror', {}, { files: { file: { name: 'a.jsonl', content, type: 'application/json' } } })
    return /\/source-runs\/([0-9a-z]{16})/.exec(chen.at)![1]!
  }
  const applied = await sourceRun(1)
  await chen.send(`/source-runs/${applied}/start`, {})
  while ((await chen.open(`/en/source-runs/${applied}`)).headers.refresh) await wait(20)
  const ofOthers = recordIdOf('https://ror.org/01')
  await chen.open(`/en/records/${ofOthers}/additions`)
  await chen.send(`/records/${ofOthers}/additions`, { note: 'Of this site.', keywords: '' })
  const previewed = await sourceRun(2)
  const harvested = 'oai-repository-example'
  await node.app.database.write(async (db) => {
    const at = usualNow.toISOString()
    const settings = {
      input: 'oai-pmh' as const,
      prefix: 'oai_dc' as const,
      set: '',
      language: 'en',
      licence: '',
      everyHours: 24,
    }
    const state = {
      isPaused: false,
      dueAt: at,
      run: null,
      step: 0,
      beatAt: at,
      nextFrom: null,
      problem: null,
      lastAt: null,
      removedAt: null,
      withdraws: false,
    }
    await harvests(db).add({
      name: harvested,
      title: 'A repository',
      address: 'https://repository.example/oai',
      settings,
      mapping: {},
      ...state,
    })
    const refused = { source: harvested, code: 'titleMissing', values: {}, bytes: '<record/>', at }
    await harvests(db).refuse([{ ...refused, identifier: 'oai:repository.example:1' }])
  })

  await importSource(
    demonstrations,
    await openFolder(join(import.meta.dirname, '../src/areas/recognition/sources/demonstrations')),
    (rows) => app.perform(ingest, importer(demonstrations.name), { name: demonstrations.name, rows }),
  )
  const withoutDemonstrations = async () => {
    await chen.open('/en/demonstrations')
    await chen.send('/demonstrations/remove')
  }

  await writes('subscriptions.save', { query: 'q=radio', name: 'Radio' })
  await as(node, omar)('subscriptions.save', { query: 'q=radio', name: 'Ended' })
  const idOfOne = async (who: Person) => (await as(node, who)('subscriptions.list')).watched[0].id as string
  const ended = await idOfOne(omar)
  await as(node, omar)('subscriptions.end', { id: ended })
  await app.database.write((db) =>
    draftNotes(db).add([{ id: 'a-note', draftId: draft, number: 1, field: '', name: 'Column 7', text: 'Not placed' }]),
  )

  const keeper = node.as('curator')
  const { id: ministry } = await keeper('organisations.share', { title: { en: 'Ministry' }, originalLanguage: 'en' })
  await chen.open(`/en/organisations/${ministry}/members`)
  await chen.send(`/organisations/${ministry}/members`, { email: ben.email, appointPassword: password })
  const { id: commitment } = await keeper('commitments.share', {
    title: { en: 'Connect every school' },
    originalLanguage: 'en',
    stakeholder: 'ministry',
    countries: ['SN'],
    actions: { en: 'Lay fibre.' },
    promisedOn: '2025-11-01',
    milestones: [{ what: { en: 'All schools' }, dueOn: '2027-06-30' }],
    areas: ['access'],
    basis: 'own',
  })

  const { id: expert } = await as(node, amina)('experts.save', { expertHelp: ['training'], workingLanguages: ['en'] })
  await as(node, ben)('experts.write', { id: expert, text: 'Hello' })
  const { id: helper } = await as(node, ben)('experts.save', { expertHelp: ['training'], workingLanguages: ['en'] })
  await as(node, amina)('experts.write', { id: helper, text: 'Hello' })
  const [{ id: answered }] = (await as(node, ben)('experts.messages')).messages.filter(
    (one: { isMine: boolean }) => !one.isMine,
  )
  await as(node, ben)('experts.answer', { id: answered, text: 'Gladly' })

  const { id: offer } = await keeper('offers.share', {
    title: { en: 'Trainers' },
    originalLanguage: 'en',
    supportTypes: ['capacity-development'],
  })

  for (const footer of ['Open every day', 'Open on weekdays']) {
    await olga.open('/en/settings')
    await olga.send('/settings', { title: 'Qingdao', footer }, { files: {} })
  }

  const { id: bet } = await node.as('curator')('best-bets.share', {
    title: { en: 'radio' },
    originalLanguage: 'en',
    recommends: [record],
  })

  await node.app.database.write((db) =>
    signedLists(db).put({
      id: 'trustlist0000001',
      address: 'https://ministry.example/list',
      issuer: 'did:web:ministry.example',
      fingerprint: 'z6Mk',
      list: { titles: { en: 'Schools' }, originalLanguage: 'en', vouchedFor: [], validFrom: '2025-01-01T00:00:00Z' },
      readAt: usualNow.toISOString(),
      triedAt: usualNow.toISOString(),
      failed: 'unreachable',
      addedAt: usualNow.toISOString(),
    }),
  )
  await writes('contributions.ask', { record: alike })
  const { id: issued } = await node.as('curator')('credentials.issueBadge', {
    name: 'Radio teaching',
    description: 'Teaches by radio',
    criteria: 'Ten lessons',
  })

  await chen.open(`/en/organisations/${ministry}/issuing`)
  await chen.send(`/organisations/${ministry}/issuing`)
  await chen.send(`/organisations/${ministry}/issuing/members`, { email: ben.email, issuerPassword: password })
  const { id: unverified } = await keeper('organisations.share', { title: { en: 'School' }, originalLanguage: 'en' })
  const { id: labelled } = await keeper('quality-decisions.share', {
    title: { en: 'Approved' },
    originalLanguage: 'en',
    decidesOn: [ministry],
    qualityResult: 'met',
  })
  const { id: radioPath } = await keeper('pathways.share', {
    title: { en: 'Becoming a radio teacher' },
    originalLanguage: 'en',
    steps: [{ title: { en: 'Voice' } }, { title: { en: 'Script' } }],
  })
  const { id: achievement } = await keeper('achievements.share', {
    title: { en: 'Radio teaching' },
    originalLanguage: 'en',
    issuers: [ministry],
    closes: [radioPath],
  })
  await as(node, chen, 'curator')('completions.set', { achievement, organisation: ministry, basis: 'confirmed' })
  for (const learner of [amina, omar]) {
    const { steps } = await as(node, learner)('completions.progress', { id: radioPath })
    await as(node, learner)('completions.mark', { id: radioPath, steps: steps.map(({ key }: { key: string }) => key) })
  }
  await as(node, omar)('completions.claim', { achievement, record: radioPath, note: 'Student 7' })
  const tableOf = async (content: string) => {
    await chen.open(`/en/achievements/${achievement}/issue`)
    const file = { name: 'a.csv', content, type: 'text/csv' }
    await chen.send(`/achievements/${achievement}/issue`, {}, { files: { file } })
    return /\/batches\/([0-9a-z]{16})/.exec(chen.at)![1]!
  }
  const waitingBatch = await tableOf('Name,Date achieved\nA,2025-01-01\n')
  const issuedBatch = await tableOf('Name,Email address,Date achieved\nB,,2025-01-01\nC,c@example.org,2025-01-01\n')
  await chen.send(`/credentials/batches/${issuedBatch}/start`)
  while ((await chen.open(`/en/credentials/batches/${issuedBatch}`)).headers.refresh) await wait(20)
  const [claimed, toRenew] = (await keeper('credentials.claimLinks', { id: issuedBatch })).links
  await app.database.write((db) =>
    sql`update credential_claim set "expiresAt" = '2020-01-01' where "credentialId" = ${toRenew.id}`.execute(db),
  )

  // Drafts that wait and news are told by e-mail, whose links are pages too; and a record must be looked at again.
  await as(node, chen, 'curator')('subscriptions.save', { query: 'q=radio', name: 'Radio', often: 'daily' })
  await publish('Radio news')
  await app.follow()
  clock = new Date(usualNow.getTime() + 6 * 24 * 60 * 60_000)
  await doJob(app, 'notices')
  await doJob(app, 'watching')
  // They leave some at a time.
  await lettersOf(node)
  const letters = (await lettersOf(node)).join('\n')
  const lastLink = (path: string) => new RegExp(`(/en${path}/[\\w-]{43})`).exec(letters)![1]!
  await app.database.write((db) => sql`update care set "lookAgainOn" = '2020-01-01'`.execute(db))
  await as(node, amina)('subscriptions.renewFeed')
  for (const rows = { done: 0 }; rows.done < 9; rows.done++) await writes('spreadsheets.advance', { id: imported })
  const written = await begin()
  await writes('drafts.inviteAuthor', { id: written, email: olga.email })
  await as(node, olga)('drafts.answerInvitation', { id: written, accepts: true })

  // Beside what the account page shows of itself: a passkey, an identity elsewhere, a key, and a second session.
  const createdAt = usualNow.toISOString()
  await app.database.write(async (db) => {
    const passkey = {
      id: 'a-passkey',
      accountId: amina.id,
      name: 'phone',
      publicKey: 'x',
      counter: '0',
      transports: '[]',
    }
    await passkeys(db).add({ ...passkey, createdAt, lastUsedAt: null })
    await identities(db).add({ issuer: provider.issuer, subject: 'amina', accountId: amina.id, createdAt })
    await openSession({ ...app.environment, db, actor: { kind: 'anyone' } }, amina.id, 'another browser', 'password')
  })
  await keyOf(node, amina.id, ['practices'])

  const stranger = visitor(node)
  const linkTo = async (email: string) => linkIn((await lettersOf(node)).findLast((one) => one.includes(email))!)
  const signUp = async () => {
    await stranger.open('/en/sign-up')
    await stranger.send('/sign-up', { name: 'Sami', email: 'sami@example.org' })
    return stranger.open(await linkTo('sami@example.org'))
  }
  const secondStep = async () => {
    await stranger.open('/en/sign-in')
    return stranger.send('/sign-in', { email: chen.email, password })
  }
  const connecting = async () => {
    await ben.open('/en/account')
    return ben.send('/account/second-step', { factorPassword: password, does: 'connect' })
  }
  const newAddress = async () => {
    await ben.open('/en/account')
    await ben.send('/account/email', { newEmail: 'ben.new@example.org', emailPassword: password })
    const letter = (await lettersOf(node)).findLast((one) => one.includes('/account/email/'))!
    return ben.open(/http:\/\/[^/]+(\/[a-z]{2}\/account\/email\/[\w-]+)/.exec(letter)![1]!)
  }
  await app.database.write(async (db) => {
    await federated(db).putNode(knownNode())
    await federated(db).putNode(knownNode({ id: 'suspended', state: 'suspended' }))
    await sql`insert into inbox_notification values ('0123456789abcdef', 'urn:x', 'reviewRequest', ${record}, 'urn:x', 'https://x.example', 'X', '{}', 'waiting', '2026-01-01T00:00:00.000Z')`.execute(
      db,
    )
    await sql`insert into inbox_announcement values ('0123456789abcdeg', ${record}, '', 'https://x.example', '2026-01-01T00:00:00.000Z', '', '')`.execute(
      db,
    )
    await sql`insert into inbox_answer values ('0123456789abcdeg', 'https://x.example/in', '{"id":"urn:y"}', 1, null, '2026-01-01T00:00:00.000Z', null)`.execute(
      db,
    )
    const copy = {
      chain: '["other"]',
      taken: null,
      document: '{"record":{}}',
      values: '{}',
      refusedAt: usualNow.toISOString(),
    }
    await federated(db).putRefused({ recordId: record, via: 'other', code: 'editedHere', ...copy })
  })
  const { id: reviewedElsewhere } = await node.as('curator')('reviews.share', {
    title: { en: 'A review of a course' },
    originalLanguage: 'en',
    verdict: 'sound',
    elsewhere: { url: 'https://courses.example/1', name: 'A course' },
    creators: [{ name: 'Omar', role: 'author' }],
  })
  const lookingAtNode = async () => {
    await olga.open('/en/network')
    return olga.send('/network/look', { address: otherAddress })
  }
  const stops: Stop[] = [
    [olga, '/network'],
    [chen, '/inbox'],
    [chen, '/inbox/announced'],
    [chen, `/records/${reviewedElsewhere}`],
    [olga, lookingAtNode],
    ...['/sign-in', '/sign-up', '/forgot-password', '/lessons/anonymous', '/verify'].map((at): Stop => [stranger, at]),
    [stranger, signUp],
    [stranger, secondStep],
    [ben, connecting],
    [ben, newAddress],
    [amina, '/account'],
    [amina, '/account/join'],
    [amina, '/share'],
    [chen, '/indicators/statistics'],
    [chen, '/indicators/statistics/indicator'],
    [chen, `/indicators/statistics/${checked}`],
    [chen, `/indicators/statistics/${published}`],
    [amina, '/sheets'],
    [amina, `/sheets/${mapped}`],
    [amina, `/sheets/${mapped}/preview`],
    [amina, `/sheets/${imported}`],
    [chen, `/organisations/${ministry}/members`],
    [amina, `/records/${offer}`],
    [amina, '/experts/mine'],
    [amina, '/experts/messages'],
    [ben, '/experts/messages'],
    [chen, `/experts/${expert}`],
    [fatou, `/records/${commitment}`],
    [omar, `/records/${commitment}`],
    [olga, '/settings'],
    [amina, '/desk/submit'],
    [chen, '/credentials'],
    [chen, `/credentials/${issued}`],
    [chen, `/credentials/${claimed.id}`],
    [chen, `/organisations/${ministry}/issuing`],
    [chen, `/organisations/${unverified}/issuing`],
    [chen, `/achievements/${achievement}/issue`],
    [chen, `/achievements/${achievement}/completion`],
    [amina, `/records/${radioPath}/completion`],
    [omar, `/records/${radioPath}/completion`],
    [chen, '/credentials/completions'],
    [chen, `/records/${achievement}/endorse`],
    [chen, `/records/${labelled}/quality-label`],
    [chen, `/credentials/batches/${waitingBatch}`],
    [chen, `/credentials/batches/${issuedBatch}`],
    [stranger, new URL(claimed.link).pathname.slice(3)],
    [stranger, new URL(toRenew.link).pathname.slice(3)],
    [chen, '/recognition/trust-lists'],
    [chen, '/incomplete'],
    [chen, '/best-bets'],
    [chen, '/best-bets/new'],
    [chen, `/best-bets/${bet}`],
    [amina, '/watching'],
    [omar, `/watching?ended=${ended}`],
    [ben, '/search?q=radio'],
    [amina, '/collections'],
    ...['', '/edit/story', '/edit/outcome', '/edit/more', '/check', '/delete'].map((part): Stop => [
      amina,
      `/drafts/${draft}${part}`,
    ]),
    [amina, `/drafts/${draft}/notes/a-note`],
    [ben, '/desk'],
    [olga, `/drafts/${written}`],
    [stranger, lastLink('/emails').slice(3)],
    [stranger, lastLink('/watching/letters').slice(3)],
    [ben, `/records/${record}`],
    [ben, `/translations/${suggestion}`],
    [ben, `/records/${record}/translate`],
    [ben, `/records/${record}/translate/ru`],
    [chen, `/drafts/${waiting}`],
    [omar, `/drafts/${waiting}`],
    [nadia, `/drafts/${declared}/review`],
    [nadia, `/drafts/${declared}`],
    ...['', '/change', '/withdraw', '/history', `/merge?into=${alike}`, '/versions/1/bring-back'].map((part): Stop => [
      chen,
      `/records/${record}${part}`,
    ]),
    [chen, `/records/${withdrawn}/restore`],
    [amina, `/records/${record}`],
    [fatou, `/records/${record}/national-submission`],
    [fatou, `/records/${national}/national-submission`],
    [chen, `/collections/new`],
    [chen, `/collections/${collection}`],
    [chen, `/collections/${collection}/change`],
    [chen, '/sources/ror'],
    [chen, '/harvest'],
    [chen, `/records/${ofOthers}/additions`],
    [chen, `/harvest/${harvested}`],
    [chen, `/harvest/${harvested}/remove`],
    [chen, `/source-runs/${applied}`],
    [chen, `/source-runs/${previewed}`],
    [chen, '/demonstrations'],
    [chen, withoutDemonstrations],
    [chen, '/duplicates'],
    [chen, `/duplicates?different=${record}%20${radioPath}`],
    [chen, '/translators'],
    [chen, `/translations/${suggestion}`],
    [olga, `/people/${ben.id}`],
    [olga, `/people/${ben.id}/erase`],
    [olga, '/network/other/remove'],
  ]
  return { node, stops }
}

/** The same form of a page that was opened again: its address may hold a new secret. */
const isSame = (one: Form, other: Form) =>
  shapeOf(one) === shapeOf(other) && one.action.split('/').length === other.action.split('/').length
/** The same form of a page that came back: it may have one more empty row. */
const holds = (again: Form, form: Form) =>
  again.action === form.action &&
  stepOf(again) === stepOf(form) &&
  again.hidden.includes('parentId') === form.hidden.includes('parentId') &&
  form.controls.every(({ name }) => again.controls.some((one) => one.name === name))
const stepOf = ({ html }: Form) => /name="step" value="(\w{1,20})"/.exec(html)?.[1]
const shapeOf = (form: Form) => {
  const { action, controls, hidden } = form
  return [
    action.replaceAll(/[\w-]{43}/g, 'a secret'),
    stepOf(form),
    // Rows are as many as somebody filled in.
    [...new Set(controls.map(({ name }) => name.replaceAll(/\.\d+\./g, '.')))].join(),
    hidden.filter((name) => name !== 'resume').join(),
  ].join(' ')
}

/** A field of a group, or the group. */
const placesOf = (name: string) => name.split('.').map((_, at, names) => names.slice(0, at + 1).join('.'))

/** What comes back of a form that was refused; nothing where it is as it should be. */
function faultsOf(
  answer: { status: number; body: string },
  form: Form,
  tried: Control,
  sent: URLSearchParams,
): string[] {
  const { status, body } = answer
  if (status < 400 || status > 499) return [`answered ${status}`]
  const main = /<main[^]*<\/main>/.exec(body)?.[0] ?? ''
  const summary = /<div class="errors" role="alert"[^]*?<\/div>/.exec(main)?.[0]
  if (!summary) return [`${status} without a summary: ${/<h1[^>]*>([^]*?)<\/h1>/.exec(main)?.[1]}`]
  const ids = [...main.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id!)
  const links = [...summary.matchAll(/href="#([^"]*)"/g)].map(([, id]) => id!)
  const again = formsOn(main).find((one) => holds(one, form))
  const now = new Map(again?.controls.map((one) => [one.name, one.value]))
  return [
    ...(placesOf(tried.name).some((name) => links.includes(idOf(name))) || links.includes(attribute(tried.tag, 'id'))
      ? []
      : [`the summary leads to ${links.join()} and not to it`]),
    ...links.filter((id) => !ids.includes(id)).map((id) => `the summary leads to #${id}, which is not there`),
    ...new Set(ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `two have the id ${id}`)),
    ...(main.includes('class="error"') ? [] : ['nothing is said beside the field']),
    ...(again ? [] : ['the form is gone']),
    ...form.controls
      .filter((one) => typeable.has(one.type) && !isSecret(one))
      .filter(({ name }) => again && now.get(name)?.trim() !== sent.get(name)?.trim())
      .map(({ name }) => `what was typed in ${name} is gone`),
  ]
}

/** What is as it should be though it comes back otherwise. */
const exempt = [
  // Which of the two is wrong is not told.
  /^\/en\/sign-in {2}password/,
  // A draft may lack anything until it is submitted; what is missing is told where it is checked.
  /^\/en\/drafts\/\w+\/edit\/\w+ .* empty$/,
  // A part can be translated now and the rest later; and a box that is not ticked says nothing.
  /\/translate\/ru .* empty$|\/translate\/\w+ .*machine impossible$/,
  // A row of a list that is left empty is none.
  /\/settings {2}footerLinks\.0\.\w+ empty$/,
  // What is invited is looked for first.
  /\/invite {2}note too long$/,
  // A script sends it elsewhere before, and shows there what is wrong.
  /^\/en\/account\/passkeys {2}passkeyPassword/,
  // Who signed in just now is asked for nothing more.
  /^\/en\/account\/join {2}joinPassword/,
]

/** What cannot be in this field, and nothing where something has to be. */
function wrongIn({ name, type, isRequired }: Control): (string | undefined)[] {
  if (chosen.has(type)) return ['impossible']
  if (type === 'file') return name === 'file' ? [undefined] : []
  return isRequired ? ['', long] : [long]
}

test('each form of the site that is sent with nothing or with what cannot be comes back with what is wrong, and with what was typed', async () => {
  const { node, stops } = await world()
  const left = new Set(addressesOfForms(node).filter((path) => !noForms.has(path)))
  const done = new Set<string>()
  const faults: string[] = []
  for (const [who, at] of stops) {
    const open = async () => {
      await node.app.database.write((db) => sql`delete from tries`.execute(db))
      await (typeof at === 'string' ? who.open(`/en${at}`) : at())
      return formsOn(who.page)
    }
    for (const met of await open()) {
      const route = [...left, ...done].find((one) => patternOf(one).test(met.action))
      assert.ok(route, `${who.at} sends to ${met.action}, which is no address`)
      left.delete(route)
      done.add(route)
      if (done.has(shapeOf(met))) continue
      done.add(shapeOf(met))
      for (const tried of met.controls)
        for (const wrong of wrongIn(tried)) {
          const form = (await open()).find((one) => isSame(one, met))
          const told = `${shapeOf(met).split(' ').slice(0, 2).join(' ')} ${tried.name} ${wrong === long ? 'too long' : wrong === '' ? 'empty' : wrong}`
          if (exempt.some((one) => one.test(told))) continue
          if (!form) {
            faults.push(`${told}: the form was gone before`)
            continue
          }
          const sent = filled(form, tried)
          sent.delete(tried.name)
          if (wrong !== undefined) sent.set(tried.name, wrong)
          if (form.button) sent.set(...form.button)
          const files: Record<string, Chosen> =
            tried.type === 'file' ? {} : { file: { name: 'a.csv', content: 'Title\nRadio\n', type: 'text/csv' } }
          const isMultipart = /enctype/.test(form.tag)
          const { payload, type } = isMultipart
            ? await multipart(
                sent,
                form.controls.some((one) => one.type === 'file' && one.name === 'file') ? files : {},
              )
            : { payload: sent.toString(), type: 'application/x-www-form-urlencoded' }
          const answer = await who.sendRaw(form.action, payload, type)
          faults.push(...faultsOf(answer, form, tried, sent).map((fault) => `${told}: ${fault}`))
        }
    }
  }
  assert.deepEqual([...left], [], 'these were seen on no page')
  assert.deepEqual(faults, [])
})
