/** What happened to accounts leaves the machine as lines, where the operator wants it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp } from '../../test/app.ts'
import { password, person } from '../../test/people.ts'
import { visitor } from '../../test/visitor.ts'
import { tellAudit } from './audit-lines.ts'

test('each event is one line of JSON, in order, once, without names or addresses; what fails to be written comes again', async () => {
  const node = await testApp()
  const amina = await person(node, 'Amina')
  const door = visitor(node)
  await door.open('/en/sign-in')
  await door.send('/sign-in', { email: amina.email, password: 'wrong' })
  await assert.rejects(
    tellAudit(node.app.database, () => {
      throw new Error('nobody listens')
    }),
  )

  const lines: string[] = []
  const tell = () => tellAudit(node.app.database, (line) => lines.push(line))
  assert.equal(await tell(), 2)
  await door.send('/sign-in', { email: amina.email, password })
  await Promise.all([tell(), tell()])
  assert.deepEqual(
    lines.map((line) => {
      const { event, subject, detail } = JSON.parse(line)
      return [event, subject, detail]
    }),
    [
      ['session.opened', amina.id, 'link'],
      ['session.refused', amina.id, 'password'],
      ['session.opened', amina.id, 'password'],
    ],
  )
  assert.doesNotMatch(lines.join('\n'), /Amina|example\.org/)
})
