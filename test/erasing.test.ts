/** Somebody who did everything here erases their account: no table, no column and no file knows of them any more. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { test } from 'node:test'
import { sql } from 'kysely'
import type { App } from '#app'
import { people } from '#accounts/store.ts'
import { attachedFiles } from '#features/attachments/store.ts'
import { drafts } from '#features/editorial/drafts/store.ts'
import { as, collectionWith, give, submitted } from './acting.ts'
import { testApp, type TestApp } from './app.ts'
import { lettersOf, password, person, type Person } from './people.ts'
import { practice } from './practice.ts'

const name = 'Zuberi Kwabenasson'
const address = 'zuberi.kwabenasson@example.org'
const secret = 'words-that-were-never-published'
const csv = `Title,Countries,Contact\nRadio of ${secret},KE,${address}\n`

/** Everything that the database holds, as text: table and column with what stands there. */
async function everyColumn({ database }: App): Promise<{ place: string; text: string }[]> {
  const found: { place: string; text: string }[] = []
  for (const { name: table } of await database.read.introspection.getTables()) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(database.read)
    for (const row of rows)
      for (const [column, value] of Object.entries(row))
        found.push({
          place: `${table}.${column}`,
          text: Buffer.isBuffer(value) ? value.toString('latin1') : String(value),
        })
  }
  return found
}

function everyFile(folder: string): string[] {
  return readdirSync(folder, { recursive: true })
    .map((one) => join(folder, String(one)))
    .filter((path) => statSync(path).isFile())
}

const holds = (bytes: Buffer, mark: string) =>
  bytes.includes(mark) || bytes.includes(mark.toLowerCase()) || bytes.includes(Buffer.from(mark, 'utf16le'))

async function placesOf({ app, folder }: TestApp, mark: string): Promise<string[]> {
  const columns = (await everyColumn(app)).filter(({ text }) => text.toLowerCase().includes(mark.toLowerCase()))
  const files = everyFile(folder).filter((path) => holds(readFileSync(path), mark) || path.includes(mark))
  return [...new Set([...columns.map(({ place }) => place), ...files.map((path) => relative(folder, path))])].sort()
}

