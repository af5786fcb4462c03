/** What frames a question and says nothing of what it is about: “how do I keep … from”, “what works for …”. */
import frames from './frames.json' with { type: 'json' }

const longestFramed = 200

/** Spaces of a frame may be any, and so may its apostrophes. */
const patternOf = (frame: string): string => frame.replaceAll(/\s+/g, '\\s+').replaceAll(/['’]/g, "['’]")

type Language = { beginnings: string[]; wishes: string[]; middles: string[]; endings: string[] }
const all: Language[] = Object.values<Omit<Language, 'middles'> & Partial<Language>>(frames.languages).map((one) => ({
  middles: [],
  ...one,
}))
const patternsOf = (which: keyof Language) => all.flatMap((language) => language[which].map(patternOf)).join('|')

const beginningWith = (which: keyof Language) =>
  new RegExp(`^[\\s¿¡]*(?:${patternsOf(which)})(?![\\p{L}\\p{M}\\p{N}])`, 'iu')
const begins = beginningWith('beginnings')
const wishes = beginningWith('wishes')
/** Chinese sets no spaces after what begins a question. */
const beginsHan = new RegExp(`^(?:${frames.chinese.beginnings.join('|')})`, 'u')
const wishesHan = new RegExp(`^(?:${frames.chinese.wishes.join('|')})`, 'u')
const ends = new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])(?:${patternsOf('endings')})[\\s?؟!.…]*$`, 'iu')
const endsHan = new RegExp(`(?:${frames.chinese.endings.join('|')})[\\s?？。]*$`, 'u')
/** “software effect on poor schools”: what is sought is of both. */
const between = new RegExp(`(?<=\\S\\s+)(?:${patternsOf('middles')})(?=\\s+\\S)`, 'iu')
const oneToOne = /(?<![\p{L}\p{N}:])(?:1\s?[:\uff1a]\s?1|one to one)(?![\p{L}\p{N}:])/giu
/** “keep pupils in school” is read as “school dropout”. */
const readings = frames.readings.phrases.map(({ read, phrases }) => {
  const isHan = /^\p{sc=Han}+$/u.test(read)
  const pattern = phrases.map(patternOf).join('|')
  const whole = isHan ? `(?:${pattern})` : `(?<![\\p{L}\\p{M}\\p{N}])(?:${pattern})(?![\\p{L}\\p{M}\\p{N}])`
  return { read, pattern: new RegExp(whole, 'giu') }
})
const links = new RegExp(
  `(?<![\\p{L}\\p{M}\\p{N}])(?:${frames.links.phrases.map(patternOf).join('|')})(?![\\p{L}\\p{M}\\p{N}])`,
  'giu',
)
const amounts = new RegExp(
  `(?<![\\p{L}\\p{M}\\p{N}])(?:${frames.amounts.phrases.map(patternOf).join('|')})(?![\\p{L}\\p{M}\\p{N}])|${frames.amounts.chinese.join('|')}`,
  'iu',
)
const telling = /[\p{L}\p{N}]/u

/** The text without its frame, unless nothing is left then; 1:1 is read as it is said, in one piece. */
export function withoutFrame(text: string): string {
  const typed = text.replaceAll(oneToOne, 'one-to-one')
  if (typed.length > longestFramed) return typed
  const said = readings.reduce((left, { read, pattern }) => left.replaceAll(pattern, read), typed)
  return [begins, beginsHan, wishes, wishesHan, between, ends, endsHan, amounts, links].reduce((left, pattern) => {
    const rest = left.replace(pattern, ' ').trim()
    return telling.test(rest) ? rest : left
  }, said)
}

/** Whether a number is asked for: “how many …”. */
export const asksForNumber = (text: string): boolean => amounts.test(text)

/** Whether it is asked what was tried and what came of it: “what works for …”, “how do I keep … from”, “… worth it?”. */
export const asksWhatWorks = (text: string): boolean =>
  text.length <= longestFramed && [begins, beginsHan, between, ends, endsHan].some((pattern) => pattern.test(text))
