/** The text of a file whose encoding nobody wrote down. */
import { Problem } from '#kernel/problem.ts'

export const encodings = [
  'auto',
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'windows-1251',
  'windows-1256',
] as const
export type Encoding = (typeof encodings)[number]
export type Known = Exclude<Encoding, 'auto'>

/** What spreadsheet programs write where they do not write Unicode, by the language of the person. */
const usualOf: Record<string, Known> = { ru: 'windows-1251', ar: 'windows-1256' }

const marks: [Known, number[]][] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
]

function textIn(bytes: Uint8Array, encoding: Known): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** A mark at its beginning wins, then UTF-8 where it is that; else what is usual where the language is read. */
function guess(bytes: Uint8Array, language: string): Known {
  const marked = marks.find(([, mark]) => mark.every((byte, at) => bytes[at] === byte))
  if (marked) return marked[0]
  return textIn(bytes, 'utf-8') === undefined ? (usualOf[language] ?? 'windows-1252') : 'utf-8'
}

/** @throws Problem badSpreadsheet where it is no text in this encoding. */
export function decode(bytes: Uint8Array, encoding: Encoding, language: string): { text: string; encoding: Known } {
  const known = encoding === 'auto' ? guess(bytes, language) : encoding
  const text = textIn(bytes, known)
  if (text === undefined) throw new Problem('badSpreadsheet', { encoding: known })
  return { text, encoding: known }
}
