/** A researcher cites what a search found, and whoever follows the address sees exactly that, whatever happened since. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { problemOf, testApp, usualNow } from '../../../test/app.ts'

let clock = usualNow
const node = await testApp({ now: () => clock })
const curator = node.as('curator')
const body = (title: string, more: object = {}) => ({
  title: { en: title },
  originalLanguage: 'en',
  purpose: { en: 'To listen' },
  procedure: { en: 'Meet at five' },
  ...more,
})
const shared = async (title: string) => (await curator('building-blocks.share', body(title))) as { id: string }
const first = await shared('Radio club alpha')
const second = await shared('Radio club beta')
const third = await shared('Radio club gamma')
const fourth = await shared('Radio club delta')

const post = (query: string, { prefix = '', remote = '192.0.2.1', origin = '' } = {}) =>
  node.web.fastify.inject({
    method: 'POST',
    url: `${prefix}/cited-lists`,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...(origin && { origin }) },
    payload: new URLSearchParams({ query }).toString(),
    remoteAddress: remote,
  })
const question = 'q=radio&sort=title'
const { headers } = await post(question)
const address = String(headers.location)
const read = (path = '') => node.get(`${address}${path}`)
const idsIn = (text: string) => JSON.parse(text).entries.map(({ id }: { id: string }) => id)

test('the page of a search offers to cite the list, without an account, and leads to an address of its own', async () => {
  const page = (await node.get(`/search?${question}`)).body
  assert.match(
    page,
    /<form method="post" action="\/cited-lists"[^>]*>\s*<input type="hidden" name="query" value="q=radio&amp;sort=title"/,
  )
  assert.match(address, /^\/cited-lists\/[0-9a-f]{32}$/)
  const shown = await read()
  assert.equal(shown.statusCode, 200)
  const at = ['alpha', 'beta', 'delta', 'gamma'].map((name) => shown.body.indexOf(`Radio club ${name}`))
  assert.ok(at[0]! > 0)
  assert.deepEqual(
    at,
    at.toSorted((a, b) => a - b),
    'in the order of the search',
  )
  assert.match(shown.body, /4 records/)
  assert.match(shown.body, /Qingdao\. “radio”\. List of 4 records, 2 January 2026\. http[^<]*\/cited-lists\//)
  assert.match(shown.body, /name="robots" content="noindex/)
})

test('what finds nothing has nothing to cite, and another site cannot send the form', async () => {
  assert.equal((await node.get('/search?q=zzzz')).body.includes('/cited-lists'), false)
  assert.equal((await post('q=zzzz')).statusCode, 404)
  assert.equal((await post(question, { origin: 'https://elsewhere.example' })).statusCode, 403)
  assert.equal((await post('from=x')).statusCode, 400)
  assert.equal((await node.get('/cited-lists/0123')).statusCode, 404)
  assert.equal((await node.get(`/cited-lists/${'0'.repeat(32)}.csv`)).statusCode, 404)
})

test('the same list has the same address, on another day, in another language and asked in other words', async () => {
  clock = new Date('2026-03-04T05:06:07.000Z')
  for (const query of [question, 'sort=title&q=radio&limit=2&after=x&campaign=y'])
    assert.equal((await post(query)).headers.location, address)
  assert.equal((await post(question, { prefix: '/fr' })).headers.location, `/fr${address}`)
  assert.notEqual((await post('q=radio&sort=oldest')).headers.location, address, 'another order is another list')
  assert.match(
    (await node.get(`/fr${address}`)).body,
    /Liste de 4 fiches, 2 janvier 2026/,
    'the day of the first citation',
  )
})

test('anyone can compute the checksum, of which the address is the beginning', async () => {
  const { body: text } = await read('.txt')
  const checksum = createHash('sha256').update(text).digest('hex')
  assert.equal(address, `/cited-lists/${checksum.slice(0, 32)}`)
  assert.ok((await read()).body.includes(checksum))
  assert.deepEqual(text.split('\n'), [
    'query q=radio&sort=title',
    'records 4',
    ...[first, second, fourth, third].map(({ id }) => `${id} 1`),
    '',
  ])
})

test('it is there as CSV and JSON, and its citation as BibTeX, RIS and CSL', async () => {
  const [csv, json, bib, ris, csl] = await Promise.all(
    ['.csv', '.json', '.bib', '.ris', '.csl'].map((ending) => read(ending)),
  )
  const rows = csv!.body.slice(1).trim().split('\r\n')
  assert.equal(rows[0], 'position,id,version,state,kind,title,address')
  assert.match(
    rows[1]!,
    new RegExp(`^1,${first.id},1,unchanged,building-block,Radio club alpha,http.*/records/${first.id}/versions/1$`),
  )
  assert.equal(rows.length, 5)
  const told = JSON.parse(json!.body)
  assert.deepEqual([told.total, told.query, told.citedAt], [4, question, usualNow.toISOString()])
  assert.equal(told.entries[0].record.body.title.en, 'Radio club alpha')
  assert.match(bib!.body, /title = \{\{“radio”: list of 4 records\}\}[^]*date = \{2026-01-02\}[^]*cited-lists/)
  assert.match(ris!.body, /^TY {2}- DATA\r\nTI {2}- “radio”: list of 4 records\r\n/)
  assert.equal(JSON.parse(csl!.body)[0].type, 'dataset')
})

test('after records were revised, withdrawn, merged and added it shows what was cited, and says what became of it', async () => {
  await curator('building-blocks.revise', { id: first.id, revision: 1, body: body('Television club') })
  await curator('records.withdraw', { id: second.id, revision: 1, reason: 'It was a mistake' })
  const { id, into } = { id: third.id, into: fourth.id }
  await curator('records.merge', { id, revision: 1, into, intoRevision: 1, reason: 'The same club' })
  await shared('Radio club epsilon')
  const page = (await read()).body
  assert.match(page, /Radio club alpha[^]*Revised since/)
  assert.ok(!page.includes('Television club') && !page.includes('epsilon'))
  assert.ok(!page.includes('Radio club beta'), 'what was withdrawn is not shown here either')
  assert.match(page, new RegExp(`${second.id}[^]*Withdrawn since`))
  assert.match(page, new RegExp(`${third.id}[^]*Merged into another record since\\.[^]*/records/${fourth.id}`))
  assert.match(page, /2 records were revised since/)
  assert.match(page, /2 records are no longer published here/)
  const { body: json } = await read('.json')
  assert.deepEqual(idsIn(json), [first.id, second.id, fourth.id, third.id])
  const told = JSON.parse(json)
  assert.equal(told.entries[0].record.body.title.en, 'Radio club alpha')
  assert.equal(told.entries[1].record, null)
  assert.deepEqual([told.since.revised, told.since.withdrawn, told.since.unchanged], [2, 2, 0])
  assert.notEqual((await post(question)).headers.location, address, 'today it is another list')
})

test('from one place so many new lists an hour are kept; those that are kept already can be cited on', async () => {
  const from = { remote: '192.0.2.9' }
  const answers = []
  for (let i = 0; i < 61; i++) answers.push((await post(`q=radio&not=country:${i}`, from)).statusCode)
  assert.deepEqual([answers[0], answers[59], answers[60]], [303, 303, 429])
  assert.equal((await post('q=radio&not=country:1', from)).statusCode, 303)
})

test('a curator removes a list whose words should not be published, and the audit tells of it', async () => {
  const id = address.slice(-32)
  assert.equal(await problemOf(node.as('reviewer')('citedLists.remove', { id, reason: 'A name' })), 'forbidden')
  await curator('citedLists.remove', { id, reason: 'A name' })
  assert.equal((await read()).statusCode, 404)
  const { events } = await node.as('operator')('audit.list')
  assert.equal(events[0].event, 'citedList.removed')
})
