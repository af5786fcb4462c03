/** Word forms: what an inflected word is reduced to, for the languages we have rules for. */
import { stemmer as armenian } from '@orama/stemmers/armenian'
import { stemmer as danish } from '@orama/stemmers/danish'
import { stemmer as dutch } from '@orama/stemmers/dutch'
import { stemmer as english } from '@orama/stemmers/english'
import { stemmer as finnish } from '@orama/stemmers/finnish'
import { stemmer as french } from '@orama/stemmers/french'
import { stemmer as german } from '@orama/stemmers/german'
import { stemmer as hungarian } from '@orama/stemmers/hungarian'
import { stemmer as irish } from '@orama/stemmers/irish'
import { stemmer as italian } from '@orama/stemmers/italian'
import { stemmer as norwegian } from '@orama/stemmers/norwegian'
import { stemmer as portuguese } from '@orama/stemmers/portuguese'
import { stemmer as romanian } from '@orama/stemmers/romanian'
import { stemmer as russian } from '@orama/stemmers/russian'
import { stemmer as swedish } from '@orama/stemmers/swedish'
import { stemmer as tamil } from '@orama/stemmers/tamil'
import { stemmer as turkish } from '@orama/stemmers/turkish'
import { stemArabic } from './arabic.ts'
import { stemSpanish } from './spanish.ts'
import { stemApart } from './words-apart.ts'
import { boundedCache, type BoundedCache } from '#kernel/bounded-cache.ts'
import { folded } from '#kernel/i18n/fold.ts'

const snowball: Record<string, (word: string) => string> = {
  da: danish,
  de: german,
  en: english,
  es: stemSpanish,
  fi: finnish,
  fr: french,
  ga: irish,
  hu: hungarian,
  hy: armenian,
  it: italian,
  nb: norwegian,
  nl: dutch,
  nn: norwegian,
  no: norwegian,
  pt: portuguese,
  ro: romanian,
  ru: russian,
  sv: swedish,
  ta: tamil,
  tr: turkish,
}

const scripts: Record<string, RegExp> = {
  ar: /^\p{sc=Arabic}+$/u,
  hy: /^\p{sc=Armenian}+$/u,
  ru: /^\p{sc=Cyrillic}+$/u,
  ta: /^\p{sc=Tamil}+$/u,
}
const latin = /^\p{sc=Latin}+$/u

/**
 * What is done to a word before the rules. Russian rules know no ё. Spanish and French are often typed without accents, above all on a
 * phone: so all are taken away, and put back only in the endings that the rules go by.
 */
const preparing: Record<string, (word: string) => string> = {
  ru: folded,
  es: (word) =>
    folded(word)
      .replace(/([csxt])ion$/, '$1ión')
      .replace(/logia(s?)$/, 'logía$1'),
  fr: (word) =>
    folded(word)
      .replace(/ite(s?)$/, 'ité$1')
      .replace(/ee(s?)$/, 'ée$1')
      .replace(/iere(s?)$/, 'ière$1'),
}

type LanguageStemmer = { stem: (word: string) => string; script: RegExp; cache: BoundedCache<string> }

const known = new Map<string, LanguageStemmer | null>()
const cacheLimit = 40_000

function stemmerFor(base: string): LanguageStemmer | null {
  const found = known.get(base)
  if (found !== undefined) return found
  const script = scripts[base] ?? latin
  const cache = boundedCache<string>(cacheLimit)
  if (base === 'ar') {
    const arabic = { stem: (word: string) => stemArabic(folded(word)), script, cache }
    known.set(base, arabic)
    return arabic
  }
  if (!Object.hasOwn(snowball, base)) return null
  const bare = snowball[base]!
  const prepared = preparing[base] ?? ((word: string) => word)
  const made = { stem: (word: string) => stemApart(folded(word), base) ?? folded(bare(prepared(word))), script, cache }
  known.set(base, made)
  return made
}

/** `pt-BR` → `pt`. */
export function baseLanguage(language: string): string {
  const end = language.search(/[-_]/)
  return (end < 0 ? language : language.slice(0, end)).toLowerCase()
}

export function hasStemmer(base: string): boolean {
  return base === 'ar' || Object.hasOwn(snowball, base)
}

/** The folded stem of a lowered word, or '' where the language has no rules for it. */
export function stemOf(word: string, base: string): string {
  const stemmer = stemmerFor(base)
  if (!stemmer || word.length < 3 || word.length > 40) return ''
  const cached = stemmer.cache.get(word)
  if (cached !== undefined) return cached
  const stem = stemmer.script.test(word) ? stemmer.stem(word) : ''
  stemmer.cache.set(word, stem)
  return stem
}
