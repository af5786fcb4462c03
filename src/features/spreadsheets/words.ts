/** Words of a table that no vocabulary knows, and what their author said of each: a term, nothing, or a note. */
import { languageNamed } from '#records/vocabularies/language-names.ts'
import { termOf } from '#records/vocabularies/index.ts'
import { codeNamed, plainName } from '#records/vocabularies/names.ts'
import type { Kind } from '#records/kind.ts'
import { targetsOf } from './targets.ts'

/** `to`: a code of the vocabulary, or one of the two below. */
export type Word = { field: string; word: string; to: string }

export const ignored = '#ignore'
export const asNote = '#note'

export const wordKey = (field: string, word: string): string => `${field} ${plainName(word)}`

const known = new WeakMap<object, ReadonlyMap<string, string>>()

/** What was said of each word, by `wordKey`. */
export function meanings(words: readonly Word[]): ReadonlyMap<string, string> {
  const before = known.get(words)
  if (before) return before
  const made = new Map(words.map(({ field, word, to }) => [wordKey(field, word), to]))
  known.set(words, made)
  return made
}

/** The list that a field chooses from; `languages` for those that name a language. */
export function listOf(kind: Kind, path: string): string | undefined {
  const of = targetsOf(kind).find((target) => target.path === path)?.asked.field
  return of?.type === 'choice' ? of.vocabulary : of?.type === 'language' ? 'languages' : undefined
}

/** The code of a term as somebody named it for a word. */
export const termNamed = (list: string, typed: string): string | undefined =>
  list === 'languages' ? languageNamed(typed) : termOf(list, typed) ? typed : codeNamed(list, typed)

/** Those of both, the latter where they speak of the same word. */
export function withWords(before: readonly Word[], more: readonly Word[]): Word[] {
  const all = new Map([...before, ...more].map((one) => [wordKey(one.field, one.word), one]))
  return [...all.values()].filter(({ to }) => to !== '')
}
