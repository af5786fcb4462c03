/** What a label and a question have in common when they name the same thing: their words, or the stems of these. */
import { withoutArticle } from './arabic-forms.ts'
import { bare, surfaceOf } from './analysis.ts'
import { withoutFleetingVowel } from './fleeting-vowels.ts'
import { commonStem } from './noun-stems.ts'
import { boundedCache } from '#kernel/bounded-cache.ts'
import { folded, lowered } from '#kernel/i18n/fold.ts'
import { scan } from './scan.ts'
import { stemOf } from './stem.ts'
import sameWords from './same-words.json' with { type: 'json' }
import { isStopWord } from './stop-words.ts'

/** A word as labels are compared: folded, by its stem, by the stem of the word that means the same in a name of several words, whether it is a little word, whether Chinese. */
export type KeyWord = { surface: string; stem: string; same?: string | undefined; little: boolean; han: boolean }

function stemIn(word: string, language: string): string {
  const stem = language === 'ru' ? withoutFleetingVowel(commonStem(word)) : stemOf(word, language)
  return stem || surfaceOf(word)
}

/** Of each language: stems, and the stem of the word that stands for them. Pupils with disabilities are students with disabilities. */
const standingFor = new Map(
  Object.entries<string[]>(sameWords).map(([language, groups]) => [
    language,
    new Map(
      groups.flatMap((group) => {
        const [first, ...others] = group.split(' ').map((word) => stemIn(word, language))
        return others.filter((stem) => stem !== first).map((stem) => [stem, first!] as const)
      }),
    ),
  ]),
)

export function keyWord(word: string, language: string): KeyWord {
  const surface = surfaceOf(word)
  const stem = stemIn(word, language)
  return {
    surface: language === 'ar' ? withoutArticle(surface) : surface,
    stem,
    same: standingFor.get(language)?.get(stem),
    little: isStopWord(surface, language),
    han: false,
  }
}

/** The words of a text between two spaces. */
function wordsIn(piece: string, language: string): KeyWord[] {
  const words: KeyWord[] = []
  scan(lowered(piece), (kind, token) => {
    if (kind !== 'han') words.push(keyWord(bare(token), language))
    else words.push({ surface: folded(token), stem: folded(token), little: false, han: true })
  })
  return words
}

const mostKept = 20_000
const readers = new Map<string, (label: string) => KeyWord[]>()

/** Reads the words of labels in one language; words return often, so it knows those it has read lately. */
export function labelReader(language: string): (label: string) => KeyWord[] {
  let reader = readers.get(language)
  if (!reader) readers.set(language, (reader = newReader(language)))
  return reader
}

function newReader(language: string): (label: string) => KeyWord[] {
  const known = boundedCache<KeyWord[]>(mostKept)
  return (label) =>
    label.split(/\s+/).flatMap((piece) => {
      let words = known.get(piece)
      if (!words) known.set(piece, (words = wordsIn(piece, language)))
      return words
    })
}

const jointOf = (words: readonly KeyWord[]) => (words.every(({ han }) => han) ? '' : ' ')

/** The words as they stand. */
export const formOf = (words: readonly KeyWord[]): string => words.map(({ surface }) => surface).join(jointOf(words))

/** Children without a school are not children of a school: what denies is no word to be left out. */
const denying: ReadonlySet<string> = new Set('no not without sans pas sin не без нет ни لا بدون دون غير ليس'.split(' '))

/** The keys of some words: their stems, these without little words where at least two others remain, and both with the words that stand for others. */
export function keysOf(words: readonly KeyWord[]): string[] {
  if (words.length === 0) return []
  if (words.length === 1) return [words[0]!.stem]
  const joint = jointOf(words)
  const telling = words.filter(({ little, surface }) => !little || denying.has(surface))
  const isLess = telling.length > 1 && telling.length < words.length
  const runs = isLess ? [words, telling] : [words]
  const keys = runs.map((run) => run.map(({ stem }) => stem).join(joint))
  if (words.every(({ same }) => same === undefined)) return keys
  return [...keys, ...runs.map((run) => run.map(({ stem, same }) => same ?? stem).join(joint))]
}

type Named = { text: string; language: string }
const keysKnown = new WeakMap<Named, readonly string[]>()
const wordsKnown = new WeakMap<Named, { words: readonly KeyWord[]; form: string }>()

/** The keys of a label, read once: those of all labels are needed, and of ours again whenever concepts change. */
export function labelKeys(label: Named): readonly string[] {
  let keys = keysKnown.get(label)
  if (!keys) keysKnown.set(label, (keys = keysOf(labelReader(label.language)(label.text))))
  return keys
}

/** The words of a label, read once: a question looks at the labels of some hundred terms, several times. */
export const labelWords = (label: Named): readonly KeyWord[] => readOf(label).words
export const labelForm = (label: Named): string => readOf(label).form

function readOf(label: Named) {
  let read = wordsKnown.get(label)
  if (!read) {
    const words = labelReader(label.language)(label.text)
    wordsKnown.set(label, (read = { words, form: formOf(words) }))
  }
  return read
}
