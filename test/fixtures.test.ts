/** Rows of every source, valid, dirty and hostile, and what becomes of them in a real node. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { sources as collections, type App } from '#app'
import { hasMessage } from '#kernel/i18n/messages.ts'
import { records } from '#records/store.ts'
import { testApp, type TestApp } from './app.ts'
import { casesOf, expectedOf, fixtures, outcomesOf, writtenOut } from './source-fixtures.ts'

const isWriting = process.env.UPDATE_FIXTURES === '1'
const sources = [...collections.values()]

const filesOf = (source: string) =>
  casesOf(source).flatMap((name) =>
    readdirSync(join(fixtures, source, name), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  )

test('every source has fixtures that say where they come from, with hostile rows among them', () => {
  assert.ok(sources.length >= 23)
  for (const { name } of sources) {
    assert.ok(existsSync(join(fixtures, name, 'SOURCE.md')), `fixtures/${name}/SOURCE.md`)
    assert.match(readFileSync(join(fixtures, name, 'SOURCE.md'), 'utf8'), /Licence: /, name)
    const texts = filesOf(name).map((file) => readFileSync(file, 'latin1'))
    assert.ok(
      texts.some((text) => /<script|&lt;script/.test(text)),
      `${name}: a script in a text`,
    )
  }
})

test('every note and refusal has words', () => {
  const outcomes = sources.flatMap(({ name }) => Object.values(expectedOf(name)))
  const codes = new Set(
    outcomes.flatMap(({ notes = [], refused = [] }) => [...notes, ...refused].map(({ code }) => code)),
  )
  assert.ok(codes.size > 30)
  for (const code of codes) assert.ok(hasMessage(`note.${code}`), `note.${code}`)
})

let scriptsSeen = 0

/** What came with a script in its texts is shown with the script as text. */
async function scriptsAreText(app: App, get: TestApp['get']): Promise<void> {
  const all = await records(app.database.read).all(0, 1_000)
  for (const { id } of all.filter(({ body }) => JSON.stringify(body).includes('<script>alert'))) {
    const { statusCode, body } = await get(`/records/${id}`)
    assert.equal(statusCode, 200)
    assert.match(body, /&lt;script&gt;alert/, id)
    assert.doesNotMatch(body, /<script>alert/, id)
    scriptsSeen++
  }
}

for (const source of sources)
  test(`${source.name}: its rows become what records.json says, word for word`, async () => {
    const { app, get } = await testApp()
    const outcomes = await outcomesOf(app, source)
    const file = join(fixtures, source.name, 'records.json')
    const text = writtenOut(outcomes)
    if (isWriting) return writeFileSync(file, text)
    await scriptsAreText(app, get)
    assert.deepEqual(JSON.parse(text), expectedOf(source.name))
    assert.equal(text, readFileSync(file, 'utf8'), `${source.name}: npm run fixtures writes it anew`)
  })

test('records with scripts in their texts were among them', { skip: isWriting }, () => {
  assert.ok(scriptsSeen > 20, String(scriptsSeen))
})
