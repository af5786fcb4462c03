/** An issuer offers an achievement on completing a pathway; a learner marks the steps, asks, is confirmed or refused, and takes it back. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { as } from '../../../../test/acting.ts'
import { problemOf, testApp } from '../../../../test/app.ts'
import { lettersOf, password, person, type Person } from '../../../../test/people.ts'
import { visitor } from '../../../../test/visitor.ts'

const node = await testApp()
const curates = node.as('curator')
const chen = await person(node, 'Chen', { roles: ['curator'] })
const issuer = await person(node, 'Issuer')
const amal = await person(node, 'Amal')

const { id: school } = await curates('organisations.share', { title: { en: 'Open School' }, originalLanguage: 'en' })
const { id: pathway } = await curates('pathways.share', {
  title: { en: 'Becoming a radio teacher' },
  originalLanguage: 'en',
  steps: [{ title: { en: 'Voice' } }, { title: { en: 'Script' } }, { title: { en: 'Voice' } }],
})
const described = {
  title: { en: 'Teaching by radio' },
  originalLanguage: 'en',
  criteria: { en: 'All three steps' },
  issuers: [school],
  closes: [pathway],
}
const { id: achievement } = await curates('achievements.share', described)
const page = `/en/records/${pathway}/completion`
const plain = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')
const keysOn = (html: string) => [...html.matchAll(/name="steps" value="(\w+)"/g)].map(([, key]) => key!)
const isMarked = (html: string) => [...html.matchAll(/name="steps"[^>]*checked/g)].length
const says = (who: Person) => plain(who.page)
const acts = (who: Person) => as(node, who)
const rows = async <Row>(statement: string): Promise<Row[]> =>
  (await sql.raw<Row>(statement).execute(node.app.database.read)).rows
const verdict = async (credential: unknown) => {
  const { checks, isVerified } = await node.as()<any>('credentials.verify', { credential })
  return { isVerified, status: checks.find(({ name }: { name: string }) => name === 'status').code }
}
/** The JSON that the learner saves from the page of the credential. */
async function saved(who: Person): Promise<any> {
  const link = /href="(\/en\/claim\/[\w-]{43})"/.exec(who.page)![1]!
  return JSON.parse((await who.open(`${link}/credential.json`)).body)
}
const mark = async (who: Person, keys: readonly string[]) => {
  await who.open(page)
  return who.send(`/records/${pathway}/completion`, { steps: [...keys] })
}

await chen.open(`/en/organisations/${school}/issuing`)
await chen.send(`/organisations/${school}/issuing`)
await chen.send(`/organisations/${school}/issuing/members`, { email: issuer.email, issuerPassword: password })

test('only who may issue an achievement says that it is issued on completion, and its pathway then shows it', async () => {
  assert.ok(!(await visitor(node).open(`/en/records/${pathway}`)).body.includes('Credential on completion'))
  assert.equal(
    await problemOf(acts(amal)('completions.set', { achievement, organisation: school, basis: 'stated' })),
    'forbidden',
  )
  assert.match((await issuer.open(`/en/records/${achievement}`)).body, /Issue it on completion/)
  await issuer.open(`/en/achievements/${achievement}/completion`)
  assert.match(says(issuer), /Any of these leads to it: Becoming a radio teacher/)
  await issuer.send(`/achievements/${achievement}/completion`, { organisation: school, basis: 'confirmed' })
  assert.match(issuer.page, /value="confirmed" checked/)
  const seen = plain((await visitor(node).open(`/en/records/${pathway}`)).body)
  assert.match(
    seen,
    /Credential on completion Teaching by radio · Open School The issuer confirms that you completed it/,
  )

  const { closes: _, ...rest } = described
  const { id: loose } = await curates('achievements.share', { ...rest, title: { en: 'Nothing leads to it' } })
  await issuer.open(`/en/achievements/${loose}/completion`)
  await issuer.send(`/achievements/${loose}/completion`, { organisation: school, basis: 'confirmed' })
  assert.match(says(issuer), /needs a course or pathway in the description of the achievement/)
})

