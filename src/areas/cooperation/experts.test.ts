/** The network of expertise: found by what one chose to show, written to without an address, and left with all that was said. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problemOf, testApp } from '../../../test/app.ts'
import { as } from '../../../test/acting.ts'
import { lettersOf, password, person, type Person } from '../../../test/people.ts'

const help = { expertHelp: ['mentoring', 'training'], workingLanguages: ['sw', 'en'], countries: ['KE'] }

test('somebody joins, is found by help, language and country, and leaves; only what they chose is shown', async () => {
  const node = await testApp()
  const amina = await person(node, 'Amina')
  assert.match((await amina.open('/en/experts')).body, /Nobody has joined yet/)
  await amina.open('/en/experts/mine')
  const empty = await amina.send('/experts/mine', {})
  assert.equal(empty.status, 422)
  assert.match(amina.page, /Can help with/)
  await amina.send('/experts/mine', {
    expertHelp: ['mentoring', 'training'],
    workingLanguages: 'Swahili\nEnglish',
    countries: 'Kenya',
    expertFor: 'Radio for Learning Kenya',
    aboutExpert: 'I taught by radio for ten years.',
  })
  assert.match(amina.page, /Saved\. You are shown/)
  const list = async (query = '') => (await node.get(`/en/experts${query}`)).body
  assert.match(
    await list(),
    /1 person[^]*Amina[^]*For .*Radio for Learning Kenya[^]*Mentoring, Training[^]*Kenya[^]*I taught by radio/,
  )
  for (const query of ['?skill=mentoring', '?language=sw', '?country=KE', '?level=1', '?skill=nothing'])
    assert.match(await list(query), /Amina/, query)
  for (const query of ['?skill=translation', '?language=fr', '?country=PE'])
    assert.match(await list(query), /Nobody fits/, query)
  const answer = await node.as()('experts.list', {})
  assert.ok(!JSON.stringify(answer).includes(amina.id) && !JSON.stringify(answer).includes(amina.email))
  assert.equal(
    await problemOf(as(node, amina)('experts.save', { ...help, countries: ['XX'] })),
    'invalid',
    'a code that is in no list',
  )
  await amina.send('/experts/mine/remove', {})
  assert.match(await list(), /Nobody has joined yet/)
})

test('a message and its answer pass through the site; no address and no typed word is in an email', async () => {
  const node = await testApp()
  const amina = await person(node, 'Amina')
  const ben = await person(node, 'Ben')
  const { id } = await as(node, amina)('experts.save', help)
  assert.match((await node.get(`/en/experts/${id}`)).body, /Sign in to write to this person/)
  await ben.open(`/en/experts/${id}`)
  const before = (await lettersOf(node)).length
  await ben.send(`/experts/${id}/messages`, { text: '' })
  assert.match(ben.page, /There is a problem/)
  await ben.send(`/experts/${id}/messages`, { text: 'Can you visit our school?' })
  assert.match(ben.page, /Your message was sent/)
  await ben.send(`/experts/${id}/messages`, { text: 'And another thing' })
  assert.match(ben.page, /waits until your last message to this person is answered/)

  await amina.open('/en/experts/messages')
  assert.match(amina.page, /From Ben[^]*Can you visit our school\?/)
  const [{ id: message }] = (await as(node, amina)('experts.messages', {})).messages
  assert.equal(await problemOf(as(node, ben)('experts.answer', { id: message, text: 'x' })), 'notFound')
  await amina.send(`/experts/messages/${message}/answer`, { text: 'In May, gladly.' })
  await ben.open('/en/experts/messages')
  assert.match(ben.page, /To Amina[^]*In May, gladly\./)
  await ben.send(`/experts/messages/${message}/result`, { result: 'completed' })
  assert.match(ben.page, /What came of it: Completed/)

  const letters = (await lettersOf(node)).slice(before)
  assert.equal(letters.length, 2)
  for (const letter of letters) {
    assert.ok(!/Can you visit|In May/.test(letter), 'nothing that was typed')
    assert.match(letter, /\/experts\/messages/)
  }
  assert.ok(!letters[0]!.includes(ben.email) && !letters[1]!.includes(amina.email))
  const chen = await person(node, 'Chen')
  assert.ok(!(await chen.open('/en/experts/messages')).body.includes('Ben'))
  assert.equal(await problemOf(as(node, chen)('experts.result', { id: message, result: 'completed' })), 'notFound')
})

test('who writes too often waits; a curator hides an entry; who erases their account takes all of it along', async () => {
  const node = await testApp()
  const ben = await person(node, 'Ben')
  const chen = await person(node, 'Chen', { roles: ['curator'] })
  const ids: string[] = []
  const asked: Person[] = []
  for (const name of ['Ada', 'Bo', 'Cyd', 'Dee', 'Eli', 'Flo']) asked.push(await person(node, name))
  for (const one of asked) ids.push((await as(node, one)('experts.save', help)).id)
  for (const id of ids.slice(0, 5)) await as(node, ben)('experts.write', { id, text: 'Hello' })
  assert.equal(await problemOf(as(node, ben)('experts.write', { id: ids[5]!, text: 'Hello' })), 'tooManyTries')
  await chen.open(`/en/experts/${ids[0]}`)
  await chen.send(`/experts/${ids[0]}/hidden`, { hidden: 'true' })
  assert.equal((await node.get(`/en/experts/${ids[0]}`)).statusCode, 404)
  assert.equal((await node.as()('experts.list', {})).total, 5)
  assert.equal(await problemOf(as(node, ben)('experts.hide', { id: ids[1]!, hidden: true })), 'forbidden')

  const taken = await ben.open('/en/account/export.json')
  assert.equal(taken.body.match(/"Hello"/g)?.length, 5)
  await ben.open('/en/account')
  await ben.send('/account/erase', { erasePassword: password, keepName: 'false' })
  for (const one of asked) assert.deepEqual((await as(node, one)('experts.messages', {})).messages, [])
})
