/** Learners take all their credentials as one signed record (CLR 2.0); issuers make one; whoever verifies sees each within it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { problemOf, testApp } from '../../../../test/app.ts'
import { password, person } from '../../../../test/people.ts'
import { visitor } from '../../../../test/visitor.ts'
import { clrCredential } from './clr-credential.schema.ts'

const node = await testApp()
const curates = node.as('curator')
const chen = await person(node, 'Chen', { roles: ['curator'] })
const maya = await person(node, 'Maya')
const plain = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')
const pathOf = (link: string) => new URL(link).pathname

const organisation = async (title: string) => {
  const { id } = await curates('organisations.share', { title: { en: title }, originalLanguage: 'en' })
  await curates('issuers.verify', { id })
  return id as string
}
const school = await organisation('Open School')
const college = await organisation('Far College')
const { id: course } = await curates('courses.share', {
  title: { en: 'Radio lessons' },
  originalLanguage: 'en',
  url: 'https://courses.example/radio',
  languages: ['en'],
})
const { id: pathway } = await curates('pathways.share', {
  title: { en: 'Teach at a distance' },
  originalLanguage: 'en',
  steps: [{ title: { en: 'Begin' }, items: [{ title: { en: 'Radio lessons' }, course }] }],
})
const achievement = async (title: string, issuers: string[], closes: string[] = []) => {
  const said = { title: { en: title }, originalLanguage: 'en', criteria: { en: 'Done and seen' } }
  const { id } = await curates('achievements.share', { ...said, issuers, ...(closes.length > 0 && { closes }) })
  return id as string
}
const radio = await achievement('Teaching by radio', [school], [course])
const distance = await achievement('Teaching at a distance', [school], [pathway])
const reading = await achievement('Reading circles', [college])
const award = async (id: string, issuer: string, learner: Record<string, string>, more: object = {}) => {
  const learners = [{ row: 1, date: '2025-12-01', ...learner }]
  const { credentials } = await curates('credentials.award', {
    achievement: id,
    organisation: issuer,
    learners,
    ...more,
  })
  return credentials[0] as { id: string; link: string; credential: any }
}
const verified = (credential: unknown) => node.as()<any>('credentials.verify', { credential })
const codeOf = (told: any, name: string) => told.checks.find((one: any) => one.name === name)?.code

const byEmail = { name: 'Maya Okoro', email: maya.email }
const first = await award(radio, school, byEmail)
const second = await award(distance, school, byEmail, { suite: 'jwt' })
const third = await award(reading, college, byEmail)
// The same name, and the same number at another issuer, are other people.
const named = await award(reading, college, { name: 'Maya Okoro' })
const numbered = await award(radio, school, { name: 'Seven', number: '7' })
await award(distance, school, { name: 'Seven', number: '7' })
const other = await award(reading, college, { name: 'Another', number: '7' })

const take = async (link: string, links = '') => {
  const learner = visitor(node)
  await learner.open(pathOf(link))
  return learner.send(`${pathOf(link).replace(/^\/\w+/, '')}/learner-record`, { links })
}
const ajv = new Ajv2020({ strict: false, allErrors: true })
const faultsOf = (record: object) => (ajv.validate(clrCredential, record) ? [] : ajv.errors)

test('a learner takes all credentials of their email address as one record that meets the standard, and each verifies', async () => {
  const page = await visitor(node).open(pathOf(first.link))
  assert.match(plain(page.body), /This site keeps 3 valid credentials of yours/)
  const answer = await take(first.link)
  assert.equal(answer.status, 200)
  assert.match(String(answer.headers['content-disposition']), /attachment; filename="learner-record\.json"/)
  const record = JSON.parse(answer.body)
  assert.deepEqual(faultsOf(record), [])
  const { verifiableCredential, association } = record.credentialSubject
  assert.deepEqual(
    verifiableCredential.map((one: any) => one.id).toSorted(),
    [
      first.credential,
      JSON.parse(Buffer.from(second.credential.split('.')[1], 'base64url').toString()),
      third.credential,
    ]
      .map(({ id }) => id)
      .toSorted(),
  )
  assert.deepEqual(
    association.map(({ associationType, sourceId, targetId }: any) => [
      associationType,
      sourceId.split('/').at(-1),
      targetId.split('/').at(-1),
    ]),
    [['isPartOf', radio, distance]],
  )
  assert.ok(!answer.body.includes(maya.email))
  const told = await verified(record)
  assert.ok(told.isVerified, JSON.stringify(told.checks))
  assert.deepEqual([codeOf(told, 'within'), codeOf(told, 'schema')], ['ok', 'learnerRecord'])
  assert.deepEqual(
    told.within.map((one: any) => [one.role, one.isVerified, codeOf(one, 'issuer')]),
    Array.from({ length: 3 }, () => ['credential', true, 'ownNode']),
  )
  assert.equal(codeOf(await verified(first.credential), 'within'), undefined)
})

test('nothing follows from a name, or from a number at another issuer; further links of one’s own are taken in', async () => {
  const inside = (answer: { body: string }) => JSON.parse(answer.body).credentialSubject.verifiableCredential.length
  assert.equal(inside(await take(named.link)), 1)
  assert.equal(inside(await take(numbered.link)), 2)
  assert.equal(inside(await take(other.link)), 1)
  assert.equal(inside(await take(named.link, `${first.link}\n${numbered.link}`)), 6)
  const wrong = await take(named.link, 'https://elsewhere.example/claim/nothing')
  assert.equal(wrong.status, 422)
  assert.match(plain(wrong.body), /must be links of credentials of this site that still work/)
  assert.match(wrong.body, /elsewhere\.example/)
})

test('an account lists what was issued to its email address, and takes it as one', async () => {
  const page = await maya.open('/en/account')
  assert.match(plain(page.body), /Credentials issued to you.*Teaching by radio.*Take all 3 valid credentials/)
  const answer = await maya.send('/account/learner-record')
  assert.equal(JSON.parse(answer.body).credentialSubject.verifiableCredential.length, 3)
  assert.doesNotMatch((await chen.open('/en/account')).body, /id="credentials"/)
})

test('an issuer makes the record of a learner from its own credentials alone, on the page and by the API', async () => {
  await chen.open('/en/credentials')
  const sent = await chen.send('/credentials/learner-records', { organisation: school, number: '', email: maya.email })
  const record = JSON.parse(sent.body)
  assert.deepEqual(faultsOf(record), [])
  assert.deepEqual([record.issuer.name, record.credentialSubject.verifiableCredential.length], ['Open School', 2])
  assert.ok((await verified(record)).isVerified)
  await chen.open('/en/credentials')
  const none = await chen.send('/credentials/learner-records', { organisation: college, number: '99', email: '' })
  assert.equal(none.status, 422)
  assert.match(plain(none.body), /is of no learner whose credentials this site keeps for this issuer/)
  const { count, credential } = await curates('credentials.learnerRecord', { organisation: school, number: '7' })
  assert.deepEqual([count, credential.type[1]], [2, 'ClrCredential'])
  assert.equal(await problemOf(curates('credentials.learnerRecord', { organisation: school })), 'invalid')
  const mayaAsks = node.app.perform(
    node.app.operation('credentials.learnerRecord')!,
    { kind: 'person', id: maya.id, roles: ['contributor'] },
    { organisation: school, number: '7' },
  )
  assert.equal(await problemOf(mayaAsks), 'forbidden')
  const nowhere = curates('credentials.learnerRecord', { organisation: '0000000000000000', number: '7' })
  await assert.rejects(nowhere, { code: 'notFound', values: { sort: 'issuer', what: '0000000000000000' } })
})

test('a wallet reads credentials and profile of an account by the Open Badges API, with a key of its own', async () => {
  await maya.open('/en/account')
  const made = await maya.send('/account/keys', {
    keyName: 'Wallet',
    scopes: ['credentials'],
    days: '30',
    keyPassword: password,
  })
  const key = /qingdao_[\w-]+/.exec(made.body)![0]
  const ask = (path: string, headers: Record<string, string> = { authorization: `Bearer ${key}` }) =>
    node.get(`/ob/v3p0${path}`, headers)
  const described = (await ask('/discovery', {})).json()
  assert.deepEqual(Object.keys(described.paths), ['/credentials', '/profile'])
  const all = await ask('/credentials')
  assert.equal(all.headers['x-total-count'], '3')
  const { credential, compactJwsString } = all.json()
  assert.deepEqual([credential.length, compactJwsString.length], [2, 1])
  assert.ok((await verified(credential[0])).isVerified)
  const page = await ask('/credentials?limit=1&offset=1')
  assert.match(String(page.headers.link), /offset=2>; rel="next", .*offset=2>; rel="last", .*offset=0>; rel="prev"/)
  assert.equal((await ask('/credentials?since=2099-01-01')).headers['x-total-count'], '0')
  assert.equal((await ask('/credentials?limit=0')).statusCode, 400)
  assert.deepEqual((await ask('/profile')).json().type, ['Profile'])
  const nobody = await ask('/credentials', {})
  assert.deepEqual([nobody.statusCode, nobody.json().imsx_codeMajor], [401, 'failure'])
  const put = await node.web.fastify.inject({ method: 'PUT', url: '/ob/v3p0/profile', payload: {} })
  assert.deepEqual([put.statusCode, put.headers.allow], [405, 'GET, HEAD'])
  const refusals = [put, nobody, await ask('/credentials?limit=0')].map((one) => one.json())
  // Members and codes as the schema of `Imsx_StatusInfo` has them, which allows no others.
  for (const { imsx_codeMajor, imsx_severity, imsx_description, imsx_codeMinor, ...others } of refusals) {
    assert.deepEqual([imsx_codeMajor, imsx_severity, others], ['failure', 'error', {}])
    assert.match(imsx_description, /\S/)
    assert.equal(imsx_codeMinor.imsx_codeMinorField.length, 1)
  }
  assert.deepEqual(
    refusals.map((one) => one.imsx_codeMinor.imsx_codeMinorField[0].imsx_codeMinorFieldValue),
    ['not_allowed', 'unauthorizedrequest', 'invalid_query_parameter'],
  )
})

test('one that was revoked is seen in a record that was taken before, and is left out of the next', async () => {
  const before = JSON.parse((await take(first.link)).body)
  await curates('credentials.setStatus', { id: third.id, state: 'revoked', reason: 'Wrong person' })
  const told = await verified(before)
  assert.equal(told.isVerified, false)
  assert.deepEqual(told.checks.find(({ name }: any) => name === 'within').values, { count: '1', of: '3' })
  assert.equal(codeOf(told, 'proof'), 'ok')
  assert.deepEqual(told.within.map((one: any) => codeOf(one, 'status')).toSorted(), ['ok', 'ok', 'revoked'])
  const reader = visitor(node)
  await reader.open('/en/verify')
  const page = plain((await reader.send('/verify', { credential: JSON.stringify(before) }, { files: {} })).body)
  assert.match(page, /Do not rely on this credential: 1 check failed/)
  assert.match(page, /Credentials in it Failed 1 of 3 failed a check/)
  assert.match(page, /3 credentials in this record.*Reading circles · Do not rely on this credential.*withdrawn it/)
  assert.equal(JSON.parse((await take(first.link)).body).credentialSubject.verifiableCredential.length, 2)
})

test('a record that was altered, that holds nothing, or too much, does not pass', async () => {
  const record = JSON.parse((await take(first.link)).body)
  const altered = structuredClone(record)
  altered.credentialSubject.verifiableCredential[0].credentialSubject.name = 'Somebody else'
  const told = await verified(altered)
  assert.deepEqual([codeOf(told, 'proof'), codeOf(told, 'within')], ['wrongSignature', 'failed'])
  assert.equal(told.within.filter((one: any) => codeOf(one, 'proof') === 'wrongSignature').length, 1)
  const withInside = (verifiableCredential: unknown) => ({
    ...record,
    credentialSubject: { ...record.credentialSubject, verifiableCredential },
  })
  const codes: [unknown, string][] = [
    [[], 'none'],
    [['x', 7, null], 'failed'],
    [Array.from({ length: 51 }, () => 'x'), 'tooMany'],
    [[withInside([withInside([record])])], 'failed'],
  ]
  for (const [inside, code] of codes) assert.equal(codeOf(await verified(withInside(inside)), 'within'), code)
  const deep = await verified(withInside([withInside([record])]))
  assert.ok(deep.within.some((one: any) => codeOf(one, 'within') === 'tooDeep'))
  const wrongType = structuredClone(record)
  wrongType.credentialSubject.association = [{ type: ['Association'], associationType: 'isBetterThan' }]
  assert.equal(codeOf(await verified(wrongType), 'schema'), 'wrong')
})