test('a learner marks the steps, which nobody else sees, and asks only once all are marked', async () => {
  const stranger = visitor(node)
  await stranger.open(page)
  assert.match(stranger.at, /sign-in\?next=/)
  await amal.open(page)
  const keys = keysOn(amal.page)
  // Two steps of one name are two steps.
  assert.equal(new Set(keys).size, 3)
  await mark(amal, keys.slice(0, 2))
  assert.equal(isMarked(amal.page), 2)
  assert.match(says(amal), /Mark every step as completed first/)
  const asking = { achievement, record: pathway, note: 'Student 7' }
  assert.equal(await problemOf(acts(amal)('completions.claim', asking)), 'invalid')
  await mark(amal, ['0123456789abcdef'])
  assert.match(says(amal), /What you completed: must be one of those offered|There is a problem/)
  await mark(amal, keys)
  assert.equal(isMarked(amal.page), 3)
  assert.equal(isMarked((await issuer.open(page)).body), 0)

  await amal.send(`/records/${pathway}/completion/claim`, { achievement, name: 'Amal Haddad', note: ' ' })
  assert.match(says(amal), /How the issuer knows you/)
  assert.match(amal.page, /value="Amal Haddad"/)
  await amal.send(`/records/${pathway}/completion/claim`, { achievement, name: 'Amal Haddad', note: 'Student 7' })
  assert.match(says(amal), /Waiting for confirmation by the issuer/)
  const letters = (await lettersOf(node)).filter((one) => one.includes(issuer.email))
  assert.match(JSON.stringify(letters), /A learner waits for confirmation: Teaching by radio/)
})

test('what a learner told the issuer is closed, read by the issuer alone, and gone when it was decided', async () => {
  const kept = await rows<{ closed: string | null }>('select * from completion_claim')
  assert.equal(kept.length, 1)
  assert.ok(!JSON.stringify(kept).includes('Student 7') && !JSON.stringify(kept).includes('Haddad'))
  assert.deepEqual(await acts(amal)('completions.waiting', {}), { waiting: [] })
  assert.equal((await amal.open('/en/credentials/completions')).status, 403)
  const [mine] = (await acts(amal)('completions.mine', {})).claims
  assert.equal(await problemOf(acts(amal)('completions.decide', { id: mine.id, decision: 'confirm' })), 'notFound')

  assert.match(plain((await issuer.open('/en/credentials')).body), /1 learner waits for confirmation/)
  await issuer.open('/en/credentials/completions')
  assert.match(says(issuer), /Amal Haddad .*Becoming a radio teacher.*Student 7/)
  await issuer.send(`/credentials/completions/${mine.id}/refuse`, { reason: '' })
  assert.match(says(issuer), /Reason: /)
  await issuer.send(`/credentials/completions/${mine.id}/refuse`, { reason: 'No such student' })
  assert.match(says(issuer), /Nobody waits/)
  assert.deepEqual(
    (await rows<{ closed: string | null; state: string }>('select * from completion_claim')).map(
      ({ closed, state }) => [state, closed],
    ),
    [['refused', null]],
  )
  assert.match(plain((await amal.open(page)).body), /The issuer did not confirm it. You can ask again. No such student/)
})

