/** What is not there is called by its name: that there is no page at an address is said of pages alone. */
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { testApp } from './app.ts'
import { person } from './people.ts'

test('a thing that there is not is named on its page, and in answers of the API', async () => {
  const node = await testApp()
  const olga = await person(node, 'Olga', { roles: ['operator'] })
  const none = '0000000000000000'
  for (const [path, said] of [
    [`/en/drafts/${none}`, `There is no draft “${none}” here.`],
    [`/en/people/${none}`, `There is no account “${none}”.`],
    [`/en/cited-lists/${none}`, `There is no cited list “${none}” here.`],
    [`/en/sheets/${none}`, `There is no spreadsheet “${none}” here.`],
    ['/en/vocabularies/nothing', 'There is no vocabulary “nothing” here.'],
    ['/en/languages/xx', 'No record here is in the language “xx”.'],
    ['/en/subjects/nothing', 'There is no subject “nothing” here.'],
    ['/en/indicators/NO.SUCH', 'There is no indicator “NO.SUCH” here.'],
    ['/en/contact', 'This site does not say yet whom to contact.'],
  ] as const) {
    const { status, body } = await olga.open(path)
    assert.equal(status, 404, path)
    assert.ok(body.includes(said), `${path}: ${said}`)
    assert.doesNotMatch(body, /Page not found/, path)
  }
  assert.match((await olga.open('/en/no-such-page')).body, /Page not found/)
  const answer = await node.get(`/api/quality-labels/${none}`)
  assert.equal(answer.statusCode, 404)
  assert.match(answer.json().detail, /There is no quality label/)
})

/** Where an address stands for no page at all, and where the sort of a thing is asked for. */
const ofPages = ['src/kernel/http/answering.ts', 'src/kernel/http/refusals.ts', 'src/kernel/problem.ts']

test('only an address that leads nowhere is answered without a name', () => {
  const root = fileURLToPath(new URL('..', import.meta.url))
  const all = globSync('src/**/*.ts', { cwd: root })
  assert.ok(all.length > 300)
  const unnamed = all.filter((path) => readFileSync(`${root}/${path}`, 'utf8').includes("new Problem('notFound'"))
  assert.deepEqual(unnamed.sort(), ofPages)
})
