/** Somebody asks by letter to be erased: an operator does it on a page that asks, or on the machine. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shell } from '#kernel/context.ts'
import { problemOf, testApp } from '../../../test/app.ts'
import { password, person } from '../../../test/people.ts'
import { people } from '#accounts/store.ts'

const node = await testApp()
const fatou = await person(node, 'Fatou Sow', { roles: ['operator'] })
const accountOf = (id: string) => people(node.app.database.read).byId(id)

test('an operator erases the account of who asked, after a page that says what goes and what stays', async () => {
  const amina = await person(node, 'Amina Diallo')
  await fatou.open(`/en/people/${amina.id}`)
  assert.match(fatou.page, new RegExp(`href="/en/people/${amina.id}/erase">Delete this account`))
  await fatou.open(`/en/people/${amina.id}/erase`)
  assert.match(fatou.page, /Amina Diallo<\/bdi>[^]*amina\.diallo@example\.org[^]*What is deleted[^]*What stays/)

  const unsaid = await fatou.send(`/people/${amina.id}/erase`, { erasePassword: password })
  assert.equal(unsaid.status, 422, 'whether the name stays is asked, not guessed')
  assert.match(unsaid.body, /href="#f-keepName"/)
  const wrong = await fatou.send(`/people/${amina.id}/erase`, { keepName: 'false', erasePassword: 'not mine' })
  assert.equal(wrong.status, 422)
  assert.match(wrong.body, /href="#f-erasePassword"[^]*value="false"[^>]* checked/)
  assert.equal((await accountOf(amina.id))!.state, 'active')

  await fatou.send(`/people/${amina.id}/erase`, { keepName: 'false', erasePassword: password })
  assert.equal(fatou.at, '/en/people?erased=true')
  assert.match(fatou.page, /The account was deleted[^]*tell the person/)
  assert.doesNotMatch(fatou.page, /Amina/)
  const { state, name, email } = (await accountOf(amina.id))!
  assert.deepEqual([state, name, email], ['erased', '', ''])
  assert.match((await amina.open('/en/account')).body, /<h1>Sign in/)
  await fatou.open('/en/audit')
  assert.match(fatou.page, /Fatou Sow<\/bdi>[^]*?account deleted at the person’s request/)
  assert.equal((await fatou.open(`/en/people/${amina.id}/erase`)).status, 404)
})

test('nobody erases themselves here, nobody but operators erases others, and the last operator stays', async () => {
  const ben = await person(node, 'Ben', { roles: ['curator'] })
  await fatou.open(`/en/people/${fatou.id}`)
  assert.doesNotMatch(fatou.page, /\/erase"/)
  assert.match(fatou.page, /href="\/en\/account#erase"/)
  await fatou.open(`/en/people/${fatou.id}/erase`)
  assert.match(fatou.at, /^\/en\/account/)
  assert.equal((await ben.open(`/en/people/${fatou.id}/erase`)).status, 403)

  const eraseFor = node.app.operation('accounts.eraseFor')!
  const as = (id: string, ...roles: string[]) => ({ kind: 'person' as const, id, roles })
  const given = (id: string) => ({ id, keepName: false, password, session: '' })
  assert.equal(await problemOf(node.app.perform(eraseFor, as(ben.id, 'curator'), given(fatou.id))), 'forbidden')
  assert.equal(await problemOf(node.app.perform(eraseFor, as(fatou.id, 'operator'), given(fatou.id))), 'invalid')
  assert.equal(await problemOf(node.app.perform(eraseFor, shell, given(fatou.id))), 'invalid', 'the last operator')
  assert.equal((await accountOf(fatou.id))!.state, 'active')
})