test('confirmed, the credential says by whom, is issued once, and is revoked and deleted when its learner takes it back', async () => {
  await amal.send(`/records/${pathway}/completion/claim`, { achievement, name: 'Amal Haddad', note: 'Student 77' })
  const [mine] = (await acts(amal)('completions.mine', {})).claims
  await issuer.open('/en/credentials/completions')
  await issuer.send(`/credentials/completions/${mine.id}/confirm`)
  // Sent twice, it is done once.
  await acts(issuer)('completions.decide', { id: mine.id, decision: 'confirm' })
  await amal.open(page)
  assert.match(says(amal), /Issued to you/)
  const credential = await saved(amal)
  assert.equal(credential.credentialSubject.name, 'Amal Haddad')
  assert.match(credential.credentialSubject.id, /^urn:uuid:/)
  assert.equal(credential.evidence[0].narrative, 'Open School confirmed that the learner completed it.')
  assert.ok(!JSON.stringify(credential).includes('Student 77') && !JSON.stringify(credential).includes(amal.email))
  assert.equal((await verdict(credential)).isVerified, true)
  assert.match(
    plain((await amal.open('/en/account')).body),
    /Credentials issued to you Teaching by radio · Open School/,
  )

  await acts(amal)('completions.claim', { achievement, record: pathway, note: 'again' })
  assert.equal((await rows('select * from issued_credential')).length, 1)

  await amal.open(page)
  await amal.send(`/records/${pathway}/completion/take-back`, { claim: mine.id })
  assert.equal(isMarked(amal.page), 0)
  assert.equal((await verdict(credential)).isVerified, false)
  for (const table of ['completion_claim', 'learning_progress', 'credential_claim'])
    assert.equal((await rows(`select * from ${table}`)).length, 0, table)
})

test('on the learner’s word it is issued at once, without a name, and says that nobody checked it', async () => {
  await acts(issuer)('completions.set', { achievement, organisation: school, basis: 'stated' })
  await amal.open(page)
  await mark(amal, keysOn(amal.page))
  await amal.send(`/records/${pathway}/completion/claim`, { achievement, name: 'Professor Haddad' })
  assert.match(says(amal), /Issued to you/)
  const credential = await saved(amal)
  assert.ok(!JSON.stringify(credential).includes('Haddad'))
  assert.match(credential.evidence[0].narrative, /Nobody checked it/)
  assert.equal((await verdict(credential)).isVerified, true)
  // Nothing says for which account it was issued but the claim, which goes with the account.
  assert.deepEqual(
    (await rows<{ issuedBy: string; state: string }>('select * from issued_credential'))
      .filter(({ state }) => state === 'valid')
      .map(({ issuedBy }) => issuedBy),
    [''],
  )
})

test('who has it from a table already gets no second one, and cannot revoke that one', async () => {
  const bo = await person(node, 'Bo')
  const learners = [{ row: 1, email: bo.email, date: '2025-12-01' }]
  const { credentials } = await curates<any>('credentials.award', { achievement, organisation: school, learners })
  await bo.open(page)
  await mark(bo, keysOn(bo.page))
  await bo.send(`/records/${pathway}/completion/claim`, { achievement })
  assert.match(says(bo), /Issued to you. .*issued to you before/)
  const [mine] = (await acts(bo)('completions.mine', {})).claims
  await acts(bo)('completions.takeBack', { id: mine.id })
  assert.equal((await verdict(credentials[0].credential)).isVerified, true)
})

test('it ends with its issuer’s verification, and who leaves takes along what this site keeps', async () => {
  assert.equal((await rows('select * from completion_claim')).length, 1)
  await chen.open(`/en/organisations/${school}/issuing`)
  await chen.send(`/organisations/${school}/issuing/end`)
  assert.ok(!(await visitor(node).open(`/en/records/${pathway}`)).body.includes('Credential on completion'))
  const omar = await person(node, 'Omar')
  const { steps } = await acts(omar)('completions.progress', { id: pathway })
  await acts(omar)('completions.mark', { id: pathway, steps: steps.map(({ key }: { key: string }) => key) })
  assert.equal(await problemOf(acts(omar)('completions.claim', { achievement, record: pathway, note: 'x' })), 'invalid')

  await amal.open('/en/account')
  await amal.send('/account/erase', { erasePassword: password })
  assert.equal((await rows('select * from completion_claim')).length, 0)
  assert.deepEqual(
    (await rows<{ accountId: string }>('select * from learning_progress')).map(({ accountId }) => accountId),
    [omar.id, omar.id, omar.id],
  )
})
