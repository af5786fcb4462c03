/** Whether two words of one stem are one word in two forms, or two words. */
import { isArabicForm } from './arabic-forms.ts'

const latin = /^\p{sc=Latin}+$/u
const cyrillic = /^\p{sc=Cyrillic}+$/u
const arabic = /^\p{sc=Arabic}+$/u

/** The ends of two words after the letters that they begin with alike. */
function endsOf(a: string, b: string): [string, string] {
  let same = 0
  while (same < a.length && a[same] === b[same]) same++
  return [a.slice(same), b.slice(same)]
}

const shortest = 3
const regularPlural = ['', 's', 'es']
/** How the forms of a short noun differ. */
const genders: ReadonlySet<string> = new Set(['o', 'a', 'os', 'as', 'e', 'es', 's'])
const plainVerb = /^[ae]n$/
const plainNoun = /^[oe]s?$/
/** What is free (“libre”) is no book (“libro”), and what is serious no series. */
const endsInO = /^os?$/
const endsInE = /^es?$/

/** A stem in Russian, and the endings of an adjective made of it: электрон-ный. */
const adjectiveOfNoun = /^н(?:ый|ая|ое|ые|ой|ого|ому|ым|ыми|ых|ую|ом)$/

/**
 * One word in two forms ends otherwise, by little: periodic is no periodical, though both have one stem. What is
 * electronic is no electron; and of short words hardly anything is left once more than a plural is taken off: “salas” are no salt.
 */
export function isInflected(a: string, b: string): boolean {
  const ends = endsOf(a, b)
  if (cyrillic.test(a) && cyrillic.test(b))
    return ends.filter((end) => adjectiveOfNoun.test(end)).length !== 1 || ends.every((end) => end.startsWith('н'))
  if (arabic.test(a) && arabic.test(b)) return isArabicForm(a, b)
  if (!latin.test(a) || !latin.test(b)) return true
  if (Math.min(a.length, b.length) <= shortest) return ends.every((end) => regularPlural.includes(end))
  // “solos” is neither the sun nor solar, and who studies (“estudian”) is no study (“estudios”).
  if (a.length - ends[0].length <= shortest) return ends.every((end) => genders.has(end))
  if (ends.some((end) => plainVerb.test(end)) && ends.some((end) => plainNoun.test(end))) return false
  if (ends.some((end) => endsInO.test(end)) && ends.some((end) => endsInE.test(end))) return false
  return ends.every((end) => end.length <= 2) || ends.toSorted().join() === 'ies,y'
}

/** What a noun ends in, in one number and gender or another. */
const nounEnds: ReadonlySet<string> = new Set(['', 's', 'es', 'x', 'a', 'o', 'as', 'os', 'e', 'y', 'ies'])

/**
 * Whether two nouns of one stem are one in two numbers, genders or cases: a “clase” is one of the “clases”, and “школа” is
 * “школе” in another case. Narrower than above, where a verb too may be meant.
 */
export function isSameNoun(a: string, b: string): boolean {
  if ([cyrillic, arabic].some((script) => script.test(a) && script.test(b))) return isInflected(a, b)
  return latin.test(a) && latin.test(b) && endsOf(a, b).every((end) => nounEnds.has(end))
}

/**
 * How a verb ends where the noun of what it does ends otherwise: evalua-r and evalua-ron, evalua-ción; évalu-er and évalu-ent,
 * évalu-ation; evaluat-es, evaluat-ion. Participles are left out: what was hardly “consultée” is of no consultation.
 */
const actions: [verb: RegExp, noun: RegExp][] = [
  [/^(?:r|n|mos|ron|ban|ndo)$/, /^(?:cion|ciones|miento|mientos|cao|coes|ments?)$/],
  [/^(?:er|ent|ons|ez)$/, /^(?:ations?|ements?)$/],
  [/^es?$/, /^ions?$/],
]

/** Whether the first word says to do what the second is the doing of: “programar” is of “programación”, not of a “programa”. */
export function isActionOf(verb: string, noun: string): boolean {
  const [first, second] = endsOf(verb, noun)
  return actions.some(([one, other]) => one.test(first) && other.test(second))
}

/** How the noun is made of the verb where their stems differ: verificar, verificación; vérifient, vérification; тестируют, тестирование; обучали, обучение. */
const nounsOfActions: Record<string, [verb: RegExp, nouns: string[]][]> = {
  es: [[/(?:ar(?:l[aeo]s?|se)?|[ae]n|aron|aban|ando)$/u, ['ación', 'amiento']]],
  fr: [
    [/ifi(?:er|ent|e)$/u, ['ification']],
    [/(?:er|ent)$/u, ['ation', 'ement']],
  ],
  ru: [
    [/(?:ует|уют|овали?|овать)$/u, ['ование']],
    [/(?:а[ею]т|али?|ать)$/u, ['ание', 'ение']],
    [/(?:я[ею]т|яли?|ять)$/u, ['яние', 'ение']],
    [/(?:ит|ят|или?|ить)$/u, ['ение']],
  ],
}

/** Nouns of what a verb would do, whether there are such words or not. None for what does not end as a verb, or is hardly more than an ending. */
export function actionsOf(word: string, language: string): string[] {
  const [ending, nouns = []] = nounsOfActions[language]?.find(([one]) => one.test(word)) ?? []
  return ending && word.search(ending) >= shortest ? nouns.map((noun) => word.replace(ending, noun)) : []
}
