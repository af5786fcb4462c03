/** Finds the words of a text that has been lowered. What a word is depends on its script. */

/**
 * `word`: from a script that sets spaces. `han`: a run of Chinese, Japanese or Korean, found by its characters.
 * `run`: a run of a script without spaces whose words only a dictionary knows.
 */
export type TokenKind = 'word' | 'han' | 'run'

/** `hyphened` says that a hyphen, and nothing else, stands between this word and the one before. */
export type Visit = (kind: TokenKind, text: string, hyphened: boolean) => void

// C++, C# and F# are words: signs that cling to a letter belong to it.
const asciiWord = /[a-z0-9]+(?:'[a-z0-9]+)*(?:(?<=[a-z])(?:\+\+|#)(?![a-z0-9]))?/g
const ascii = /^\p{ASCII}*$/u

// Korean sets spaces, but its particles cling to the word: by characters, the bare word is found in all its forms.
const han = '[[\\p{scx=Han}\\p{scx=Hiragana}\\p{scx=Katakana}\\p{scx=Hangul}\\p{scx=Bopomofo}]&&[\\p{L}\\p{M}\\p{N}]]'
const run = '[[\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}]&&[\\p{L}\\p{M}]]'
const spaced = `[[\\p{L}\\p{M}\\p{N}]--${han}--${run}]`
const anyWord = new RegExp(
  `(${han}+)|(${run}+)|${spaced}+(?:'${spaced}+)*(?:(?<=[a-z])(?:\\+\\+|#)(?![a-z0-9]))?`,
  'gv',
)

function isHyphen(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code === 0x2d || code === 0x2010
}

/** How names on the web end: elimu.ai is no title about AI, but node.js is about JS. */
const webEndings = new Set(['ai', 'app', 'co', 'com', 'dev', 'edu', 'gov', 'int', 'io', 'net', 'org'])

const endsWebName = (text: string, at: number, token: string) => text[at - 1] === '.' && webEndings.has(token)

export function scan(text: string, visit: Visit): void {
  const pattern = ascii.test(text) ? asciiWord : anyWord
  pattern.lastIndex = 0
  let end = -1
  let afterWord = false
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const kind = match[1] !== undefined ? 'han' : match[2] !== undefined ? 'run' : 'word'
    const hyphened = afterWord && kind === 'word' && match.index === end + 1 && isHyphen(text, end)
    const isEnding = afterWord && match.index === end + 1 && endsWebName(text, match.index, match[0])
    end = pattern.lastIndex
    if (isEnding) continue
    afterWord = kind === 'word'
    visit(kind, match[0], hyphened)
    // A visitor may scan another text; this one goes on where it was.
    pattern.lastIndex = end
  }
}

const segmenters = {
  han: new Intl.Segmenter('zh', { granularity: 'word' }),
  run: new Intl.Segmenter('th', { granularity: 'word' }),
}

/** The words of a run that sets no spaces, with their place in characters. */
export function segments(kind: 'han' | 'run', text: string): { word: string; at: number }[] {
  const found: { word: string; at: number }[] = []
  let at = 0
  for (const { segment } of segmenters[kind].segment(text)) {
    found.push({ word: segment, at })
    at += kind === 'han' ? codePoints(segment) : 1
  }
  return found
}

function codePoints(text: string): number {
  let count = 0
  for (let i = 0; i < text.length; i++) if ((text.charCodeAt(i) & 0xfc00) !== 0xdc00) count++
  return count
}
