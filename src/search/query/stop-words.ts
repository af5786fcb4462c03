/** The little words of the six languages: a question asked in a sentence is not about “the” or “comment”. */
import { folded, lowered } from '#kernel/i18n/fold.ts'
import conversational from './conversational-words.json' with { type: 'json' }
import words from './stop-words.json' with { type: 'json' }
import { infinitivesOf } from './spanish.ts'
import { baseLanguage } from './stem.ts'

const byLanguage = (lists: Readonly<Record<string, string>>) =>
  new Map(
    Object.entries(lists).map(([language, all]) => [
      language,
      new Set(all.split(' ').map((word) => folded(lowered(word)))),
    ]),
  )

const stopWords = byLanguage(words)
const conversationalWords = byLanguage(conversational)

/** “One or the other” in the six languages, folded. */
export const eitherWords: ReadonlySet<string> = new Set(
  ['or', 'ou', 'o', 'u', 'или', 'либо', '或', '或者', '还是', 'أو', 'أم'].map((word) => folded(lowered(word))),
)

/** Whether a list of a language has the word; of a Spanish verb it need not have all forms. */
function holds(lists: ReadonlyMap<string, ReadonlySet<string>>, word: string, language: string): boolean {
  const list = lists.get(language)
  if (!list) return false
  return list.has(word) || (language === 'es' && infinitivesOf(word).some((infinitive) => list.has(infinitive)))
}

export const isStopWord = (word: string, language: string): boolean => holds(stopWords, word, language)

/** Words of people who tell what they look for in a whole sentence: “I want”, “years”, “others”. In a question of few words each may be meant. */
export const isConversational = (word: string, language: string): boolean => holds(conversationalWords, word, language)

/**
 * The languages whose little words these folded words may hold: those of the asker,
 * and the one that most of the words are little words of, for many ask in another language than they read.
 */
export function littleWordLanguages(words: string[], languages: string[]): string[] {
  const counted = [...stopWords].map(([language, all]) => ({
    language,
    count: words.filter((word) => all.has(word)).length,
  }))
  const most = Math.max(...counted.map(({ count }) => count))
  const asked = languages.map(baseLanguage).filter((language) => stopWords.has(language))
  // One such word may be chance: “ai” is French, and what many call artificial intelligence. English is read by many.
  const likely = counted
    .filter(({ language, count }) => count > 0 && count === most && (count > 1 || language === 'en'))
    .map(({ language }) => language)
  // Where the asker's own language explains as many, no other is needed: “son” is a boy to who asks in English.
  return asked.some((language) => likely.includes(language)) ? asked : [...asked, ...likely]
}
