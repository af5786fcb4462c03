/** Makes the code list of what a collection may ask for, from the kinds and the messages: `node tools/submission-fields.ts`. */
import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { languages } from '#kernel/i18n/languages.ts'
import { hasMessage, readCatalogue } from '#kernel/i18n/messages.ts'
import { adoption } from '#features/clearing-house/adoption.ts'
import { buildingBlock } from '#features/clearing-house/building-block.ts'
import { stepsOf } from '#records/form/plan.ts'
import type { Kind } from '#records/kind.ts'
import { lesson } from '#features/clearing-house/lesson.ts'
import { practice } from '#features/clearing-house/practice.ts'
import type { CodeList } from '#records/vocabularies/index.ts'

export const place = fileURLToPath(new URL('../src/records/vocabularies/submission-fields.json', import.meta.url))

const inAll = (key: string) =>
  Object.fromEntries(languages.map((language) => [language, readCatalogue(language)[key]!]))

const keyOf = ({ name }: Kind, field: string) =>
  hasMessage(`field.${name}.${field}`) ? `field.${name}.${field}` : `field.${field}`

/** Fields of what people usually submit, in the order of their forms, but for those that must be filled in anyhow. */
export function submissionFields(): CodeList {
  /** Each is named as the first kind names it that asks for it. */
  const keys = new Map<string, string>()
  for (const kind of [practice, lesson, adoption, buildingBlock])
    for (const { name, isRequired } of stepsOf(kind).flatMap(({ asked }) => asked))
      if (!isRequired && !keys.has(name)) keys.set(name, keyOf(kind, name))
  return {
    title: inAll('field.curated-collection.requires'),
    terms: Object.fromEntries([...keys].map(([name, key]) => [name, inAll(key)])),
  }
}

/** A term a line, so that a change is seen as what it is. */
export function written({ title, terms }: CodeList): string {
  const lines = Object.entries(terms).map(([code, term]) => `    ${JSON.stringify(code)}: ${JSON.stringify(term)}`)
  return `{\n  "title": ${JSON.stringify(title)},\n  "terms": {\n${lines.join(',\n')}\n  }\n}\n`
}

if (import.meta.main) await writeFile(place, written(submissionFields()))
