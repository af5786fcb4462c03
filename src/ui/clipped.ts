import { bestText } from '#kernel/i18n/languages.ts'
import { onOneLine } from '#kernel/i18n/spaces.ts'
import type { Texts } from '#records/record.ts'
import type { View } from './view.ts'

export type Clipped = { beginning: string; rest: string; language: string }

/** The beginning of a text in the language that serves best, ended where a sentence or at least a word ends. */
export function clipped(view: View, texts: Texts, original: string | undefined, longest: number): Clipped {
  const { text, language } = bestText(texts, view.language, original)
  const plain = onOneLine(text)
  if (plain.length <= longest) return { beginning: plain, rest: '', language }
  const cut = wholeLetters(plain, longest)
  const sentence = Math.max(...['. ', '! ', '? ', '؟ '].map((end) => cut.lastIndexOf(end)), cut.lastIndexOf('。'))
  const at = sentence > longest * 0.6 ? sentence + 1 : Math.max(cut.lastIndexOf(' '), Math.floor(longest * 0.8))
  const end = wholeLetters(plain, at).length
  return {
    beginning: `${plain.slice(0, end).trimEnd()}${sentence > longest * 0.6 ? '' : '…'}`,
    rest: plain.slice(end).trimStart(),
    language,
  }
}

/** A letter outside the basic plane is two units of the string; half of one is none. */
const wholeLetters = (text: string, length: number): string => {
  const code = text.charCodeAt(length - 1)
  return text.slice(0, code >= 0xd800 && code <= 0xdbff ? length - 1 : length)
}
