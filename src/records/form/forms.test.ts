/** Forms come from schemas: what a form is filled with is what is read from it again, for every real record. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { readFileSync } from 'node:fs'
import { kinds } from '#app'
import { readDump, type DataPackage } from '#features/dump/dump.ts'
import { fieldsOf } from '../field-plan.ts'
import { control } from '#ui/controls.ts'
import { viewOf } from '#ui/view.ts'
import { valuesIn } from '../../../test/visitor.ts'
import { languageNamed } from '../vocabularies/language-names.ts'
import { codeNamed } from '../vocabularies/names.ts'
import { stepsOf } from './plan.ts'
import { readStep } from './read.ts'
import type { Language } from '#kernel/i18n/languages.ts'

const seed = fileURLToPath(new URL('../../../seed/', import.meta.url))
const site = { name: 'Qingdao', assets: (name: string) => name, collectionTitles: new Map() } as never
const view = (language: Language) => viewOf({ language, prefix: `/${language}`, base: 'http://q', address: '/' }, site)

test('each field of each kind stands in one step of its form, and in one only', () => {
  for (const kind of kinds.values()) {
    const asked = stepsOf(kind).flatMap((step) => step.asked.map((one) => one?.name ?? 'a field that is not there'))
    const all = Object.keys(kind.body.properties).filter(
      (name) => name !== 'originalLanguage' && !kind.notAsked?.includes(name),
    )
    assert.deepEqual(asked.toSorted(), all.toSorted(), kind.name)
  }
})

/** A form shows one language; of a list of texts in many it must leave the others alone. */
const few = 60

test('a form filled from a real record is read back as that record, in English, Arabic and Spanish', async () => {
  const { resources } = JSON.parse(readFileSync(join(seed, 'datapackage.json'), 'utf8')) as DataPackage
  for (const { path } of resources) {
    let count = 0
    for await (const { kind: name, body } of readDump(seed, path)) {
      if (count++ >= few) break
      const kind = kinds.get(name)!
      assert.ok(fieldsOf(kind).length > 0)
      for (const language of ['en', 'ar', 'es'] as const)
        for (const step of stepsOf(kind)) {
          const filling = {
            kind: name,
            language: body.originalLanguage,
            errors: new Map(),
            typed: new Map(),
            beside: () => undefined,
          }
          const page = step.asked
            .map((asked) => control(view(language), asked, body[asked.name], filling).text)
            .join('\n')
          const form = new URLSearchParams(valuesIn(page))
          const { values, violations } = readStep(step, form, body.originalLanguage, body, language)
          assert.deepEqual(violations, [], `${name} ${step.name}`)
          for (const { name: field, control: how } of step.asked)
            assert.deepEqual(
              how === 'line' ? squeezed(values[field]) : values[field],
              how === 'line' ? squeezed(body[field] ?? null) : (trimmed(body[field]) ?? null),
              `${name}.${field}`,
            )
        }
    }
  }
})

/** What stands on one line of a form has single spaces, and what is typed has none at its ends. */
const squeezed = (value: unknown): unknown =>
  typeof value === 'string'
    ? value.replaceAll(/\s+/g, ' ').trim()
    : Array.isArray(value)
      ? value.map(squeezed)
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, squeezed(one)]))
        : value
const trimmed = (value: unknown): unknown =>
  typeof value === 'string'
    ? value.trim().replaceAll('\r\n', '\n')
    : Array.isArray(value)
      ? value.map(trimmed)
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, trimmed(one)]))
        : value

test('names are read in any of the six languages, and codes as they are', () => {
  assert.equal(codeNamed('countries', 'Кения'), 'KE')
  assert.equal(codeNamed('countries', 'كينيا'), 'KE')
  assert.equal(codeNamed('countries', 'ke'), 'KE')
  assert.equal(codeNamed('countries', 'Kenja'), undefined)
  assert.equal(languageNamed('swahili'), 'sw')
  assert.equal(languageNamed('zh-hant'), 'zh-Hant')
  assert.equal(languageNamed('not a language'), undefined)
})

test('numbers are read as people write them, and what is none is kept as it was typed', () => {
  const practice = kinds.get('practice')!
  const step = stepsOf(practice).find(({ asked }) => asked.some(({ name }) => name === 'peopleReached'))!
  const read = (text: string) => readStep(step, new URLSearchParams({ peopleReached: text }), 'en', {})
  for (const [typed, value] of [
    ['1234', 1234],
    ['1,234', 1234],
    ['1 234', 1234],
    ['١٢٣٤', 1234],
  ] as const)
    assert.equal(read(typed).values.peopleReached, value, typed)
  const odd = read('about 200')
  assert.deepEqual(
    odd.violations.map(({ place, rule }) => [place, rule]),
    [['peopleReached', 'number']],
  )
  assert.match(odd.unread.peopleReached!, /about 200/)
})
