/** Lines and tables that fit the width of a terminal. */

export const screenWidth = 80
const leastForText = 30

/** How many columns of a terminal a text takes: two for each Chinese character, none for marks above a letter. */
export const widthOf = (text: string): number =>
  [...text].reduce(
    (sum, one) => sum + (/\p{Mn}/u.test(one) ? 0 : /[\p{sc=Han}\u3000-\u303F\uFF00-\uFF60]/u.test(one) ? 2 : 1),
    0,
  )

/**
 * Where a line may end: after a space that is no no-break space, or between Chinese characters; never before a mark that
 * ends a sentence.
 */
const pieces =
  /[\S\u00A0\u202F]*?\p{sc=Han}[\u3000-\u303F\uFF00-\uFF60”’]*\s*|[\S\u00A0\u202F]+?(?=\p{sc=Han})|[\S\u00A0\u202F]+\s*/gu

/** The text in lines of at most `width` columns; a longer word has its own line. */
export function wrapped(text: string, width = screenWidth): string[] {
  const lines: string[] = []
  let line = ''
  for (const [piece] of text.matchAll(pieces)) {
    if (line && widthOf(line + piece.trimEnd()) > width) {
      lines.push(line.trimEnd())
      line = ''
    }
    line += piece
  }
  return [...lines, line.trimEnd()]
}

/** Two columns, the second wrapped beside the first, or below it where the first leaves no room. */
export function table(rows: readonly (readonly [string, string])[]): string[] {
  const left = Math.min(Math.max(...rows.map(([name]) => widthOf(name))), screenWidth - leastForText - 4)
  return rows.flatMap(([name, about]) => {
    const [first = '', ...rest] = wrapped(about, screenWidth - left - 4)
    const gap = ' '.repeat(Math.max(0, left - widthOf(name)))
    const indent = ' '.repeat(left + 4)
    return widthOf(name) > left
      ? [`  ${name}`, ...[first, ...rest].map((line) => indent + line)]
      : [`  ${name}${gap}  ${first}`.trimEnd(), ...rest.map((line) => indent + line)]
  })
}