/** Signs up nobody: that stands in `accounts.test.ts`. All else that one can do, once. */
async function doEverything(
  node: TestApp,
): Promise<{ zuberi: Person; chen: Person; published: string; shared: string }> {
  const zuberi = await person(node, name, { roles: ['reviewer', 'focal-point'], country: 'KE' })
  assert.equal(zuberi.email, address)
  const chen = await person(node, 'Chen', { roles: ['curator'] })
  const amina = await person(node, 'Amina')
  const ask = as(node, zuberi, 'reviewer', 'focal-point')
  const curate = as(node, chen, 'curator')

  // Published, with an address in it; a draft of their own, saved twice; one with others; files and a spreadsheet.
  const draft = await submitted(node, zuberi, { values: { ...practice, contact: address } })
  await curate('drafts.step', { id: draft, revision: 1, step: 'accept', verdict: 'sound' })
  await curate('drafts.step', { id: draft, revision: 1, step: 'publish' })
  const published = (await drafts(node.app.database.read).find(draft))!.recordId
  await ask('drafts.begin', { kind: 'practice', language: 'en', values: { title: { en: secret }, contact: address } })
  const { id: own } = await ask('drafts.begin', { kind: 'practice', language: 'en', values: { title: { en: 'Own' } } })
  await ask('drafts.save', { id: own, revision: 1, values: { contact: `Ask ${address} about ${secret}` } })
  await ask('drafts.inviteAuthor', { id: own, email: 'friend@example.org' })
  const { id: shared } = await ask('drafts.begin', {
    kind: 'practice',
    language: 'en',
    values: { title: { en: 'Written together' }, contact: address },
  })
  await ask('drafts.inviteAuthor', { id: shared, email: amina.email })
  await as(node, amina)('drafts.answerInvitation', { id: shared, accepts: true })
  await ask('drafts.comment', { id: shared, text: `Write to ${address}.` })
  const { id: others } = await as(node, amina)('drafts.begin', { kind: 'practice', language: 'en', values: practice })
  await as(node, amina)('drafts.inviteAuthor', { id: others, email: address })

  // A review in a collection, a national submission, a translation, subscriptions, a key, wrong passwords, a search of others.
  const collection = await collectionWith(node, {}, chen)
  const reviewed = await submitted(node, await person(node, 'Bo'), { collection })
  await give(node, chen, reviewed, zuberi)
  await ask('reviews.write', { id: reviewed, language: 'en', summary: `Good. ${address}`, strong: 'S', weak: 'W' })
  await ask('records.submitNationally', { id: published, statement: 'We did this.' })
  await ask('subscriptions.save', { query: `q="${address}"`, name: `${name} searches` })
  await ask('subscriptions.follow', { id: published })
  await zuberi.open('/en/account')
  await zuberi.send('/account/keys', {
    keyName: `${name} laptop`,
    scopes: 'practices',
    days: '30',
    keyPassword: password,
  })
  await zuberi.open('/en/sheets')
  await zuberi.send(
    '/sheets',
    { kind: 'practice', language: 'en' },
    { files: { file: { name: `${name}.csv`, content: csv, type: 'text/csv' } } },
  )
  await zuberi.open('/en/forgot-password')
  await zuberi.open('/en/forgot-password')
  await zuberi.send('/forgot-password', { email: address })
  const picture = join(node.folder, 'picture')
  writeFileSync(picture, `a picture of ${secret}`)
  const { sha256: file, bytes } = await node.app.runtime.services.files.keep(picture)
  await node.app.database.write(async (tx) => {
    const at = node.app.environment.now().toISOString()
    const store = attachedFiles(tx)
    await store.add({ file, mediaType: 'image/png', bytes, width: 1, height: 1, createdAt: at })
    await store.addOwner({ file, ownerId: zuberi.id, name: `${name}.png`, at })
  })
  const translate = as(node, zuberi, 'curator')
  await translate('records.translate', {
    id: published,
    language: 'fr',
    revision: 1,
    texts: { title: 'Leçons par la radio' },
  })
  assert.equal((await people(node.app.database.read).keysOf(zuberi.id)).length, 1)
  await lettersOf(node)
  await node.app.saveSearch()
  return { zuberi, chen, published, shared }
}

test('nothing that was not published is left of somebody who erases their account: in no column, in no file', async () => {
  const node = await testApp()
  const { zuberi, published, shared } = await doEverything(node)
  for (const [mark, least] of [
    [address, 6],
    [secret, 2],
    [name, 3],
  ] as const) {
    const places = await placesOf(node, mark)
    assert.ok(places.length >= least, `${mark} stands in ${places.join(', ')}`)
  }

  const account = await zuberi.open('/en/account')
  assert.match(account.body, /Earlier versions of published records stay/, 'what stays is said before')
  await zuberi.send('/account/erase', { erasePassword: password, keepName: 'false' })
  await node.app.saveSearch()
  await node.app.log.follow()

  assert.deepEqual(await placesOf(node, secret), [])
  assert.deepEqual(await placesOf(node, name), [])
  // An address in a text that was published leaves with a new version; the version that was signed stays as it was.
  const inVersions = node.app.database.engine === 'sqlite' ? ['qingdao.sqlite', 'version.body'] : ['version.body']
  assert.deepEqual(await placesOf(node, address), inVersions)
  const now = (await node.get(`/api/records/${published}`)).json()
  assert.equal(now.body.contact, undefined)
  // What others write on stays theirs.
  const left = await drafts(node.app.database.read).find(shared)
  assert.notEqual(left?.ownerId, zuberi.id)
  assert.match(left!.body.contact as string, /^…$/)
  assert.equal((await lettersOf(node)).filter((letter) => letter.includes(address)).length, 0)
})

