/** A curator issues a badge on the page; somebody verifies the picture; the curator revokes it, and that is seen. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCarrier } from '#codecs/open-badges/read-carrier.ts'
import { testApp } from '../../../../test/app.ts'
import { person } from '../../../../test/people.ts'
import { visitor } from '../../../../test/visitor.ts'

const node = await testApp()
const seen = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')
const words = {
  name: 'Teaching by radio',
  description: 'Plans and gives lessons',
  criteria: 'Ten lessons, watched by a teacher',
}

test('what was issued on the page verifies from its picture, and no more once it is revoked', async () => {
  const chen = await person(node, 'Chen', { roles: ['curator'] })
  await chen.open('/en/credentials')
  const answer = await chen.send('/credentials', { ...words, learner: 'Amina <b>', format: 'svg' })
  assert.equal(answer.status, 200)
  assert.equal(answer.headers['content-type'], 'image/svg+xml')
  const [, id] = /badge-(\w+)\.svg/.exec(String(answer.headers['content-disposition']))!
  const carried = readCarrier(Buffer.from(answer.body))
  assert.ok('text' in carried)
  const { credentialSubject } = JSON.parse(carried.text)
  assert.match(credentialSubject.id, /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)

  const employer = visitor(node)
  const verify = async () => {
    await employer.open('/en/verify')
    const file = { name: 'badge.svg', content: answer.body, type: 'image/svg+xml' }
    return seen((await employer.send('/verify', {}, { files: { file } })).body)
  }
  assert.match(await verify(), /Passed: 8\. Failed: 0\. Could not be checked: 1\./)

  await chen.open(`/en/credentials/${id}`)
  const unsaid = await chen.send(`/credentials/${id}`, { state: 'revoked', reason: '' })
  assert.equal(unsaid.status, 422)
  const revoked = await chen.send(`/credentials/${id}`, { state: 'revoked', reason: 'Given to the wrong person' })
  assert.match(seen(revoked.body), /Status Revoked.*Given to the wrong person.*revoked for good/)
  assert.match(
    await verify(),
    /Do not rely on this credential: 1 check failed .*Withdrawn or suspended Failed The issuer has withdrawn it/,
  )
})

test('a picture and JSON are offered too; what is missing is said, and who may not issue is refused', async () => {
  const omar = await person(node, 'Omar', { roles: ['curator'] })
  await omar.open('/fr/credentials')
  const incomplete = await omar.send('/credentials', { ...words, criteria: ' ', until: '2020-01-01' })
  assert.equal(incomplete.status, 422)
  assert.ok(incomplete.body.includes('Plans and gives lessons'))
  for (const format of ['json', 'png']) {
    await omar.open('/fr/credentials')
    const { status, headers } = await omar.send('/credentials', { ...words, until: '2030-06-30', format })
    assert.deepEqual([status, headers['content-type']], [200, format === 'json' ? 'application/vc' : 'image/png'])
  }
  const amina = await person(node, 'Amina')
  assert.equal((await amina.open('/en/credentials')).status, 403)
})
