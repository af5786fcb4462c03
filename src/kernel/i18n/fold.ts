/**
 * Different spellings of one word become one: width, case, accents, Arabic and Chinese forms, digits, invisible
 * characters.
 */

import { simplifiedOf } from './simplified.ts'

const ascii = /^\p{ASCII}*$/u
// Soft hyphen, tatweel, harakat, Qur'anic marks, joiners, directional marks, variation selectors.
const invisible =
  /[\u{AD}\u{61C}\u{640}\u{64B}-\u{65F}\u{670}\u{6D6}-\u{6DC}\u{6DF}-\u{6E8}\u{6EA}-\u{6ED}\u{200C}-\u{200F}\u{202A}-\u{202E}\u{2060}-\u{206F}\p{Variation_Selector}\u{FEFF}]/gu
const apostrophes = /[’‘ʼʻʹ′`׳״]/g

/** Lower case and one form for what looks the same; accents are still there, because stemmers need them. */
export function lowered(text: string): string {
  if (ascii.test(text)) return text.toLowerCase().replaceAll('`', "'")
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .normalize('NFC')
      .replace(invisible, '')
      .replaceAll('\u200B', ' ')
      .replace(apostrophes, "'")
      // NFKC takes the Thai and Lao vowel am apart, and then the dictionaries of Intl.Segmenter miss its words.
      .replaceAll('\u0E4D\u0E32', '\u0E33')
      .replaceAll('\u0ECD\u0EB2', '\u0EB3')
  )
}

const latinOrGreek = /[\p{sc=Latin}\p{sc=Greek}]/u
const accents = /[\u0300-\u036F]/g
const letters: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  ı: 'i',
  þ: 'th',
  ħ: 'h',
  ς: 'σ',
  // й, ї and ў stay: they are letters of their own, not accents.
  ё: 'е',
  ѐ: 'е',
  ѝ: 'и',
  أ: 'ا',
  إ: 'ا',
  آ: 'ا',
  ٱ: 'ا',
  ة: 'ه',
  ى: 'ي',
  ی: 'ي',
  ؤ: 'و',
  ئ: 'ي',
  ک: 'ك',
  ہ: 'ه',
  // Chandrabindu and anusvara are written for one another; the nukta is often left out.
  '\u0901': '\u0902',
  '\u093C': '',
}
const otherLetters = new RegExp(`[${Object.keys(letters).join('')}]`, 'g')
const hasHan = /\p{sc=Han}/u
const hebrewPoints = /[\u0591-\u05C7]/g
const digits = /[\p{Nd}--[0-9]]/gv
const ethiopic = /[\u1210-\u1217\u1220-\u1227\u1280-\u1287\u12D0-\u12D6\u1340-\u1346]/g

const digitsKnown = new Map<string, string>()

/** A decimal digit of any script (`Nd`) as one of 0 to 9: Unicode keeps them in runs of ten, some of which follow each other. */
export function digitOf(character: string): string {
  const known = digitsKnown.get(character)
  if (known !== undefined) return known
  const code = character.codePointAt(0)!
  let zero = code
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--
  const digit = String((code - zero) % 10)
  digitsKnown.set(character, digit)
  return digit
}

/** Amharic writes several letters for one sound, and people differ in which they choose. */
function amharicOf(character: string): string {
  const code = character.charCodeAt(0)
  const moved = code < 0x1218 ? -0x10 : code < 0x1228 ? 0x10 : code < 0x1288 ? -0x80 : code < 0x12d7 ? -0x30 : -0x08
  return String.fromCharCode(code + moved)
}

/** The folded form of one lowered word: what two spellings of it have in common. */
export function folded(word: string): string {
  if (ascii.test(word)) return word
  const plain = latinOrGreek.test(word) ? word.normalize('NFD') : word
  const simple = hasHan.test(plain) ? simplifiedOf(plain) : plain
  return simple
    .replace(accents, '')
    .replace(otherLetters, (letter) => letters[letter] ?? letter)
    .replace(hebrewPoints, '')
    .replace(ethiopic, amharicOf)
    .replace(digits, digitOf)
}

/** The words of a text alone, in one spelling: signs become spaces. */
export const plainWords = (text: string): string =>
  folded(lowered(text))
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()
