/** A school describes an achievement, issues it from a table, and its learners get it by a link. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { Kysely } from 'kysely'
import { secretBoxOf } from '#accounts/secret-box.ts'
import type { Actor } from '#kernel/context.ts'
import { chromiumPrinter } from '#kernel/print.ts'
import { readCarrier } from '#codecs/open-badges/read-carrier.ts'
import { writeXlsx } from '#codecs/xlsx/write-xlsx.ts'
import { doJob, freshFolder, problemOf, testApp, usualNow } from '../../../../test/app.ts'
import { openBadge } from '../achievements/open-badge.schema.ts'
import { aboutPart, startBatch } from './batch.ts'
import { rowsInPart } from './check-table.ts'
import type { BatchPartRow } from '../tables.ts'
import { resumeBatch } from './resume.ts'
import { chromiumPath, noChromium } from '../../../../test/browser.ts'
import { lettersOf, password, person, type Person } from '../../../../test/people.ts'
import { buildSite } from '../../../server.ts'
import { visitor, type Chosen } from '../../../../test/visitor.ts'

let clock = usualNow
const node = await testApp({ now: () => clock })
const curates = node.as('curator')
const chen = await person(node, 'Chen', { roles: ['curator'] })
const amina = await person(node, 'Amina')
const dayMs = 24 * 60 * 60_000

const { id: school } = await curates('organisations.share', { title: { en: 'Open School' }, originalLanguage: 'en' })
const { id: achievement } = await curates('achievements.share', {
  title: { en: 'Teaching by radio', ar: 'التدريس عبر الإذاعة' },
  originalLanguage: 'en',
  description: { en: 'Plans and gives lessons by radio' },
  criteria: { en: 'Ten lessons, watched by a teacher' },
  achievementType: 'micro-credential',
  issuers: [school],
  levels: ['4'],
  eqfLevel: 5,
  creditAmount: 2.5,
  creditSystem: 'ects',
  competencies: [{ name: { en: 'Plan a lesson' }, url: 'https://competencies.example/plan', code: 'P1' }],
  assessmentMethods: ['observed-practice'],
  supervision: 'onsite-identified',
  validMonths: 24,
})
const plain = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')
const csv = (content: string): Chosen => ({ name: 'learners.csv', content, type: 'text/csv' })
const upload = async (who: Person, file: Chosen, values: Record<string, string> = {}) => {
  await who.open(`/en/achievements/${achievement}/issue`)
  return who.send(`/achievements/${achievement}/issue`, values, { files: { file } })
}
const batchIn = (who: Person) => /\/credentials\/batches\/([0-9a-z]{16})/.exec(who.at)![1]!
const finished = async (who: Person, id: string) => {
  for (;;) {
    const seen = await who.open(`/en/credentials/batches/${id}`)
    if (!seen.headers['refresh']) return plain(seen.body)
    await new Promise((resolve) => setImmediate(resolve))
  }
}
const verdict = async (credential: unknown) => {
  const { checks, isVerified } = await node.as()<any>('credentials.verify', { credential })
  return { isVerified, status: checks.find(({ name }: { name: string }) => name === 'status').code, checks }
}
const table = `Name;Email address;Date achieved;Result
Amal Haddad;amal@example.org;2025-12-01;A
Bo Li;not-an-address;2025-12-01;B
Quiet Fox;;01.12.2025;
Dara;dara@example.org;32.12.2025;
`

test('a curator verifies an organisation and who issues for it; nobody else may issue in its name', async () => {
  assert.match(plain((await amina.open(`/en/achievements/${achievement}/issue`)).body), /You cannot issue credentials/)
  assert.equal((await amina.open('/en/credentials')).status, 403)
  await chen.open(`/en/records/${school}`)
  await chen.open(`/en/organisations/${school}/issuing`)
  await chen.send(`/organisations/${school}/issuing`)
  await chen.send(`/organisations/${school}/issuing/members`, { email: amina.email, issuerPassword: password })
  assert.match(plain(chen.page), /Verified issuer of credentials on this site since.*Amina/)
  assert.match(plain((await visitor(node).open(`/en/records/${school}`)).body), /Verified issuer of credentials/)
  assert.match((await amina.open(`/en/records/${achievement}`)).body, /Issue credentials for this achievement/)
  // An achievement that names its issuer is issued by that one alone, not by the site.
  const learners = [{ row: 1, name: 'Zed', date: '2025-12-01' }]
  assert.equal(await problemOf(curates('credentials.award', { achievement, learners })), 'invalid')
  const ben = await person(node, 'Ben')
  assert.equal(
    await problemOf(
      node.app.perform(
        node.app.operation('credentials.award')!,
        { kind: 'person', id: ben.id, roles: ['contributor'] },
        { achievement, organisation: school, learners },
      ),
    ),
    'forbidden',
  )
})

let first = ''
test('a table with two bad rows: they are told by row, the others are issued, and none twice', async () => {
  const checked = plain((await upload(amina, csv(table), { period: '2025' })).body)
  assert.match(checked, /2 rows have errors and are left out/)
  assert.match(checked, /Row 3 · Email address : must be an email address/)
  assert.match(checked, /Row 5 · Date achieved : must be a day/)
  first = batchIn(amina)
  await amina.send(`/credentials/batches/${first}/start`)
  assert.match(await finished(amina, first), /State Issued|Status Issued/)
  assert.match(await finished(amina, first), /Credentials issued 2/)

  assert.match(plain((await upload(amina, csv(table), { period: '2025' })).body), /2 learners have it already/)
  assert.match(plain(amina.page), /There is nothing to issue/)
  const again = batchIn(amina)
  await amina.send(`/credentials/batches/${again}/stop`)
  assert.match(plain(amina.page), /Stopped/)
  // Another term is another credential.
  assert.match(plain((await upload(amina, csv(table), { period: '2026' })).body), /Issue 2 credentials/)
})

test('what was issued last is listed by what it is of, also when its achievement is no longer there', async () => {
  const other = await testApp()
  const curator = await person(other, 'Dora', { roles: ['curator'] })
  const does = other.as('curator')
  const { id: issuer } = await does('organisations.share', { title: { en: 'School' }, originalLanguage: 'en' })
  const { id } = await does('achievements.share', {
    title: { en: 'Reading aloud' },
    originalLanguage: 'en',
    criteria: { en: 'Three pages' },
    issuers: [issuer],
  })
  await curator.open(`/en/organisations/${issuer}/issuing`)
  await curator.send(`/organisations/${issuer}/issuing`)
  await curator.open(`/en/achievements/${id}/issue`)
  await curator.send(
    `/achievements/${id}/issue`,
    {},
    { files: { file: csv('Name;Email address;Date achieved\nBo Li;bo@example.org;2025-12-01\n') } },
  )
  await curator.send(`/credentials/batches/${batchIn(curator)}/start`)
  await finished(curator, batchIn(curator))
  const issued = async () => plain((await curator.open('/en/credentials')).body).split('Issued recently')[1]!
  assert.match(await issued(), /Achievement .*Reading aloud .*Valid/)
  await does('records.withdraw', { id, revision: 1, reason: 'Taught no longer' })
  assert.doesNotMatch(await issued(), /Reading aloud/)
  assert.match(await issued(), /Valid/)
})

test('workbooks are read too, the same learner twice is told, and what is no table is refused beside its field', async () => {
  const cells = [
    ['الاسم', 'رقم المتعلم', 'تاريخ الإنجاز'],
    ['أمل', '7', '2025-11-30'],
    ['أمل', '8', '2025-11-30'],
    ['ليلى', '7', '2025-11-30'],
  ]
  const content = await writeXlsx([{ name: 'Learners', rows: cells } as never])
  const seen = plain((await upload(amina, { name: 'learners.xlsx', content }, { period: 'x' })).body)
  assert.match(seen, /Row 4 · Name : is the same learner as in row 2/)
  assert.match(seen, /Issue 2 credentials/)
  for (const [file, said] of [
    [csv('a,b\n1,2\n'), /must name the columns/],
    [csv('Name,Date achieved\n'), /at least one row/],
    [csv('<html>'), /cannot be read|empty, damaged/],
    [{ name: 'x.xlsx', content: 'PK not a workbook' }, /./],
  ] as const) {
    const refused = await upload(amina, file)
    assert.equal(refused.status, 422)
    assert.match(/<div class="errors"[^]*?<\/div>/.exec(refused.body)![0], said)
  }
  assert.match((await amina.open(`/fr/achievements/${achievement}/issue/table.csv`)).body, /"Nom","Numéro de/)
})

const linkOf = async (name: string) => {
  const { links } = await curates('credentials.claimLinks', { id: first })
  return links.find((one: { name: string }) => one.name === name) as { id: string; link: string }
}
const pathOf = (link: string) => new URL(link).pathname

test('a learner opens the link without an account, and every file of it verifies', async () => {
  const letter = (await lettersOf(node)).findLast((one) => one.includes('amal@example.org'))!
  assert.match(letter, /Open School has issued you the credential “Teaching by radio”/)
  const path = /http:\/\/[^/]+(\/en\/claim\/[\w-]{43})/.exec(letter)![1]!
  const learner = visitor(node)
  const page = await learner.open(path)
  assert.match(plain(page.body), /Teaching by radio.*Amal Haddad.*Open School/)
  assert.equal(page.headers['referrer-policy'], 'no-referrer')
  assert.match(String(page.headers['cache-control']), /no-store/)
  for (const format of ['json', 'png', 'svg']) {
    const answer = await node.web.fastify.inject({ url: `${path}/credential.${format}` })
    const carried = readCarrier(answer.rawPayload)
    assert.ok('text' in carried, format)
    const { isVerified } = await verdict(carried.text)
    assert.ok(isVerified, format)
    assert.ok(!carried.text.includes('amal@example.org'))
  }
  const { credentialSubject, issuer, validFrom, validUntil } = (
    await node.web.fastify.inject({ url: `${path}/credential.json` })
  ).json()
  assert.equal(issuer.name, 'Open School')
  assert.deepEqual([validFrom, validUntil], ['2025-12-01T00:00:00Z', '2027-12-01T23:59:59Z'])
  assert.equal(credentialSubject.result[0].value, 'A')
  const { achievementType, creditsAvailable, alignment, criteria } = credentialSubject.achievement
  assert.deepEqual([achievementType, creditsAvailable], ['MicroCredential', 2.5])
  assert.deepEqual(
    alignment.map(({ targetName }: { targetName: string }) => targetName),
    ['EQF 5', 'Post-secondary non-tertiary education', 'Plan a lesson'],
  )
  assert.match(criteria.narrative, /Ten lessons.*Observed practice.*identity checked/s)

  const sheet = await learner.open(`${path}/print`)
  assert.match(sheet.body, /<svg class="code-picture"/)
  const [, shown = ''] = /(\/en\/shown\/[\w-]{43})/.exec(sheet.body) ?? []
  const employer = visitor(node)
  assert.match(plain((await employer.open(shown)).body), /No check failed.*Signature Passed/)
  assert.equal((await employer.open(`${shown}/credential.json`)).status, 200)
  // Who is shown it cannot change it, and learns of no link.
  assert.ok(!employer.page.includes('/claim/'))
})

test('learners without email get their link on paper, each on a slip with a code; only who may issue prints them', async () => {
  await amina.open(`/en/credentials/batches/${first}`)
  assert.match(plain(amina.page), /Print the links for learners without email/)
  const sheet = await amina.open(`/en/credentials/batches/${first}/sheet`)
  const slips = sheet.body.match(/<article class="slip">[^]*?<\/article>/g) ?? []
  assert.equal(slips.length, 2)
  for (const slip of slips) assert.match(slip, /<svg class="code-picture"[^]*\/en\/claim\/[\w-]{43}</)
  assert.match(plain(slips.join('')), /Amal Haddad/)
  assert.equal(sheet.headers['referrer-policy'], 'no-referrer')
  // Without Chromium it is told how the page is printed.
  assert.match(
    plain((await amina.open(`/en/credentials/batches/${first}/links.pdf`)).body),
    /Print the links for learners/,
  )
  const zoe = await person(node, 'Zoe')
  assert.equal((await zoe.open(`/en/credentials/batches/${first}/sheet`)).status, 403)
  assert.ok(!zoe.page.includes('/claim/'))
})

test('with Chromium, the slips come as PDF', { skip: noChromium }, async () => {
  const { app, folder } = node
  const printer = chromiumPrinter({ path: chromiumPath!, sandbox: false, timeoutMs: 60_000 })
  const site = { publicUrl: '', siteName: 'Qingdao', dataDir: folder, version: 'test', report: () => {}, printer }
  const web = buildSite(app, site)
  const answer = await web.fastify.inject({
    url: `/ar/credentials/batches/${first}/links.pdf`,
    headers: { cookie: `session=${amina.cookie('session')}` },
  })
  assert.equal(answer.headers['content-type'], 'application/pdf')
  assert.match(answer.rawPayload.toString('latin1'), /^%PDF-1\.\d/)
  await web.fastify.close()
})

test('a credential of the table is issued again with what is right; the one before is revoked', async () => {
  const { id, link } = await linkOf('Amal Haddad')
  const credential = (await node.web.fastify.inject({ url: `${pathOf(link)}/credential.json` })).json()
  await amina.open(`/en/credentials/${id}`)
  for (const date of ['2099-01-01', '2025-02-30', '2025-02-29', '2025-13-01']) {
    await amina.send(`/credentials/${id}/again`, { learnerName: 'Amal Al-Haddad', email: '', date })
    assert.match(amina.page, /href="#f-date"/, date)
  }
  await amina.send(`/credentials/${id}/again`, {
    learnerName: 'Amal Al-Haddad',
    email: 'amal@example.org',
    date: '2025-12-01',
  })
  assert.match(plain(amina.page), /Valid/)
  const made = /credentials\/([0-9a-z]{16})$/.exec(amina.at)![1]!
  const { status, checks } = await verdict(credential)
  assert.equal(status, 'revoked')
  assert.equal(checks.find(({ name }: { name: string }) => name === 'newer').code, 'replaced')
  await amina.open(`/en/credentials/${id}`)
  assert.match(plain(amina.page), new RegExp(`Reason Replaced Replaced by ${made}`))
  assert.doesNotMatch(amina.page, /\/again"/)
  const { reason, replacedBy } = await curates('credentials.status', { id })
  assert.deepEqual([reason, replacedBy], ['replaced', made])
  // The address in the one before leads to the one that took its place.
  const current = await node.get(new URL(credential.refreshService.id).pathname)
  assert.equal(current.json().credentialSubject.name, 'Amal Al-Haddad')
  assert.equal((await node.get(pathOf(link))).statusCode, 404)
  assert.match((await lettersOf(node)).at(-1)!, /Amal Al-Haddad/)
})

test('the address in a credential gives its current version: with the text, the validity and the key of today', async () => {
  const { link } = await linkOf('Amal Al-Haddad')
  const before = (await node.web.fastify.inject({ url: `${pathOf(link)}/credential.json` })).json()
  const { id: address, type } = before.refreshService
  assert.equal(type, '1EdTechCredentialRefresh')
  const path = new URL(address).pathname
  const ask = async () => (await node.get(path)).json()
  const newer = async (credential: unknown) =>
    (await verdict(credential)).checks.find(({ name }: { name: string }) => name === 'newer').code
  assert.deepEqual(await ask(), before)
  assert.equal(await newer(before), 'current')
  assert.equal((await node.get(`${path.slice(0, -1)}${path.endsWith('A') ? 'B' : 'A'}`)).statusCode, 404)

  clock = new Date(usualNow.getTime() + dayMs)
  const { body, revision } = await curates('records.read', { id: achievement })
  const { revision: changed } = await curates('achievements.revise', {
    id: achievement,
    revision,
    body: { ...body, title: { ...body.title, en: 'Teaching by radio and phone' }, validMonths: 36 },
  })
  await node.as('operator')('credentials.rotateKey', {})
  const after = await ask()
  assert.deepEqual(await ask(), after)
  assert.deepEqual([after.name, after.validUntil], ['Teaching by radio and phone', '2028-12-01T23:59:59Z'])
  assert.deepEqual(
    [after.id, after.credentialStatus, after.credentialSubject.id, after.credentialSubject.result],
    [before.id, before.credentialStatus, before.credentialSubject.id, before.credentialSubject.result],
  )
  assert.notEqual(after.proof.verificationMethod, before.proof.verificationMethod)
  const told = await verdict(after)
  assert.ok(told.isVerified, JSON.stringify(told.checks))
  assert.equal(await newer(after), 'current')
  assert.equal(await newer(before), 'newer')
  assert.ok((await verdict(before)).isVerified)
  await curates('achievements.revise', { id: achievement, revision: changed, body })
  clock = usualNow
})

test('a link ends and is renewed by who has it; a learner has all of it deleted', async () => {
  const { link } = await linkOf('Amal Al-Haddad')
  clock = new Date(usualNow.getTime() + 91 * dayMs)
  const learner = visitor(node)
  assert.match(plain((await learner.open(pathOf(link))).body), /This link ended/)
  assert.equal((await node.get(`${pathOf(link)}/credential.json`)).statusCode, 404)
  await learner.send(`${pathOf(link).slice(3)}/renew`)
  assert.match(plain(learner.page), /A new link is on its way/)
  assert.equal((await node.get(pathOf(link))).statusCode, 404)
  const renewed = pathOf((await linkOf('Amal Al-Haddad')).link)
  const credential = (await node.web.fastify.inject({ url: `${renewed}/credential.json` })).json()
  await learner.open(renewed)
  await learner.send(`${renewed.slice(3)}/erase`)
  assert.match(plain(learner.page), /Deleted/)
  assert.equal((await node.get(renewed)).statusCode, 404)
  assert.equal(await linkOf('Amal Al-Haddad'), undefined)
  assert.ok((await verdict(credential)).isVerified)
  // What nobody fetched is gone after a year.
  assert.ok(await linkOf('Quiet Fox'))
  clock = new Date(usualNow.getTime() + 366 * dayMs)
  await doJob(node.app, 'credential-batches')
  assert.equal(await linkOf('Quiet Fox'), undefined)
  clock = usualNow
})

test('a batch is taken back as a whole, and can be issued again', async () => {
  const next = await (async () => {
    await upload(amina, csv(table), { period: 'to take back' })
    return batchIn(amina)
  })()
  await amina.send(`/credentials/batches/${next}/start`)
  await finished(amina, next)
  const { links } = await curates('credentials.claimLinks', { id: next })
  const credential = (await node.web.fastify.inject({ url: `${pathOf(links[0].link)}/credential.json` })).json()
  await amina.send(`/credentials/batches/${next}/revoke`, { reason: '' })
  assert.match(amina.page, /href="#f-reason"/)
  await amina.send(`/credentials/batches/${next}/revoke`, { reason: 'The wrong class' })
  assert.match(plain(amina.page), /Revoked.*The wrong class/)
  assert.equal((await verdict(credential)).status, 'revoked')
  assert.match(plain((await visitor(node).open(pathOf(links[0].link))).body), /The issuer has revoked this credential/)
  assert.match(plain((await upload(amina, csv(table), { period: 'to take back' })).body), /Issue 2 credentials/)
})

test('programs issue to one learner or many, once each; a batch that a fallen process left is gone on with', async () => {
  const learners = [
    { row: 1, name: 'Ada', email: 'ada@example.org', date: '2025-12-01' },
    { row: 2, name: 'Ada', number: '12', date: '2025-12-01' },
  ]
  const given = { achievement, organisation: school, period: 'api', sendsMail: false, learners }
  const noDay = [{ row: 1, name: 'Ada', date: '2025-02-30' }]
  assert.equal(await problemOf(curates('credentials.award', { ...given, learners: noDay })), 'invalid')
  const { credentials } = await curates('credentials.award', given)
  assert.deepEqual(
    credentials.map(({ isKnown }: { isKnown: boolean }) => isKnown),
    [false, false],
  )
  for (const { credential } of credentials) assert.ok((await verdict(credential)).isVerified)
  const again = await curates('credentials.award', given)
  assert.deepEqual(
    again.credentials.map(({ id, isKnown, credential }: any) => [id, isKnown, credential]),
    credentials.map(({ id }: { id: string }) => [id, true, undefined]),
  )
  await upload(amina, csv(table), { period: 'resumed' })
  const left = batchIn(amina)
  await node.app.perform(
    node.app.operation('credentials.startBatch')!,
    { kind: 'person', id: amina.id, roles: ['contributor'] },
    { id: left },
  )
  clock = new Date(usualNow.getTime() + 2 * 60_000)
  await doJob(node.app, 'credential-batches')
  assert.match(await finished(amina, left), /Credentials issued 2/)
})

test('after a restore with another key, rows that cannot be read wait for theirs, others go on, and it is said what to do', async () => {
  const startOf = async (period: string) => {
    await upload(amina, csv(table), { period })
    const id = batchIn(amina)
    const owner: Actor = { kind: 'person', id: amina.id, roles: ['contributor'] }
    await node.app.perform(startBatch, owner, { id })
    return id
  }
  const parts = (tx: Kysely<unknown>) => tx.withTables<{ credential_batch_part: BatchPartRow }>()
  const keptOf = (id: string) =>
    parts(node.app.database.read).selectFrom('credential_batch_part').selectAll().where('batchId', '=', id).execute()
  const put = (id: string, closed: string) =>
    node.app.database.write(async (tx) => {
      await parts(tx).updateTable('credential_batch_part').set({ closed }).where('batchId', '=', id).execute()
    })
  const [lost, sound] = [await startOf('restored'), await startOf('beside')]
  const [{ closed } = { closed: '' }] = await keptOf(lost)
  await put(lost, await secretBoxOf(freshFolder(), randomBytes).close(Buffer.from('[]'), aboutPart(lost, 0)))

  clock = new Date(clock.getTime() + 2 * 60_000)
  await assert.rejects(doJob(node.app, 'credential-batches'), { code: 'secretLost' })
  assert.match(await finished(amina, sound), /Credentials issued 2/)
  const batch = await curates('credentials.readBatch', { id: lost })
  assert.deepEqual([batch.state, batch.done, (await keptOf(lost)).length], ['running', 0, 1])

  await put(lost, closed)
  clock = new Date(clock.getTime() + 2 * 60_000)
  await doJob(node.app, 'credential-batches')
  assert.match(await finished(amina, lost), /Credentials issued 2/)
})

test('while a long table is issued, everything else of the node gets its turn', async () => {
  const rows = rowsInPart * 8
  const lines = Array.from({ length: rows }, (_, at) => `Learner ${at};;2025-12-01;`)
  await upload(amina, csv(`Name;Email address;Date achieved;Result\n${lines.join('\n')}\n`), { period: 'long' })
  const who = { kind: 'person', id: amina.id, roles: ['contributor'] } as const
  const id = batchIn(amina)
  await node.app.perform(startBatch, who, { id })
  let turns = 0
  let isOver = false
  const others = (async () => {
    while (!isOver) {
      await new Promise((resolve) => setImmediate(resolve))
      turns++
    }
  })()
  const { issued, state } = await resumeBatch(node.app.running.perform, who, id)
  isOver = true
  await others
  assert.deepEqual([issued, state], [rows, 'done'])
  assert.ok(turns >= rows / rowsInPart, `${turns} turns`)
})

test('what is issued meets the schema of Open Badges 3.0; a second status does not', async () => {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  const faultsOf = (badge: object) => (ajv.validate(openBadge, badge) ? [] : ajv.errors!.map((one) => one.instancePath))
  await curates('credential-endorsements.issue', { target: achievement, comment: 'Well assessed' })
  const issued = async (more: object) => {
    const learners = [{ row: 1, name: `Learner ${JSON.stringify(more)}`, date: '2025-12-01', result: 'A' }]
    const order = { achievement, organisation: school, learners, ...more }
    return (await curates<any>('credentials.award', order)).credentials[0].credential
  }
  const badge = await issued({})
  const { achievement: of, result } = badge.credentialSubject
  assert.deepEqual([of.alignment.length, of.endorsement.length, result.length], [3, 1, 1])
  assert.deepEqual(faultsOf(badge), [])
  assert.deepEqual(
    faultsOf((await curates<any>('credentials.issueBadge', { name: 'N', description: 'D', criteria: 'C' })).credential),
    [],
  )
  assert.deepEqual(faultsOf(await issued({ canBeSuspended: true })), ['/credentialStatus'])
  assert.deepEqual(faultsOf({ ...badge, type: ['OpenBadgeCredential'] }), ['/type/0', '/type'])
})
