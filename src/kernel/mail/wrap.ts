/**
 * Lines of an email, short enough for every mail program, and put together again by those that can (RFC 3676,
 * `format=flowed; delsp=yes`). Addresses are never broken.
 */
import { directionOf } from '../i18n/languages.ts'

/** Of 78 that a line should have at most (RFC 5322 §2.1.1), some are for marks of quoting. */
const columns = 72
const wide = /[\p{Script=Han}\u3000-\u303F\uFF00-\uFF60]/u
const signs = /\p{Cf}|\p{Mn}/u
const widthOf = (text: string) =>
  [...text].reduce((sum, one) => sum + (signs.test(one) ? 0 : wide.test(one) ? 2 : 1), 0)

/**
 * After spaces that are not no-break spaces, and between Chinese characters, but not before the sign that ends something
 * nor after one that begins it.
 */
const breaks = /(?<=[^\S\u00A0\u202F])(?=\S)|(?<=[\p{Script=Han}，。；：？！、》”）])(?=[\p{Script=Han}《“（])/u

/** A line that begins so would be taken for a quotation, or for what was stuffed (RFC 3676 §4.4). */
const stuffed = (line: string) => (/^(?: |From )/.test(line) ? ` ${line}` : line)

function linesOf(line: string, mark: string): string[] {
  const [quote = ''] = /^> ?/.exec(line) ?? []
  const rest = line.slice(quote.length)
  const made: string[] = []
  let now = ''
  for (const piece of rest.split(breaks)) {
    if (now !== '' && widthOf(quote + now + piece.trimEnd()) > columns) {
      made.push(now)
      now = mark + piece
    } else now += piece
  }
  made.push(now.trimEnd())
  // The space at the end says that the line goes on, and is no part of it.
  return made.map((one, i) => quote + (quote ? one : stuffed(one)) + (i < made.length - 1 ? ' ' : ''))
}

/** As it is sent. In languages that are written to the left each line begins with the mark that says so. */
export const wrapped = (text: string, language: string): string =>
  text
    .split('\n')
    .flatMap((line) => linesOf(line, directionOf(language) === 'rtl' ? '\u200F' : ''))
    .join('\n')

/** As mail programs that know `format=flowed` show it. */
export function unwrapped(text: string): string {
  const lines: string[] = []
  let goesOn = false
  for (const line of text.split('\n')) {
    const bare = line.startsWith('>') ? line.replace(/^> ?/, '') : line.replace(/^ /, '')
    const plain = bare.endsWith(' ') ? bare.slice(0, -1) : bare
    if (goesOn) lines[lines.length - 1] += plain.replace(/^\u200F/, '')
    else lines.push(line.startsWith('>') ? (plain === '' ? '>' : `> ${plain}`) : plain)
    goesOn = bare.endsWith(' ')
  }
  return lines.join('\n')
}

export const flowedText = 'text/plain; charset=utf-8; format=flowed; delsp=yes'
