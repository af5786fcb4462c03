/** Words that names in a language are made of: who types one has made no slip, whether or not a record has it. */
import { keyWord } from './label-key.ts'
import type { Lexicon } from './lexicon.ts'
import { stemmedLanguages, type Unit } from './query.ts'
import { isStopWord } from './stop-words.ts'

const known = new WeakMap<Lexicon, Map<string, ReadonlySet<string>>>()

/** The stems of the words of all labels in a language; made when first asked for. */
function wordsIn(lexicon: Lexicon, language: string): ReadonlySet<string> {
  let languages = known.get(lexicon)
  if (!languages) known.set(lexicon, (languages = new Map()))
  let words = languages.get(language)
  if (!words) {
    words = new Set([...(lexicon.labelled.get(language)?.keys() ?? [])].flatMap((key) => key.split(' ')))
    languages.set(language, words)
  }
  return words
}

/** The same unit, not to be taken for a slip where a language that it may be asked in has the word. */
export function unlessKnown(unit: Unit, languages: readonly string[], lexicon: Lexicon): Unit {
  const { mend, ...clause } = unit.clause
  const isKnown = stemmedLanguages([...languages]).some((language) => {
    const { stem, surface } = keyWord(mend?.word ?? '', language)
    return wordsIn(lexicon, language).has(stem) || isStopWord(surface, language)
  })
  return mend && isKnown ? { ...unit, clause } : unit
}
