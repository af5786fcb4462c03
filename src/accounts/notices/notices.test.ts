/** People are told what concerns them: in their language, at once or in a digest, and never of what they did themselves. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp, type TestApp } from '../../../test/app.ts'
import { lettersOf, password, person, type Person } from '../../../test/people.ts'
import { visitor } from '../../../test/visitor.ts'
import { sendNotices } from './digest.ts'

const day = 24 * 60 * 60_000
async function clocked() {
  let at = new Date('2026-01-02T03:04:05Z')
  const node = await testApp({ now: () => at })
  return { node, later: (ms: number) => void (at = new Date(at.getTime() + ms)) }
}
const to = (who: Person, letters: readonly string[]) => letters.filter((one) => one.includes(`To: ${who.email}`))
const lettersTo = async (node: TestApp, who: Person) => to(who, await lettersOf(node))
const digest = (node: TestApp) => node.app.perform(sendNotices, { kind: 'system', id: 'notices' }, {})
const as =
  ({ app }: TestApp, who: Person, ...roles: string[]) =>
  (name: string, input: object) =>
    app.perform(
      app.operation(name)!,
      { kind: 'person', id: who.id, roles: ['contributor', ...roles] },
      input,
    ) as Promise<any>

async function begun(node: TestApp, who: Person, title = 'Ministry of Radio'): Promise<string> {
  const { id, revision } = await as(node, who)('drafts.begin', { kind: 'organisation', language: 'en' })
  await who.open(`/en/drafts/${id}/edit/identity`)
  await who.send(`/drafts/${id}/edit/identity`, { title }, { button: ['go', 'overview'] })
  assert.ok(revision)
  return id
}
async function step(node: TestApp, who: Person, role: string, id: string, name: string, more = {}) {
  const { revision } = await as(node, who, role)('drafts.read', { id })
  await as(node, who, role)('drafts.step', { id, revision, step: name, ...more })
}
const linkIn = (letter: string, path: RegExp) => new RegExp(`http://[^/]+(${path.source})`).exec(letter)?.[1] ?? ''

test('what waits comes to curators as a digest of the day, in their language, and leads to the page', async () => {
  const { node, later } = await clocked()
  const amina = await person(node, 'Amina')
  const chen = await person(node, 'Chen', { roles: ['curator'], language: 'fr' })
  const id = await begun(node, amina)
  await step(node, amina, 'contributor', id, 'submit')
  assert.deepEqual(await lettersTo(node, chen), [], 'nothing at once')
  assert.deepEqual(await lettersTo(node, amina), [], 'nobody is told what they did')
  await digest(node)
  assert.deepEqual(await lettersTo(node, chen), [], 'nor before the day is over')
  later(day)
  await digest(node)
  await digest(node)
  const [letter, ...more] = await lettersTo(node, chen)
  assert.deepEqual(more, [], 'and once')
  assert.match(letter!, /En attente d’évaluation\u00A0: Ministry of Radio/)
  const opened = await chen.open(linkIn(letter!, /\/fr\/drafts\/[0-9a-z]{16}/))
  assert.match(opened.body, /Ministry of Radio/)
})

test('one press stops such e-mails without signing in; following the link alone changes nothing', async () => {
  const { node, later } = await clocked()
  const amina = await person(node, 'Amina')
  const chen = await person(node, 'Chen', { roles: ['curator'] })
  await step(node, amina, 'contributor', await begun(node, amina), 'submit')
  later(day)
  await digest(node)
  const [letter] = await lettersTo(node, chen)
  const [, stop] = /List-Unsubscribe: <http:\/\/[^/]+(\/[^>]+)>/.exec(letter!)!
  assert.match((await node.get(stop!)).body, /Stop these emails/)
  const chosen = () => as(node, chen)('notices.choices', {})
  assert.deepEqual(await chosen(), { own: 'immediately', queue: 'daily' })
  const pressed = await visitor(node).post(stop!, { 'List-Unsubscribe': 'One-Click' }, {})
  assert.equal(pressed.status, 200)
  assert.deepEqual(await chosen(), { own: 'immediately', queue: 'never' })
  await step(node, amina, 'contributor', await begun(node, amina, 'Second'), 'submit')
  later(2 * day)
  await digest(node)
  assert.equal((await lettersTo(node, chen)).length, 1)
  later(day)
  await as(node, chen)('notices.choose', { queue: 'immediately' })
  await visitor(node).post(stop!, {}, {})
  assert.equal((await chosen()).queue, 'immediately', 'an old e-mail undoes no newer choice')
  assert.equal((await node.get('/en/emails/nothing')).statusCode, 410)
})

test('how often is chosen on the account page, and what waits is counted in the header and on the desk', async () => {
  const { node } = await clocked()
  const amina = await person(node, 'Amina')
  const chen = await person(node, 'Chen', { roles: ['curator'] })
  await chen.open('/en/account')
  await chen.send('/account/notices', { queue: 'immediately', own: 'weekly' })
  assert.match(chen.page, /Saved. You will get emails as you chose/)
  assert.doesNotMatch(chen.page, /waits? for you<\/span>/)
  const id = await begun(node, amina)
  await step(node, amina, 'contributor', id, 'submit')
  assert.match((await lettersTo(node, chen))[0]!, /Waits for review: Ministry of Radio/)
  await chen.open('/en/about')
  assert.match(chen.page, /1 item waiting for you/)
  await chen.open('/en/desk')
  assert.match(chen.page, /1 submission to assign, decide on or publish/)
  await step(node, chen, 'curator', id, 'requestChanges', { note: 'Say more.' })
  assert.match(
    (await lettersTo(node, amina))[0]!,
    /Chen requests changes to “Ministry of Radio” at Qingdao\.[^]*> Say more\./,
  )
  await chen.open('/en/desk')
  assert.doesNotMatch(chen.page, /waits? for you<\/span>/)
  await amina.open('/en/desk')
  assert.match(amina.page, /1 of your drafts needs changes/)
})

test('a comment names the field, who wrote it and the draft; the answer goes to who asked', async () => {
  const { node } = await clocked()
  const amina = await person(node, 'Amina', { language: 'es' })
  const chen = await person(node, 'Chen', { roles: ['curator'] })
  const id = await begun(node, amina)
  await step(node, amina, 'contributor', id, 'submit')
  const { id: comment } = await as(node, chen, 'curator')('drafts.comment', { id, place: 'title', text: 'In full?' })
  const [letter] = await lettersTo(node, amina)
  assert.match(letter!, /Chen comentó el campo «Título» de «Ministry of Radio» en Qingdao\.[^]*> In full\?/)
  await as(node, amina)('drafts.comment', { id, parentId: comment, text: 'It is.' })
  assert.match(
    (await lettersTo(node, chen))[0]!,
    /Amina answered a comment on “Ministry of Radio” at Qingdao\.[^]*> It is\./,
  )
})

test('who gets or loses a role is told by whom, with a link to what it is for', async () => {
  const { node } = await clocked()
  const olga = await person(node, 'Olga', { roles: ['operator'] })
  const ben = await person(node, 'Ben', { language: 'ar' })
  const manage = async (roles: string[]) => {
    const { sessions } = await as(node, olga)('sessions.list', {})
    const proof = { password, session: sessions[0].id }
    await as(
      node,
      olga,
      'operator',
    )('accounts.manage', { id: ben.id, roles, country: null, isSuspended: false, ...proof })
  }
  await manage(['reviewer'])
  const given = (await lettersTo(node, ben)).at(-1)!
  assert.match(given, /منحك \u2068Olga\u2069 دورًا/)
  assert.equal((await ben.open(linkIn(given, /\/ar\/roles/))).status, 200)
  await manage([])
  assert.match((await lettersTo(node, ben)).at(-1)!, /أنهى \u2068Olga\u2069 أحد أدوارك/)
  assert.deepEqual(await lettersTo(node, olga), [])
})

test('the owner of a record is told when others withdraw or restore it, and not of what they do', async () => {
  const { node } = await clocked()
  const amina = await person(node, 'Amina')
  const chen = await person(node, 'Chen', { roles: ['curator'] })
  const id = await begun(node, amina)
  await step(node, amina, 'contributor', id, 'submit')
  await step(node, chen, 'curator', id, 'accept', { verdict: 'sound' })
  await step(node, chen, 'curator', id, 'publish')
  const subjects = async () => (await lettersTo(node, amina)).map((one) => /^Subject: (.*?)\r?$/m.exec(one)![1])
  assert.deepEqual(await subjects(), ['Accepted: Ministry of Radio', 'Published: Ministry of Radio'])
  await as(node, chen, 'curator')('records.withdraw', { id, revision: 1, reason: 'It is a copy.' })
  await as(node, chen, 'curator')('records.restore', { id, revision: 2, reason: 'It is not.' })
  assert.deepEqual((await subjects()).slice(2), ['Withdrawn: Ministry of Radio', 'Published again: Ministry of Radio'])
  assert.match((await lettersTo(node, amina))[2]!, /Chen withdrew[^]*> It is a copy\./)
})
