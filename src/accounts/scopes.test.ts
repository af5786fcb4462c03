/** What a key for programs may do is chosen by its name in the reader's language, never by the word of programs alone. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kinds, operations } from '#app'
import { languages } from '#kernel/i18n/languages.ts'
import { readCatalogue } from '#kernel/i18n/messages.ts'
import { testApp } from '../../test/app.ts'
import { person } from '../../test/people.ts'
import { violationsOf } from '#kernel/schema.ts'
import { makeKey, scopesOf } from './keys.ts'

const plurals = new Set([...kinds.values()].map(({ plural }) => plural))

for (const language of languages)
  test(`${language}: every permission of a key has a name`, () => {
    const words = readCatalogue(language)
    const scopes = scopesOf(operations)
    assert.ok(scopes.length > 40)
    const unnamed = scopes.filter((scope) => !plurals.has(scope) && !words[`scope.${scope}`])
    assert.deepEqual(unnamed, [])
  })

test('every permission that is offered can be given, and all of them at once', () => {
  const given = { name: 'All', scopes: scopesOf(operations), days: 1 }
  const refused = violationsOf(makeKey.input, given).filter(({ place }) => place.startsWith('scopes'))
  assert.ok(given.scopes.length > 50)
  assert.deepEqual(refused, [])
})

test('who makes a key reads what each permission is about, with the word of programs behind it', async () => {
  const amina = await person(await testApp(), 'Amina')
  await amina.open('/fr/account')
  const offered = [...amina.page.matchAll(/name="scopes"[^>]*> <span>([^<]*)<code/g)].map(([, words]) => words!.trim())
  assert.ok(offered.length > 40)
  assert.deepEqual(
    offered.filter((words) => words === ''),
    [],
  )
  assert.match(amina.page, /Listes de fiches citées <code class="small">citedLists</)
})
