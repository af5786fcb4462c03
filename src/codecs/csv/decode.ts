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
  'gb18030',
] as const
export type Encoding = (typeof encodings)[number]
export type Known = Exclude<Encoding, 'auto'>

/** What spreadsheet programs write where they do not write Unicode, by the language of the person. */
const usualOf: Record<string, Known> = { ru: 'windows-1251', ar: 'windows-1256', zh: 'gb18030' }

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

/** Without a mark, every other byte of texts in Latin letters is empty. */
function unmarked16(bytes: Uint8Array): Known | undefined {
  const first = bytes.subarray(0, 2_000)
  const empty = (odd: number) => first.filter((byte, at) => at % 2 === odd && byte === 0).length
  const [even, odd] = [empty(0), empty(1)]
  if (bytes.length % 2 === 1 || Math.max(even, odd) < first.length / 10) return undefined
  return even > odd * 4 ? 'utf-16be' : odd > even * 4 ? 'utf-16le' : undefined
}

/** Letters that are frequent in texts of a script, and rare as the misread bytes of another. */
const frequent: [Known, RegExp][] = [
  ['windows-1251', /[оеаинтсрвлк]/g],
  ['windows-1256', /[اليمنرتبوة]/g],
  ['gb18030', /[的一是在不了有和人这中大为上个国教育学校项目名称家地区年月日技术开始结束]/g],
]
const enough = 0.3

/** In Latin texts letters beyond ASCII stand alone; in others they stand together. */
function codePage(bytes: Uint8Array, language: string): Known {
  const usual = usualOf[language]
  const some = bytes.subarray(0, 100_000)
  const high = some.filter((byte) => byte >= 0x80).length
  const together = some.filter((byte, at) => byte >= 0x80 && (some[at + 1] ?? 0) >= 0x80).length
  if (usual && usual !== 'gb18030') return usual
  if (usual && textIn(bytes, usual) !== undefined) return usual
  if (high < 6 || together < high / 2) return 'windows-1252'
  const scores = frequent.map(([known, letters]) => {
    const text = textIn(bytes, known)?.slice(0, 100_000) ?? ''
    const size = [...text].filter((letter) => letter > '\u007F').length
    return { known, score: size === 0 ? 0 : [...text.matchAll(letters)].length / size }
  })
  const [best] = scores.toSorted((a, b) => b.score - a.score)
  return best && best.score >= enough ? best.known : 'windows-1252'
}

/** A mark at its beginning wins, then UTF-8 where it is that; else what its letters, or the language, make likely. */
function guess(bytes: Uint8Array, language: string): Known {
  const marked = marks.find(([, mark]) => mark.every((byte, at) => bytes[at] === byte))
  if (marked) return marked[0]
  const wide = unmarked16(bytes)
  if (wide) return wide
  return textIn(bytes, 'utf-8') === undefined ? codePage(bytes, language) : 'utf-8'
}

/** @throws Problem badSpreadsheet where it is no text in this encoding. */
export function decode(bytes: Uint8Array, encoding: Encoding, language: string): { text: string; encoding: Known } {
  const known = encoding === 'auto' ? guess(bytes, language) : encoding
  const text = textIn(bytes, known)
  if (text === undefined) throw new Problem('badSpreadsheet', { encoding: known })
  return { text, encoding: known }
}
