/**
 * Spanish word forms. The rules take the ends off nouns until a generator (“generador”) is gender (“género”), an assistant is attendance (“asistencia”),
 * and what is accessible is access. Such nouns keep their end, in one number and gender.
 */
import { stemmer } from '@orama/stemmers/spanish'

/** What does, what is a state, what can be: each with the end it keeps. */
const kept: [end: RegExp, as: string][] = [
  [/(?<=..[aei])dor(?:a|es|as)?$/, 'dor'],
  [/(?<=...)([ea])ncias?$/, '$1ncia'],
  [/(?<=...)([ai])bles?$/, '$1ble'],
  [/(?<=...)idad(?:es)?$/, 'idad'],
]

/** @param word folded but for the ends that the rules go by */
export function stemSpanish(word: string): string {
  const [end, as = ''] = kept.find(([one]) => one.test(word)) ?? []
  return end ? word.replace(end, as) : stemmer(word)
}

const diminutive = /^(.{2,}?)c?it([oa])(s?)$/u

/** What a diminutive may be of: “cursitos” are cursos, “escuelita” is an escuela and “cochecito” a coche. Nothing where the word is none. */
export function withoutDiminutive(word: string): string[] {
  const [, root, vowel, plural] = diminutive.exec(word) ?? []
  if (root === undefined) return []
  // “poquito” and “amiguito” are written with another letter than “poco” and “amigo”.
  const written = root.replace(/qu$/u, 'c').replace(/gu$/u, 'g')
  return [vowel!, 'e', ''].map((ending) => written + ending + (plural && ending === '' ? 'es' : plural!))
}

const enclitic = /^(.+[aei]r|.{2,}(?:a|ie)ndo)(?:se)?(?:me|te|se|nos|les?|l[oa]s?)$/u
const conjugated = /^(.{2,}?)(?:aron|ieron|aban|[aei]mos|aste|iste|arán?|erán?|irán?|ando|iendo|aría|ería|iría|aba)$/u

/** The infinitives that a form of a regular verb may be of: “darle” is of dar, “mandaron” of mandar. Nothing where the word shows none. */
export function infinitivesOf(word: string): string[] {
  const bare = enclitic.exec(word)?.[1] ?? word
  if (bare !== word && bare.endsWith('r')) return [bare]
  const root = conjugated.exec(bare)?.[1]
  return root === undefined ? [] : ['ar', 'er', 'ir'].map((ending) => root + ending)
}
