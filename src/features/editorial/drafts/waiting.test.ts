/** What waits for somebody is counted in the header of each page, right, and in one query. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { KyselyPlugin } from 'kysely'
import { as, collectionWith, give, submitted } from '../../../../test/acting.ts'
import { testApp } from '../../../../test/app.ts'
import { person, type Person } from '../../../../test/people.ts'
import { waitingFor } from './waiting.ts'

const inHeader = async (who: Person) => {
  const { body } = await who.open('/en/about')
  return Number(/class="count"[^>]*>(\d+)</.exec(body)?.[1] ?? 0)
}

test('each sees how much waits for them, and no more once they did it', async () => {
  const node = await testApp()
  const [amina, ben, omar] = [
    await person(node, 'Amina'),
    await person(node, 'Ben'),
    await person(node, 'Omar', { roles: ['reviewer'] }),
  ]
  const [chen, lin] = [await person(node, 'Chen', { roles: ['curator'] }), await person(node, 'Lin')]
  const collection = await collectionWith(node, {}, lin)
  const one = await submitted(node, amina)
  const two = await submitted(node, amina, { collection })
  const ofChen = await submitted(node, chen)
  const { id: begun } = await as(node, amina)('drafts.begin', { kind: 'practice', language: 'en' })
  await as(node, amina)('drafts.inviteAuthor', { id: begun, email: ben.email.toUpperCase() })

  const counted = async (who: Person, ...roles: string[]) => {
    const counts = await as(node, who, ...roles)('drafts.waiting')
    const sum = Object.values(counts as Record<string, number>).reduce((all, each) => all + each, 0)
    assert.equal(await inHeader(who), sum)
    return counts as object
  }
  const nothing = { toReview: 0, toDecide: 0, toCorrect: 0, invited: 0 }
  assert.deepEqual(await counted(amina), nothing)
  assert.deepEqual(await counted(ben), { ...nothing, invited: 1 })
  assert.deepEqual(
    await counted(chen, 'curator'),
    { ...nothing, toDecide: 2 },
    'what they wrote is not theirs to decide',
  )
  assert.deepEqual(await counted(lin), { ...nothing, toDecide: 1 }, 'in the collection that they curate')

  await give(node, chen, one, omar)
  assert.deepEqual(await counted(omar, 'reviewer'), { ...nothing, toReview: 1 })
  assert.deepEqual(await counted(chen, 'curator'), { ...nothing, toDecide: 1 }, 'a reviewer has it')
  await as(node, chen, 'curator')('drafts.step', { id: one, revision: 1, step: 'requestChanges', note: 'How far?' })
  assert.deepEqual(await counted(omar, 'reviewer'), nothing)
  assert.deepEqual(await counted(amina), { ...nothing, toCorrect: 1 })
  await as(node, ben)('drafts.answerInvitation', { id: begun, accepts: true })
  assert.deepEqual(await counted(ben), nothing)
  await as(node, lin)('drafts.step', { id: two, revision: 1, step: 'accept', verdict: 'sound' })
  assert.deepEqual(await counted(lin), { ...nothing, toDecide: 1 }, 'to publish')
  assert.ok(ofChen)
})

test('it is one query, whoever asks, and none for visitors', async () => {
  const node = await testApp()
  let asked = 0
  const counting: KyselyPlugin = {
    transformQuery: ({ node: query }) => query,
    transformResult: async ({ result }) => {
      asked += 1
      return result
    },
  }
  const db = node.app.database.read.withPlugin(counting)
  for (const roles of [['contributor'], ['reviewer'], ['curator'], ['operator']]) {
    asked = 0
    await waitingFor({ db, actor: { kind: 'person', id: 'amina', roles } })
    assert.equal(asked, 1, roles.join())
  }
  asked = 0
  await waitingFor({ db, actor: { kind: 'anyone' } })
  assert.equal(asked, 0)
})
