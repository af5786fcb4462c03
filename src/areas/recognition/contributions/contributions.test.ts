/** Who published a practice, or reviewed one with or without their name, gets a credential of it, and takes it back. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCarrier } from '#codecs/open-badges/read-carrier.ts'
import { as, collectionWith, give, submitted } from '../../../../test/acting.ts'
import { testApp } from '../../../../test/app.ts'
import { password, person, type Person } from '../../../../test/people.ts'
import { practice } from '../../../../test/practice.ts'
import { visitor } from '../../../../test/visitor.ts'

const node = await testApp()
const seen = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')
const [amina, omar, chen] = [
  await person(node, 'Amina'),
  await person(node, 'Omar', { roles: ['reviewer'] }),
  await person(node, 'Chen', { roles: ['curator'] }),
]

/** Published after Omar reviewed it, with or without his name, as the collection says. */
async function published(author: Person, names: readonly string[], blindness: string) {
  const collection = await collectionWith(node, { blindness }, chen)
  const authors = names.map((name) => ({ name }))
  const id = await submitted(node, author, {
    collection,
    values: { ...practice, ...(names.length > 0 && { authors }) },
  })
  await give(node, chen, id, omar)
  await as(
    node,
    omar,
    'reviewer',
  )('reviews.write', {
    id,
    language: 'en',
    scores: [],
    verdict: 'sound',
    summary: 'Good to learn from.',
    handIn: true,
  })
  const curates = as(node, chen, 'curator')
  await curates('drafts.step', { id, revision: 1, step: 'accept', verdict: 'sound' })
  await curates('drafts.step', { id, revision: 1, step: 'publish' })
  return id
}

const formsOf = (page: string) =>
  [...page.matchAll(/<form[^>]*action="[^"]*\/account\/contributions(\/take-back)?"[^>]*>[^]*?<\/form>/g)].map(
    ([html]) => ({
      fields: Object.fromEntries(
        [...html.matchAll(/name="(record|named|credential)" value="(\w+)"/g)].map(([, name, value]) => [name!, value!]),
      ),
      says: seen(html).trim(),
    }),
  )

/** What the JSON on the page of the credential says. */
async function saved(who: Person, format: string) {
  const link = new RegExp(`href="(/en/claim/[\\w-]+/credential\\.${format})"`).exec(who.page)![1]!
  return who.open(link)
}

const verified = async (credential: string) => {
  const employer = visitor(node)
  await employer.open('/en/verify')
  return seen((await employer.send('/verify', { credential })).body)
}

test('an author gets a credential with the name that the practice shows, verifies it, and takes it back', async () => {
  const id = await published(amina, ['Teacher in Dakar'], 'open')
  await amina.open('/en/account')
  const asking = formsOf(amina.page)
  assert.deepEqual(
    asking.map(({ says }) => says),
    ['Get a credential without your name', 'Get a credential with the name Teacher in Dakar'],
  )
  await amina.send('/account/contributions', asking[1]!.fields)
  assert.match(seen(amina.page), /Author of “Radio lessons”.*Name Teacher in Dakar/)
  const { body } = await saved(amina, 'json')
  const credential = JSON.parse(body)
  assert.equal(credential.credentialSubject.name, 'Teacher in Dakar')
  assert.equal(credential.credentialSubject.achievement.id.endsWith(`/records/${id}#author`), true)
  assert.equal(credential.evidence[0].id.endsWith(`/records/${id}`), true)
  assert.match(credential.awardedDate, /^\d{4}-\d\d-\d\dT/)
  assert.doesNotMatch(body, /Amina/)
  assert.match(await verified(body), /Failed: 0\./)

  await amina.open('/en/account')
  const path = /href="(\/en\/claim\/[\w-]+)"[^>]*>Open your credential/.exec(amina.page)![1]!
  for (const [format, type] of [
    ['svg', 'image/svg+xml'],
    ['png', 'image/png'],
  ] as const) {
    await amina.open(path)
    const picture = await saved(amina, format)
    assert.equal(picture.headers['content-type'], type)
    if (format === 'svg')
      assert.deepEqual(readCarrier(Buffer.from(picture.body)), { carrier: 'svg', text: JSON.stringify(credential) })
  }
  assert.equal((await amina.open(`${path}/print`)).status, 200)

  await amina.open('/en/account')
  const [back] = formsOf(amina.page)
  assert.equal(back!.says, 'Take it back: revoke for good')
  const others = as(node, omar)
  await assert.rejects(others('contributions.takeBack', back!.fields), { code: 'notFound' })
  await assert.rejects(others('contributions.ask', { record: id }), { code: 'notFound' })
  await amina.open('/en/account')
  await amina.send('/account/contributions/take-back', back!.fields)
  assert.match(await verified(body), /Withdrawn or suspended Failed The issuer has withdrawn it/)
  assert.equal(formsOf(amina.page).length, 2, 'it can be asked for anew')
  assert.equal((await amina.open(path)).status, 404)
})

test('a reviewer who is named gets a credential of the review; one who stays unnamed is not given away', async () => {
  const before = formsOf((await omar.open('/en/account')).body)
  assert.deepEqual(
    before.map(({ says }) => says),
    ['Get a credential without your name', 'Get a credential with the name Omar'],
  )
  await omar.send('/account/contributions', before[1]!.fields)
  const open = JSON.parse((await saved(omar, 'json')).body)
  assert.equal(open.credentialSubject.name, 'Omar')
  assert.match(open.name, /Reviewer: “Review of “Radio lessons””/)
  assert.equal(open.evidence[0].id.endsWith(`/records/${before[0]!.fields.record}`), true)

  const hidden = await published(amina, [], 'reviewers-unnamed')
  await omar.open('/en/account')
  const asked = formsOf(omar.page).filter(({ fields }) => fields.record)
  assert.deepEqual(
    asked.map(({ says }) => says),
    ['Get a credential without your name'],
  )
  // Nor when the form is changed by hand.
  await omar.send('/account/contributions', { ...asked[0]!.fields, named: 'yes' })
  const { body } = await saved(omar, 'json')
  for (const word of ['Omar', 'Radio', hidden, asked[0]!.fields.record!, '/records/', 'awardedDate'])
    assert.ok(!body.includes(word), `${word} stands in it`)
  assert.match(body, /Reviewed a submission for .* in \d{4}/)
  assert.match(await verified(body), /Failed: 0\./)
})

test('who wrote with others under other names is not named, and asking twice issues one', async () => {
  const nadia = await person(node, 'Nadia')
  const id = await published(nadia, ['Somebody', 'Somebody else'], 'open')
  const asks = as(node, nadia)
  const { contributions } = await asks('contributions.list')
  assert.deepEqual(
    contributions.map(({ record, name, state }: any) => [record, name, state]),
    [[id, '', 'none']],
  )
  const { path } = await asks('contributions.ask', { record: id, isNamed: true })
  assert.equal((await asks('contributions.ask', { record: id })).path, path)

  await nadia.open('/en/account')
  assert.match(seen(nadia.page), /Credentials for your contributions.*Author, .*Open your credential/)
  const { body } = await nadia.open('/en/account/export.json')
  assert.equal(JSON.parse(body).credentialsOfContributions[0].recordId, id)
  await nadia.open('/en/account')
  await nadia.send('/account/erase', { erasePassword: password })
  assert.equal(
    (await nadia.open(`/en${path}`)).status,
    404,
    'who leaves leaves nothing here; what was saved stays valid',
  )
})
