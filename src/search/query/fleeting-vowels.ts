/**
 * Vowels that come and go in Russian nouns: “девочки” and “для девочек”, “беженец” and “беженцы”. The rules for word forms leave them
 * two stems; here they are one, in keys of labels and in what is looked for.
 */

const withVowel = /(?<=[бвгджзклмнпрстфхцчшщ])(?:[ое]к|ец)$/
const without = /(?<=[бвгджзклмнпрстфхцчшщ])[кц]$/
const hissing = /[жцчшщ]$/

/** The stem as it is without such a vowel: девочек → девочк, оценок → оценк, беженец → беженц. */
export const withoutFleetingVowel = (stem: string): string =>
  withVowel.test(stem) ? stem.slice(0, -2) + stem.at(-1)! : stem

/** The other stem that such a noun has, if it may be one: девочк → девочек, девочек → девочк. */
export function otherStem(stem: string): string | undefined {
  if (withVowel.test(stem)) return withoutFleetingVowel(stem)
  if (!without.test(stem)) return undefined
  const [bare, last] = [stem.slice(0, -1), stem.at(-1)!]
  return `${bare}${last === 'ц' || hissing.test(bare) ? 'е' : 'о'}${last}`
}
