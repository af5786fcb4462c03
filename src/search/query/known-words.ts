/** Words that names in a language are made of: who types one has made no slip, whether or not a record has it. */
import { keyWord, labelReader } from './label-key.ts'
import { ofLabelsIn, type Lexicon } from './lexicon.ts'
import { stemmedLanguages, type Unit } from './query.ts'
import { isConversational, isStopWord } from './stop-words.ts'

/** The words of all labels in a language, as they are written. */
const wordsIn = ofLabelsIn((lexicon, language): ReadonlySet<string> => new Set(writtenIn(lexicon, language)))

const writtenIn = ({ entries }: Lexicon, language: string): string[] => {
  const read = labelReader(language)
  return [...entries.values()].flatMap(({ labels }) =>
    labels
      .filter((label) => label.language === language)
      .flatMap(({ text }) => read(text).map(({ surface }) => surface)),
  )
}

/** The same unit, not to be taken for a slip where a language that it may be asked in has the word. */
export function unlessKnown(unit: Unit, languages: readonly string[], lexicon: Lexicon): Unit {
  const { mend, ...clause } = unit.clause
  const isKnown = stemmedLanguages([...languages]).some((language) => {
    const { surface } = keyWord(mend?.word ?? '', language)
    return (
      wordsIn(lexicon, language).has(surface) || isStopWord(surface, language) || isConversational(surface, language)
    )
  })
  return mend && isKnown ? { ...unit, clause } : unit
}
