/** Text in drawings, which do not break lines themselves. */

/** Isolated (UAX 9): not all programs that draw SVG know `direction`, and all know these characters. */
export const rightToLeft = (text: string): string => `\u2067${text}\u2069`

/** A text in rows of so many letters of usual width; what does not fit into the last row is cut. */
export function inRows(text: string, longest: number, most = 2): string[] {
  const rows: string[] = []
  for (const word of partsOf(text)) {
    const row = rows.at(-1)
    if (row !== undefined && widthOf(row + word) <= longest) rows[rows.length - 1] = row + word
    else rows.push(word.trimStart())
  }
  const kept = rows.slice(0, most).map((row) => (widthOf(row) > longest ? cut(row, longest) : row))
  if (rows.length > most) kept[most - 1] = cut(`${kept[most - 1]} ${rows[most]}`, longest)
  return kept
}

/** Where a row may end: before a space that is no no-break space, and between signs of Chinese. */
const partsOf = (text: string): string[] =>
  text.match(/\p{Script=Han}\p{P}*|[^\S\u00A0\u202F]*(?:[^\s\p{Script=Han}]|[\u00A0\u202F])+/gu) ?? []

function cut(text: string, longest: number): string {
  let kept = ''
  for (const letter of text) {
    if (widthOf(kept + letter) > longest - 1) break
    kept += letter
  }
  return `${kept.trimEnd()}…`
}

const isWide = /[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u
/** In letters of usual width: signs of Chinese are nearly twice as wide. */
export const widthOf = (text: string): number =>
  [...text].reduce((sum, letter) => sum + (isWide.test(letter) ? 1.8 : 1), 0)
