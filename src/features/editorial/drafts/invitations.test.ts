/** Writing with others: nobody becomes an author without a yes, and nobody learns who has an account. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp, type TestApp } from '../../../../test/app.ts'
import { lettersOf, person, type Person } from '../../../../test/people.ts'
import { people } from '#accounts/store.ts'
import { drafts } from './store.ts'

async function begun(amina: Person): Promise<string> {
  await amina.open('/en/share')
  await amina.send('/share', { kind: 'organisation', language: 'en' })
  const id = /\/drafts\/([0-9a-z]{16})/.exec(amina.at)![1]!
  await amina.send(`/drafts/${id}/edit/identity`, { title: 'Ministry of Radio' }, { button: ['go', 'overview'] })
  await amina.open(`/en/drafts/${id}`)
  return id
}
const ask = async (amina: Person, id: string, email: string) => {
  await amina.open(`/en/drafts/${id}`)
  return amina.send(`/drafts/${id}/authors`, { email })
}
const press = (who: Person, path: string, accepts: boolean) =>
  who.post(path, { accepts: String(accepts), csrf: /name="csrf" value="([^"]+)"/.exec(who.page)![1]! }, {})
async function answer(who: Person, id: string, accepts: boolean) {
  await who.open('/en/desk')
  return press(who, `/en/draft-invitations/${id}/answer`, accepts)
}
const authorsOf = ({ app }: TestApp, id: string) => drafts(app.database.read).authors(id)

test('an invitation is answered alike whether the address has an account, and shows no name before the yes', async () => {
  const node = await testApp()
  const [amina, ben] = [await person(node, 'Amina'), await person(node, 'Benedict')]
  const id = await begun(amina)
  const known = (await ask(amina, id, ben.email)).body.replaceAll(ben.email, 'x@y')
  await amina.send(`/drafts/${id}/authors/withdrawal`)
  const unknown = (await ask(amina, id, 'nobody@example.org')).body.replaceAll('nobody@example.org', 'x@y')
  assert.equal(known, unknown)
  assert.doesNotMatch(known, /Benedict/)
  assert.deepEqual(await authorsOf(node, id), [amina.id])
  const letters = await lettersOf(node)
  assert.deepEqual(
    letters.map((letter) => /^To: (.*?)\r?$/m.exec(letter)![1]),
    [ben.email],
    'who has no account here gets no letter',
  )
  assert.doesNotMatch(letters[0]!, /Ministry of Radio|Amina/)
})

test('who says yes writes with those who asked, and who says no, or was asked no more, does not', async () => {
  const node = await testApp()
  const [amina, ben, lin] = [await person(node, 'Amina'), await person(node, 'Ben'), await person(node, 'Lin')]
  const id = await begun(amina)
  await ask(amina, id, ben.email)
  assert.equal((await ben.open(`/en/drafts/${id}`)).status, 404, 'it is not theirs to read before they say yes')
  await ben.open('/en/desk')
  assert.match(ben.page, /Invitations to be a co-author[^]*Amina[^]*Ministry of Radio/)
  await answer(ben, id, true)
  assert.deepEqual((await authorsOf(node, id)).toSorted(), [amina.id, ben.id].toSorted())

  await ask(amina, id, lin.email)
  await answer(lin, id, false)
  await ask(amina, id, lin.email)
  await amina.send(`/drafts/${id}/authors/withdrawal`)
  await answer(lin, id, true)
  assert.equal((await authorsOf(node, id)).length, 2)
  assert.equal((await answer(lin, id, true)).status, 404)
})

test('an invitation is still answered while the draft is reviewed: a yes makes an author, a no frees the place', async () => {
  const node = await testApp()
  const [amina, ben, lin] = [await person(node, 'Amina'), await person(node, 'Ben'), await person(node, 'Lin')]
  const id = await begun(amina)
  for (const { email } of [ben, lin]) await ask(amina, id, email)
  await amina.open(`/en/drafts/${id}`)
  await amina.send(`/drafts/${id}/steps`, { step: 'submit' })
  assert.match(amina.page, /invited, not answered yet/)
  await ben.open('/en/desk')
  assert.match(ben.page, /1 invitation to be a co-author/, 'it is counted')
  assert.match(ben.page, /Invitations to be a co-author[^]*Amina[^]*Ministry of Radio/)
  await answer(ben, id, true)
  assert.deepEqual((await authorsOf(node, id)).toSorted(), [amina.id, ben.id].toSorted())
  await answer(lin, id, false)
  await amina.open(`/en/drafts/${id}`)
  assert.doesNotMatch(amina.page, /not answered yet/)
})

test('once the draft is published the invited person reads that the invitation is closed, and the author that no answer came', async () => {
  const node = await testApp()
  const [amina, ben] = [await person(node, 'Amina'), await person(node, 'Ben')]
  const chen = await person(node, 'Chen', { roles: ['curator'] })
  const id = await begun(amina)
  await ask(amina, id, ben.email)
  await amina.open(`/en/drafts/${id}`)
  await amina.send(`/drafts/${id}/steps`, { step: 'submit' })
  for (const step of [
    { step: 'accept', verdict: 'sound' },
    { step: 'publish', verdict: '' },
  ]) {
    await chen.open(`/en/drafts/${id}`)
    await chen.send(`/drafts/${id}/steps`, step)
  }
  await amina.open(`/en/drafts/${id}`)
  assert.match(amina.page, /did not answer before the draft was closed/)
  await ben.open('/en/desk')
  assert.match(ben.page, /Ministry of Radio[^]*This invitation is closed[^]*href="[^"]*\/records\//)
  assert.doesNotMatch(ben.page, /1 invitation to be a co-author/, 'nothing waits for an answer')
  const late = await answer(ben, id, true)
  assert.equal(late.status, 422)
  assert.match(late.body, /the invitation is closed/)
  await answer(ben, id, false)
  await ben.open('/en/desk')
  assert.doesNotMatch(ben.page, /Ministry of Radio/, 'and can be put away')
  assert.equal((await lettersOf(node)).filter((letter) => /declined/.test(letter)).length, 0, 'of which nobody is told')
})

test('invitations have a limit for each draft and for each day, and none is sent once it is handed in', async () => {
  const node = await testApp()
  const amina = await person(node, 'Amina')
  const id = await begun(amina)
  for (let at = 1; at < 20; at++) await ask(amina, id, `friend${at}@example.org`)
  const full = await ask(amina, id, 'one.more@example.org')
  assert.equal(full.status, 422)
  assert.match(full.body, /href="#f-email">[^<]*there are already 20 people/)
  assert.match(full.body, /id="f-email-error">there are already 20 people/)
  assert.match(full.body, /id="f-email"[^>]*value="one\.more@example\.org"/, 'what was typed stays')
  const other = await begun(amina)
  assert.equal((await ask(amina, other, 'friend@example.org')).status, 200)
  const tooMany = await ask(amina, other, 'friend2@example.org')
  assert.equal(tooMany.status, 422)
  assert.match(tooMany.body, /id="f-email-error">you have reached the limit of invitations for today/)
  await amina.open(`/en/drafts/${other}`)
  const csrf = /name="csrf" value="([^"]+)"/.exec(amina.page)![1]!
  await amina.send(`/drafts/${other}/steps`, { step: 'submit' })
  assert.doesNotMatch(amina.page, /Invite co-author/)
  const refused = await amina.post(`/en/drafts/${other}/authors`, { email: 'late@example.org', csrf }, {})
  assert.equal(refused.status, 403)
})

test('who judges a draft cannot become its author before they hand it on, and keeps the right to judge', async () => {
  const node = await testApp()
  const amina = await person(node, 'Amina')
  const [chen, omar] = [
    await person(node, 'Chen', { roles: ['curator'] }),
    await person(node, 'Omar', { roles: ['reviewer'] }),
  ]
  const id = await begun(amina)
  const as = (who: Person, role: string) => (name: string, input: object) =>
    node.app.perform(
      node.app.operation(name)!,
      { kind: 'person', id: who.id, roles: ['contributor', role] },
      input,
    ) as Promise<any>
  const step = async (who: Person, role: string, name: string, more = {}) => {
    const { revision } = await as(who, role)('drafts.read', { id })
    return as(who, role)('drafts.step', { id, revision, step: name, ...more })
  }
  await step(amina, 'contributor', 'submit')
  await as(chen, 'curator')('reviews.assign', { id, reviewer: omar.id })
  await step(chen, 'curator', 'requestChanges', { note: 'Say more.' })
  for (const judge of [chen, omar]) await ask(amina, id, judge.email)
  const refused = await answer(omar, id, true)
  assert.equal(refused.status, 422)
  assert.match(refused.body, /Invitations to be a co-author[^]*class="error">[^<]*assign it to somebody else first/)
  assert.deepEqual(await authorsOf(node, id), [amina.id])
  await step(amina, 'contributor', 'submit')
  assert.equal((await answer(omar, id, true)).status, 422, 'nor while it is reviewed')
  const { mayStep } = await as(chen, 'curator')('drafts.read', { id })
  assert.ok(mayStep.includes('accept'), 'an invitation takes no right away')
})

test('an author can leave, but not the last; who has left still never judges it', async () => {
  const node = await testApp()
  const amina = await person(node, 'Amina')
  const chen = await person(node, 'Chen', { roles: ['curator'] })
  const id = await begun(amina)
  assert.doesNotMatch(amina.page, /Leave this draft/)
  await ask(amina, id, chen.email)
  await answer(chen, id, true)
  await chen.open(`/en/drafts/${id}`)
  await chen.send(`/drafts/${id}/authors/leave`)
  assert.deepEqual(await authorsOf(node, id), [amina.id])
  await amina.open(`/en/drafts/${id}`)
  await amina.send(`/drafts/${id}/steps`, { step: 'submit' })
  await chen.open(`/en/drafts/${id}`)
  assert.doesNotMatch(chen.page, /value="accept"/)
})

test('a curator who sent a draft back has handed it on only once it is with somebody else who may judge it', async () => {
  const node = await testApp()
  const amina = await person(node, 'Amina')
  const chen = await person(node, 'Chen', { roles: ['curator'] })
  const omar = await person(node, 'Omar', { roles: ['reviewer'] })
  const id = await begun(amina)
  const as = (who: Person, role: string) => (name: string, input: object) =>
    node.app.perform(
      node.app.operation(name)!,
      { kind: 'person', id: who.id, roles: ['contributor', role] },
      input,
    ) as Promise<any>
  const step = async (who: Person, role: string, name: string, more = {}) => {
    const { revision } = await as(who, role)('drafts.read', { id })
    return as(who, role)('drafts.step', { id, revision, step: name, ...more })
  }
  const suspend = (isSuspended: boolean) =>
    node.app.database.write((db) => people(db).change(omar.id, { state: isSuspended ? 'suspended' : 'active' }))
  await step(amina, 'contributor', 'submit')
  await step(chen, 'curator', 'requestChanges', { note: 'Say more.' })
  await ask(amina, id, chen.email)
  assert.equal((await answer(chen, id, true)).status, 422, 'nobody else has it')

  await step(amina, 'contributor', 'submit')
  await as(chen, 'curator')('reviews.assign', { id, reviewer: omar.id })
  await step(chen, 'curator', 'requestChanges', { note: 'Say more still.' })
  await suspend(true)
  assert.equal((await answer(chen, id, true)).status, 422, 'whose account is suspended judges nothing')
  assert.deepEqual(await authorsOf(node, id), [amina.id])
  await suspend(false)
  assert.equal((await answer(chen, id, true)).status, 200)
  assert.deepEqual((await authorsOf(node, id)).toSorted(), [amina.id, chen.id].toSorted())
})

test('who has written with somebody and left is not offered as reviewer of what those write next', async () => {
  const node = await testApp()
  const amina = await person(node, 'Amina')
  const chen = await person(node, 'Chen', { roles: ['curator'] })
  const [omar, lin] = [
    await person(node, 'Omar', { roles: ['reviewer'] }),
    await person(node, 'Lin', { roles: ['reviewer'] }),
  ]
  const first = await begun(amina)
  await ask(amina, first, omar.email)
  await answer(omar, first, true)
  await omar.open(`/en/drafts/${first}`)
  await omar.send(`/drafts/${first}/authors/leave`)
  const next = await begun(amina)
  await amina.send(`/drafts/${next}/steps`, { step: 'submit' })
  const { body } = await chen.open(`/en/drafts/${next}`)
  const offered = /<select[^>]*name="reviewer"[^>]*>([^]*?)<\/select>/.exec(body)![1]!
  assert.ok(offered.includes(lin.id))
  assert.ok(!offered.includes(omar.id))
  const csrf = /name="csrf" value="([^"]+)"/.exec(body)![1]!
  const refused = await chen.post(`/en/queue/${next}/assign`, { reviewer: omar.id, csrf }, {})
  assert.equal(refused.status, 422)
  assert.match(refused.body, /id="f-reviewer-error"/)
})
