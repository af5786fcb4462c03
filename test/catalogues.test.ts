import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { IntlMessageFormat } from 'intl-messageformat'
import { kinds } from '#app'
import { languages, localeOf } from '#kernel/i18n/languages.ts'
import type { DerivedKey, MessageKey } from '#kernel/i18n/message-key.ts'
import { hasMessage, messagesIn, readCatalogue } from '#kernel/i18n/messages.ts'
import { problems } from '#kernel/problem.ts'
import { reasons, states } from '#features/editorial/drafts/states.ts'
import { criteria } from '#features/matching/measure.ts'
import { stepsOf } from '#records/form/plan.ts'
import { areaNames } from '#ui/layout.ts'
import { textSections } from '#features/portal/pages/documents.ts'
import { events } from '#accounts/audit.ts'
import { everyone } from '#kernel/permission.ts'
import { fieldsOf } from '#records/field-plan.ts'
import { facetNames } from '#records/facets.ts'
import { codeLists } from '#records/vocabularies/index.ts'
import { commands } from '../src/commands/shell.ts'
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

/** All words of a file of values that stand under `fr`, such as those of a code list, with where they stand. */
function frenchIn(value: unknown, place: string, isFrench = false): [string, string][] {
  if (typeof value === 'string') return isFrench ? [[place, value]] : []
  return Object.entries(value ?? {}).flatMap(([name, one]) =>
    frenchIn(one, `${place} ${name}`, isFrench || name === 'fr'),
  )
}

test('no French text lets a line begin with a mark: before : ; ? ! » and after « stands a no-break space', () => {
  const files = globSync('src/**/*.json').filter((path) => !/\/locales\/(?!fr\.json$)/.test(path))
  const texts = files.flatMap((path) =>
    frenchIn(JSON.parse(readFileSync(path, 'utf8')), path, path.endsWith('/locales/fr.json')),
  )
  assert.ok(texts.length > 5000, `${texts.length} texts`)
  assert.deepEqual(
    texts.filter(([, text]) => / [:;?!»]|« /.test(text)),
    [],
    'U+00A0 before : and inside « », U+202F before ; ? !',
  )
  // A narrow one before a colon or a wide one before a question mark is not what the others have.
  assert.deepEqual(
    texts.filter(([, text]) => /\u202F[:»]|«\u202F|\u00A0[;?!]/.test(text)),
    [],
  )
})

/** By the first word of the keys that pages make of names, all that the definitions can make. */
type Family = DerivedKey extends infer Key ? (Key extends `${infer First}.${string}` ? First : never) : never
const everyKind = [...kinds.values()]
const everyField = everyKind.flatMap(fieldsOf)
const derived: Record<Family, readonly DerivedKey[]> = {
  kind: everyKind.flatMap(({ name }) =>
    (['one', 'many', 'about'] as const).map((form) => `kind.${name}.${form}` as const),
  ),
  field: everyField.flatMap(({ name }) => name.split('.').map((part) => `field.${part}` as const)),
  link: everyField.flatMap(({ field }) => (field.rel ? [`link.${field.rel}` as const] : [])),
  facet: [...facetNames, 'linked', 'year'].map((facet) => `facet.${facet}` as const),
  step: everyKind.flatMap((kind) => stepsOf(kind).map(({ name }) => `step.${name}` as const)),
  problem: Object.keys(problems).flatMap((code) =>
    (['title', 'detail', 'next'] as const).map((part) => `problem.${code}.${part}` as const),
  ),
  area: areaNames.map((area) => `area.${area}.about` as const),
  criterion: criteria.map((criterion) => `criterion.${criterion}` as const),
  role: everyone.map((role) => `role.${role}` as const),
  audit: events.map((event) => `audit.event.${event}` as const),
  state: states.map((state) => `state.${state}` as const),
  reason: reasons.map((reason) => `reason.${reason}` as const),
  text: Object.entries(textSections).flatMap(([name, sections]) =>
    Array.from(
      { length: sections },
      (_, i) => [`text.${name}.${i + 1}`, `text.${name}.${i + 1}.title`] as const,
    ).flat(),
  ),
  cli: commands.flatMap(({ name }) => [`cli.${name}.about`, `cli.${name}.more`] as const),
}

for (const [family, needed] of Object.entries(derived))
  test(`every key of ${family} that pages make from definitions has its words`, () => {
    assert.ok(needed.length > 2)
    assert.deepEqual(
      [...new Set(needed)].filter((key) => !hasMessage(key)),
      [],
    )
  })

test('what stands between a label and its value is that of the language, never a colon of the page’s own', () => {
  const joined = /(?:<\/[a-z]\w*>|class="[^"]*">): ?(?:\$|$)|\}: \$\{(?:view\.)?(?:t\(|wordsOr|label)/
  const files = globSync(['src/ui/*.ts', 'src/commands/*.ts', 'src/**/pages/**/*.ts']).filter(
    (path) => !path.endsWith('.test.ts'),
  )
  assert.ok(files.length > 100)
  for (const path of files)
    for (const line of readFileSync(path, 'utf8').split('\n')) assert.doesNotMatch(line, joined, path)
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

const isWorldwide = (list: string) => ['countries', 'regions'].includes(list)

test('the node’s own vocabularies have labels in every language', () => {
  const own = codeLists().filter(([list]) => !isWorldwide(list) && !['subjects', 'licences'].includes(list))
  assert.ok(own.length > 20)
  assert.deepEqual(
    own.flatMap(([name, { title, terms }]) =>
      [['title', title] as const, ...Object.entries(terms)].flatMap(([code, labels]) =>
        languages.filter((language) => !labels[language]).map((language) => `${name} ${code} ${language}`),
      ),
    ),
    [],
  )
})

test('countries and regions are named in every language', () => {
  const worldwide = codeLists().filter(([list]) => isWorldwide(list))
  assert.equal(worldwide.length, 2)
  assert.deepEqual(
    worldwide.flatMap(([name, { terms }]) =>
      Object.entries(terms).flatMap(([code, labels]) =>
        languages.filter((language) => !labels[language]).map((language) => `${name} ${code} ${language}`),
      ),
    ),
    [],
  )
})

test('a missing message falls back to English, visibly, and never to its key', () => {
  assert.match(messagesIn('fr')('no.such.importantThing' as MessageKey), /^important thing \[en\]$/)
})
