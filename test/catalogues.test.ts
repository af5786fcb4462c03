import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { IntlMessageFormat } from 'intl-messageformat'
import { kinds } from '#app'
import { languages, localeOf } from '#core/languages/languages.ts'
import { hasMessage, messagesIn, readCatalogue } from '#core/languages/messages.ts'
import { problems } from '#core/problem.ts'
import { fieldsOf } from '#house/record/plan.ts'
import { facetNames } from '#house/search/document.ts'
import { codeLists } from '#house/vocabularies/index.ts'
import { place as listOfFields, submissionFields, written } from '../tools/submission-fields.ts'

const english = readCatalogue('en')
const argumentsOf = (message: string, locale: string) => {
  const found = new Set<string>()
  const visit = (parts: any[]) => {
    for (const part of parts) {
      if (part.type !== 0 && part.type !== 7 && part.value) found.add(part.value)
      for (const option of Object.values(part.options ?? {}) as any[]) visit(option.value)
    }
  }
  visit(new IntlMessageFormat(message, locale, undefined, { ignoreTag: true }).getAst() as any[])
  return [...found].sort()
}

for (const language of languages)
  test(`the ${language} catalogue is complete, has nothing extra, and fills in what English fills in`, () => {
    const catalogue = readCatalogue(language)
    assert.deepEqual(Object.keys(catalogue).sort(), Object.keys(english).sort())
    for (const [key, message] of Object.entries(catalogue)) {
      assert.ok(message.trim(), `${language} ${key} is empty`)
      assert.deepEqual(argumentsOf(message, localeOf[language]), argumentsOf(english[key]!, 'en'), `${language} ${key}`)
    }
  })

test('every name that pages make from definitions has its words', () => {
  const needed = [
    ...[...kinds.keys()].flatMap((kind) => [`kind.${kind}.one`, `kind.${kind}.many`, `kind.${kind}.about`]),
    ...[...kinds.values()].flatMap((kind) =>
      fieldsOf(kind).flatMap(({ name }) => name.split('.').map((part) => `field.${part}`)),
    ),
    ...[...kinds.values()].flatMap(({ steps = [] }) => steps.map(({ name }) => `step.${name}`)),
    ...[...kinds.values()].flatMap((kind) =>
      fieldsOf(kind).flatMap(({ field }) => (field.rel ? [`link.${field.rel}`] : [])),
    ),
    ...facetNames.map((facet) => `facet.${facet}`),
    ...Object.keys(problems).flatMap((code) => [
      `problem.${code}.title`,
      `problem.${code}.detail`,
      `problem.${code}.next`,
    ]),
  ]
  assert.deepEqual(
    [...new Set(needed)].filter((key) => !hasMessage(key)),
    [],
  )
})

test('the fields that a collection may ask for are those of the forms, as `node tools/submission-fields.ts` writes them', () => {
  assert.equal(readFileSync(listOfFields, 'utf8'), written(submissionFields()))
})

test('every message that the source asks for by name is in the catalogue', () => {
  const used = globSync('src/**/*.ts').flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(/\bt\('([a-z][\w.-]*)'/gi)].map(([, key]) => key!),
  )
  assert.ok(used.length > 100)
  assert.deepEqual(
    [...new Set(used)].filter((key) => !hasMessage(key)),
    [],
  )
})

test('the house’s own vocabularies have labels in all six languages', () => {
  for (const [name, { title, terms }] of codeLists().filter(
    ([list]) => !['subjects', 'licences', 'countries', 'regions'].includes(list),
  ))
    for (const [code, labels] of [['title', title], ...Object.entries(terms)] as const)
      for (const language of languages) assert.ok(labels[language], `${name} ${code} ${language}`)
})

test('countries and regions are named in all six languages', () => {
  for (const [name, { terms }] of codeLists().filter(([list]) => ['countries', 'regions'].includes(list)))
    for (const [code, labels] of Object.entries(terms))
      for (const language of languages) assert.ok(labels[language], `${name} ${code} ${language}`)
})

test('a missing message falls back to English, visibly, and never to its key', () => {
  assert.match(messagesIn('fr')('no.such.importantThing'), /^important thing \[en\]$/)
})
