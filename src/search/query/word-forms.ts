/** Whether two words of one stem are one word in two forms, or two words. */

const latin = /^\p{sc=Latin}+$/u
const cyrillic = /^\p{sc=Cyrillic}+$/u

/** The ends of two words after the letters that they begin with alike. */
function endsOf(a: string, b: string): [string, string] {
  let same = 0
  while (same < a.length && a[same] === b[same]) same++
  return [a.slice(same), b.slice(same)]
}

const shortest = 3
const regularPlural = ['', 's', 'es']

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
  if (!latin.test(a) || !latin.test(b)) return true
  if (Math.min(a.length, b.length) <= shortest) return ends.every((end) => regularPlural.includes(end))
  return ends.every((end) => end.length <= 2) || ends.toSorted().join() === 'ies,y'
}

/** How an infinitive ends where the noun of what it does ends otherwise: evalua-r, evalua-ción; évalu-er, évalu-ation; evaluat-e, evaluat-ion. */
const actions: [infinitive: RegExp, noun: RegExp][] = [
  [/^r$/, /^(?:cion|ciones|miento|mientos|cao|coes|ments?)$/],
  [/^er$/, /^(?:ations?|ements?)$/],
  [/^e$/, /^ions?$/],
]

/** Whether the first word says to do what the second is the doing of: “programar” is of “programación”, not of a “programa”. */
export function isActionOf(infinitive: string, noun: string): boolean {
  const [first, second] = endsOf(infinitive, noun)
  return actions.some(([one, other]) => one.test(first) && other.test(second))
}

/** How the noun is made of the infinitive where their stems differ: verificar, verificación; vérifier, vérification; тестировать, тестирование. */
const nounsOfActions: Record<string, [infinitive: RegExp, noun: string][]> = {
  es: [[/ar$/u, 'ación']],
  fr: [
    [/ifier$/u, 'ification'],
    [/er$/u, 'ation'],
  ],
  ru: [[/(?<=[ая])ть$/u, 'ние']],
}

/** The noun of what a verb would do, whether there is such a word or not. None for what is no infinitive. */
export function actionOf(word: string, language: string): string | undefined {
  const [infinitive, noun] = nounsOfActions[language]?.find(([ending]) => ending.test(word)) ?? []
  return infinitive && word.replace(infinitive, noun!)
}
