/** What sources leave in their texts that no reader should see: marks of HTML, capitals at every word, runs of spaces. */
import { decodeEntities } from '#codecs/markdown-links/plain-text.ts'

const raised: Record<string, string> = { ...digits('⁰¹²³⁴⁵⁶⁷⁸⁹'), '+': '⁺', '-': '⁻', '–': '⁻', n: 'ⁿ', i: 'ⁱ' }
const lowered: Record<string, string> = { ...digits('₀₁₂₃₄₅₆₇₈₉'), '+': '₊', '-': '₋', i: 'ᵢ', r: 'ᵣ', n: 'ₙ', x: 'ₓ' }

function digits(signs: string): Record<string, string> {
  return Object.fromEntries([...signs].map((sign, digit) => [String(digit), sign]))
}

/** In signs of their own where there are all of them; a fraction in brackets; else after a low line or a caret, as in plain text. */
function set(text: string, signs: Record<string, string>, mark: string): string {
  if (/^\d+\/\d+$/.test(text)) return `(${text})`
  const each = [...text].map((sign) => signs[sign])
  return each.every((sign) => sign !== undefined) ? each.join('') : `${mark}${text.replaceAll(' ', '')}`
}

/** What HTML sets above or below the line, in plain text. */
export const raisedAndLowered = (html: string): string =>
  html
    .replaceAll(/<sup>([^<]*)<\/sup>/gi, (_, inner: string) => set(inner, raised, '^'))
    .replaceAll(/<sub>([^<]*)<\/sub>/gi, (_, inner: string) => set(inner, lowered, '_'))

/** Text of a source that writes HTML within it, as a reader sees it. */
export const withoutMarks = (text: string): string =>
  raisedAndLowered(decodeEntities(text))
    .replaceAll(/<\/?(?:b|i|em|strong|u|span|p|br|sup|sub)\b[^<>]*>/gi, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim()

const small = new Set(
  'a an and as at be but by can do does for from in into is its it nor of on or that the their them they this to upon via when where whether which will with within'.split(
    ' ',
  ),
)
/** How names and abbreviations of this field are written. */
const spelled = new Map(
  [
    'OER OERs MOOC MOOCs STEM MIT UNESCO ICT HR UK US U.S. II G2C OCW EPUB TESSA VOER WCET NROC PhET edX OpenStax',
    'MyOpenMath OpenCourseWare OpenLearn OLnet LINC FinalsClub Saide AVU K-12 EduCommons WikiEducator iCOOL',
  ]
    .join(' ')
    .split(' ')
    .map((word) => [word.toLowerCase(), word]),
)

/** A Title Whose Every Word Begins Large → a title as a sentence would have it, with names left as they are. */
export function fromTitleCase(title: string): string {
  const words = title.replaceAll(/\s+/g, ' ').trim().split(' ')
  return words.map((word, i) => (i > 0 && small.has(word.toLowerCase()) ? word.toLowerCase() : known(word))).join(' ')
}

/** The word within its brackets and stops, spelled as it should be. */
const known = (word: string): string =>
  word.replace(/^(\W*)(.*?)(\W*)$/, (_, before: string, inner: string, after: string) => {
    const possessive = /^(.+)['’]s$/i.exec(inner)?.[1]
    if (possessive) return `${before}${spelled.get(possessive.toLowerCase()) ?? possessive}’s${after}`
    if (/^\d+(?:st|nd|rd|th)$/i.test(inner)) return `${before}${inner.toLowerCase()}${after}`
    return `${before}${spelled.get(inner.toLowerCase()) ?? inner}${after}`
  })