test('an address that somebody had before, and one that they only asked for, leave with them too', async () => {
  const node = await testApp()
  const zuberi = await person(node, name)
  const amina = await person(node, 'Amina')
  const ask = as(node, zuberi)
  const { id: shared } = await ask('drafts.begin', {
    kind: 'practice',
    language: 'en',
    values: { title: { en: 'Both' }, contact: address },
  })
  await ask('drafts.inviteAuthor', { id: shared, email: amina.email })
  await as(node, amina)('drafts.answerInvitation', { id: shared, accepts: true })
  const { id: others } = await as(node, amina)('drafts.begin', { kind: 'practice', language: 'en', values: practice })
  await as(node, amina)('drafts.inviteAuthor', { id: others, email: address })
  await as(node, amina)('drafts.comment', {
    id: shared,
    text: `Ask ${address}, or later@example.net, or asked@example.net.`,
  })
  await zuberi.open('/en/forgot-password')
  await zuberi.send('/forgot-password', { email: address })

  const changeTo = async (newEmail: string) => {
    await zuberi.open('/en/account')
    await zuberi.send('/account/email', { newEmail, emailPassword: password })
    const letter = (await lettersOf(node)).findLast((one) => one.includes('/account/email/'))!
    return /http:\/\/[^/]+(\/[a-z]{2}\/account\/email\/[\w-]+)/.exec(letter)![1]!
  }
  await zuberi.open(await changeTo('later@example.net'))
  await zuberi.send(zuberi.at.slice(3))
  await changeTo('asked@example.net')
  const marks = [address, 'later@example.net', 'asked@example.net']
  for (const mark of marks) assert.ok((await placesOf(node, mark)).length > 1, mark)
  const exported = JSON.parse((await zuberi.open('/en/account/export.json')).body) as Record<string, any>
  assert.match(JSON.stringify(exported), new RegExp(address))

  await zuberi.open('/en/account')
  await zuberi.send('/account/erase', { erasePassword: password, keepName: 'true' })
  for (const mark of marks) assert.deepEqual(await placesOf(node, mark), [], mark)
})

test('an address in letters beyond ASCII leaves too, in whatever case and composition somebody wrote it', async () => {
  const node = await testApp()
  const elodie = await person(node, 'Élodie', { email: 'Élodie@example.org' })
  const amina = await person(node, 'Amina')
  const [capital, small, apart] = ['ÉLODIE@example.org', 'élodie@example.org', 'e\u0301lodie@example.org']
  const text = `Ask ${capital}, ${small} or ${apart}; not mélodie@example.org.`
  const { id: others } = await as(node, amina)('drafts.begin', { kind: 'practice', language: 'en', values: practice })
  await as(node, amina)('drafts.comment', { id: others, text })
  await elodie.open('/en/forgot-password')
  await elodie.send('/forgot-password', { email: small })
  await lettersOf(node)
  await elodie.open('/en/account')
  await elodie.send('/account/erase', { erasePassword: password, keepName: 'true' })
  const kept = (await everyColumn(node.app)).filter((one) => /lodie@example\.org/i.test(one.text))
  assert.deepEqual(kept, [{ place: 'draft_comment.text', text: 'Ask …, … or …; not mélodie@example.org.' }])
})

test('who published nothing with their address leaves no trace of it in any byte, and keeps their name where they chose to', async () => {
  const node = await testApp()
  const zuberi = await person(node, name)
  const ask = as(node, zuberi)
  for (let at = 0; at < 40; at++)
    await ask('drafts.begin', {
      kind: 'practice',
      language: 'en',
      values: { title: { en: `${secret} ${at} ${'long '.repeat(400)}` }, contact: address },
    })
  await ask('subscriptions.save', { query: 'q=radio', name: 'Radio' })
  await zuberi.open('/en/forgot-password')
  await zuberi.send('/forgot-password', { email: address })
  await lettersOf(node)
  assert.ok((await placesOf(node, address)).length > 3)
  await zuberi.open('/en/account')
  await zuberi.send('/account/erase', { erasePassword: password, keepName: 'true' })
  assert.deepEqual(await placesOf(node, address), [])
  assert.deepEqual(await placesOf(node, secret), [])
  const named = node.app.database.engine === 'sqlite' ? ['account.name', 'qingdao.sqlite'] : ['account.name']
  assert.deepEqual(await placesOf(node, name), named)
})
