/** Several reviewers, each alone with a rubric; a curator who sees them side by side; readers who see what they gave. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { testApp } from '../../../../test/app.ts'
import { submitted } from '../../../../test/acting.ts'
import { lettersOf, person, type Person } from '../../../../test/people.ts'
import { agreementOf } from './round.ts'

const shipped = JSON.parse(readFileSync(join(import.meta.dirname, '../rubrics/practice-rubric.json'), 'utf8'))
const codes = (shipped.criteria as { code: string }[]).map(({ code }) => code)

async function giveTo(curator: Person, id: string, reviewer: Person): Promise<void> {
  await curator.open(`/en/drafts/${id}`)
  await curator.send(`/queue/${id}/assign`, { reviewer: reviewer.id })
  await reviewer.open(`/en/drafts/${id}`)
  await reviewer.send(`/queue/${id}/declare`, { hasInterest: 'false' })
}

const filled = (levels: readonly number[], reason: string) =>
  Object.fromEntries(
    codes.flatMap((code, at) => [
      [`level.${code}`, String(levels[at % levels.length])],
      [`reason.${code}`, `${reason} (${code})`],
    ]),
  )

test('two reviewers judge alone; the curator compares, decides, and readers see reviews, scores and names', async () => {
  const node = await testApp()
  await node.as('curator')('rubrics.share', shipped)
  const amina = await person(node, 'Amina')
  const omar = await person(node, 'Omar', { roles: ['reviewer'] })
  const lin = await person(node, 'Lin', { roles: ['reviewer'] })
  const chen = await person(node, 'Chen', { roles: ['curator'] })
  const id = await submitted(node, amina)
  await giveTo(chen, id, omar)
  await giveTo(chen, id, lin)

  await omar.open(`/en/drafts/${id}/review`)
  assert.match(omar.page, /Could somebody who was not there say what was done/)
  await omar.send(`/drafts/${id}/review`, { 'level.clarity': '2' }, { button: ['go', 'save'] })
  assert.match(
    omar.page,
    /<input type="radio" name="level.clarity" value="2"[^>]* checked/,
    'what was saved is there again',
  )
  const early = await omar.send(`/drafts/${id}/review`, { verdict: 'sound' }, { button: ['go', 'handIn'] })
  assert.equal(early.status, 422)
  assert.match(
    early.body,
    /href="#f-reason-clarity">[^<]*(<[^>]*>)*Described clearly/,
    'each thing missing leads to its field',
  )
  await omar.send(
    `/drafts/${id}/review`,
    { ...filled([3, 2], 'As Omar sees it'), verdict: 'sound', summary: 'Good to learn from.' },
    { button: ['go', 'handIn'] },
  )
  assert.match(omar.page, /1 review submitted\. 1 reviewer has not finished yet/)
  assert.match((await lettersOf(node)).at(-1)!, /To: chen@example.org[^]*Omar submitted a review/)

  await lin.open(`/en/drafts/${id}/reviews`)
  assert.doesNotMatch(lin.page, /As Omar sees it/, 'nobody reads others before they handed in their own')
  await amina.open(`/en/drafts/${id}/reviews`)
  assert.doesNotMatch(amina.page, /As Omar sees it/, 'authors wait for the decision')
  await lin.open(`/en/drafts/${id}/review`)
  await lin.send(
    `/drafts/${id}/review`,
    { ...filled([3, 1], 'As Lin sees it'), verdict: 'weaknesses' },
    { button: ['go', 'handIn'] },
  )
  assert.match(lin.page, /As Omar sees it/)
  assert.equal(
    (await lin.open(`/en/drafts/${id}/review`)).body.includes('Submit review'),
    false,
    'what is handed in stays',
  )

  await chen.open(`/en/drafts/${id}/reviews`)
  assert.match(chen.page, /(<th scope="col"><bdi>(Omar|Lin)<\/bdi><\/th>\s*){2}/)
  assert.match(chen.page, /Good agreement[^]*alpha is 0\.86, over 7 criteria/)
  await chen.open(`/en/drafts/${id}`)
  await chen.send(`/drafts/${id}/steps`, { step: 'accept', verdict: 'weaknesses', note: 'Little was measured.' })
  await chen.send(`/drafts/${id}/steps`, { step: 'publish' })

  const page = (await node.get(`/en/records/${id}`)).body
  assert.match(page, /Reviewed: has weaknesses[^]*(Omar and Lin|Lin and Omar)[^]*Review of “Radio lessons”/)
  assert.match(page, /Average scores of 2 reviews[^]*<svg[^]*1\.5 of 3/)
  const { records } = await node.as()('reviews.list')
  assert.deepEqual(records.map(({ body }: any) => body.creators[0].name).sort(), ['Lin', 'Omar'])
  assert.equal(records[0].body.reviews, id)
  assert.equal(records[0].body.rubricRevision, 1)
  const own = (await node.get(`/en/records/${records.find(({ body }: any) => body.creators[0].name === 'Omar').id}`))
    .body
  assert.match(own, /As Omar sees it \(clarity\)/)
  assert.match(own, /declared no conflict of interest/)
})

test('who wrote something else with an author is told apart, and not given the submission', async () => {
  const node = await testApp()
  const amina = await person(node, 'Amina')
  const omar = await person(node, 'Omar', { roles: ['reviewer'] })
  const chen = await person(node, 'Chen', { roles: ['curator'] })
  await amina.open('/en/share')
  await amina.send('/share', { kind: 'lesson', language: 'en' })
  const other = /\/drafts\/([0-9a-z]{16})/.exec(amina.at)![1]!
  await amina.open(`/en/drafts/${other}`)
  await amina.send(`/drafts/${other}/authors`, { email: omar.email })
  await omar.open('/en/desk')
  await omar.send(`/draft-invitations/${other}/answer`)
  const id = await submitted(node, amina)
  await chen.open(`/en/drafts/${id}`)
  assert.match(chen.page, /Omar<\/bdi>: has written something with its authors/)
  const actor = { kind: 'person' as const, id: chen.id, roles: ['contributor', 'curator'] }
  await assert.rejects(
    node.app.perform(node.app.operation('reviews.assign')!, actor, { id, reviewer: omar.id }),
    /invalid/,
  )
})

test('levels that the rubric does not have are refused, and nobody writes who was not asked', async () => {
  const node = await testApp()
  await node.as('curator')('rubrics.share', shipped)
  const amina = await person(node, 'Amina')
  const omar = await person(node, 'Omar', { roles: ['reviewer'] })
  const chen = await person(node, 'Chen', { roles: ['curator'] })
  const id = await submitted(node, amina)
  const write = (who: Person, scores: object[]) =>
    node.app.perform(
      node.app.operation('reviews.write')!,
      { kind: 'person', id: who.id, roles: ['contributor', 'reviewer'] },
      { id, language: 'en', scores },
    )
  await assert.rejects(write(omar, []), /forbidden/)
  await giveTo(chen, id, omar)
  await assert.rejects(write(omar, [{ criterion: 'clarity', level: 9, reason: '' }]), /invalid/)
  await assert.rejects(write(omar, [{ criterion: 'charm', level: 1, reason: '' }]), /invalid/)
  await write(omar, [{ criterion: 'clarity', level: 1, reason: '' }])
})

test('agreement reads in words by Krippendorff’s bounds, and of one review nothing is told', () => {
  const given = (...levels: number[]) => ({
    scores: levels.map((level, at) => ({ criterion: `c${at}`, level, reason: '' })),
  })
  assert.equal(agreementOf([given(1, 2)]), null)
  assert.equal(agreementOf([given(0, 1, 2, 3), given(0, 1, 2, 3)])!.reads, 'good')
  assert.equal(agreementOf([given(0, 1, 2, 3), given(3, 2, 1, 0)])!.reads, 'low')
  assert.equal(agreementOf([given(2, 2), given(2, 2)])!.reads, 'untold')
})
