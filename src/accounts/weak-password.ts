/** Passwords that are long and still among the first that others try (NIST SP 800-63B §3.1.1.2): one's own name, rows of keys, repetitions. */

export type Weakness = 'ownPassword' | 'sitePassword' | 'sequencePassword' | 'repeatedPassword'

/** So much must be left when all that is easily guessed is taken away. */
const enough = 6
const fewestDifferent = 4
const shortestWord = 3
const shortestRun = 3
/** A repetition is as good as what is repeated. */
const shortestUnit = 10

/** What people slide along: rows and columns of keyboards, as they are laid out in our languages. */
const rows = [
  '1234567890-=',
  'qwertyuiop[]',
  "asdfghjkl;'",
  'zxcvbnm,./',
  'azertyuiop',
  'qsdfghjklm',
  'wxcvbn',
  'qwertzuiopü',
  'yxcvbnm',
  'asdfghjklñ',
  'йцукенгшщзхъ',
  'фывапролджэ',
  'ячсмитьбю',
  'ضصثقفغعهخحجد',
  'شسيبلاتنمكط',
  'ئءؤرلاىةوزظ',
  '1qaz',
  '2wsx',
  '3edc',
  '4rfv',
  '5tgb',
  '6yhn',
  '7ujm',
  '8ik,',
  '9ol.',
]
const neighbours = new Set(
  rows.flatMap((row) => [...row].slice(1).flatMap((key, at) => [`${row[at]}${key}`, `${key}${row[at]}`])),
)

/**
 * Why a password is easily guessed although it is long enough; undefined where it is not. In lower case.
 * `about`: names and addresses of whom it is for; `site`: those of the node.
 */
export function weaknessOf(plain: string, about: readonly string[], site: readonly string[]): Weakness | undefined {
  const compact = onlyWords(plain)
  if (new Set(plain).size < fewestDifferent || isRepetition(plain, compact)) {
    // It may be one's name that is repeated, which says more.
    if (without(compact, wordsOf(site)).length === 0) return 'sitePassword'
    return without(compact, wordsOf(about)).length === 0 ? 'ownPassword' : 'repeatedPassword'
  }
  const [own, sites] = [without(compact, wordsOf(about)), without(compact, wordsOf(site))]
  const rest = withoutRuns(without(own, wordsOf(site)))
  if (rest.length >= enough && withoutRuns(plain).length >= enough) return undefined
  if (own.length < compact.length) return 'ownPassword'
  if (sites.length < compact.length) return 'sitePassword'
  return withoutRuns(plain).length < plain.length || rest.length < compact.length ? 'sequencePassword' : undefined
}

const onlyWords = (text: string) => text.replaceAll(/[^\p{L}\p{N}]/gu, '')

/** The longest first, so that a whole address goes before its parts. */
const wordsOf = (texts: readonly string[]): string[] =>
  [...new Set(texts.flatMap((text) => [onlyWords(text.toLowerCase()), ...text.toLowerCase().split(/[^\p{L}\p{N}]+/u)]))]
    .filter((word) => word.length >= shortestWord)
    .sort((one, other) => other.length - one.length)

const without = (text: string, words: readonly string[]) =>
  words.reduce((rest, word) => rest.replaceAll(word, ''), text)

/** One text over and over, or a few words in turn. */
function isRepetition(plain: string, compact: string): boolean {
  for (let unit = 1; unit < shortestUnit && unit * 2 <= compact.length; unit++)
    if (
      compact ===
      compact
        .slice(0, unit)
        .repeat(Math.ceil(compact.length / unit))
        .slice(0, compact.length)
    )
      return true
  const words = plain.split(/[^\p{L}\p{N}]+/u).filter(Boolean)
  const different = new Set(words)
  return different.size < words.length && [...different].join('').length < shortestUnit
}

/** Without what follows the alphabet, the digits or a row of keys, in either direction, also with every second sign of another row. */
function withoutRuns(text: string): string {
  const signs = [...text]
  const inRun = new Set<number>()
  for (const step of [1, 2])
    for (let from = 0; from < signs.length; from++) {
      let end = from
      while (end + step < signs.length && follows(signs[end]!, signs[end + step]!)) end += step
      if ((end - from) / step + 1 >= shortestRun) for (let at = from; at <= end; at += step) inRun.add(at)
    }
  return signs.filter((_, at) => !inRun.has(at)).join('')
}

const follows = (one: string, next: string): boolean =>
  Math.abs(one.codePointAt(0)! - next.codePointAt(0)!) === 1 || neighbours.has(`${one}${next}`)
