/**
 * Whether two Arabic words of one stem are one word. The rules for stems take so much off that education would be soil, a plan calligraphy
 * and a region logic: so what is left at the end must be the number or the case of one noun.
 */
import { folded } from '#kernel/i18n/fold.ts'
import plurals from './arabic-plurals.json' with { type: 'json' }

const articles = ['وال', 'بال', 'كال', 'فال', 'ولل', 'ال', 'لل']
const shortest = 2

/** A folded word without its article and what clings to that. */
export function withoutArticle(word: string): string {
  const article = articles.find((one) => word.startsWith(one) && word.length - one.length >= shortest)
  return article ? word.slice(article.length) : word
}

/** A folded word without “and”, “by” or “to” where that may cling to it; undefined where it may not. */
export const withoutParticle = (word: string): string | undefined =>
  /^[وبلفك].../.test(word) ? word.slice(1) : undefined

/** Folded plurals that change a word within, by which no ending tells their singular. */
const singulars = new Map(
  Object.entries(plurals.singulars).flatMap(([singular, all]) =>
    all.map((plural) => [folded(plural), folded(singular)] as const),
  ),
)

/** What the word may be where nothing clings to it: “and” may, and so may “to” and “by”. */
function bareForms(word: string): string[] {
  const bare = withoutArticle(word)
  const forms = bare === word && /^[وبل]..../.test(word) ? [word, word.slice(1)] : [bare]
  return forms.flatMap((form) => [form, singulars.get(form) ?? form])
}

const masculine: ReadonlySet<string> = new Set(['', 'ا', 'ات', 'ان', 'ون', 'ين'])
const feminine: ReadonlySet<string> = new Set(['ه', 'ات', 'تان', 'تين', 'تها', 'تهم', 'ته'])
/** Of what ends as “Arabic” and “digital” do: one word in both genders. */
const ofAdjective = [
  new Set(['', 'ه', 'ا', 'ات']),
  new Set(['', 'ا', 'ان', 'ون', 'ين']),
] as const satisfies ReadonlySet<string>[]

function isSame(a: string, b: string): boolean {
  let same = 0
  while (same < a.length && a[same] === b[same]) same++
  if (same < shortest) return false
  const ends = [a.slice(same), b.slice(same)]
  const both = (allowed: ReadonlySet<string>) => ends.every((end) => allowed.has(end))
  return a[same - 1] === 'ي' ? ofAdjective.some(both) : both(masculine) || both(feminine)
}

/** Whether two folded words of one stem are one noun or adjective. */
export function isArabicForm(a: string, b: string): boolean {
  const others = bareForms(b)
  return bareForms(a).some((one) => others.some((other) => one === other || isSame(one, other)))
}
