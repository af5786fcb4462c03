/** Where a JSON text goes wrong: engines do not always say. Read only after parsing has failed. */

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const name = /true|false|null/y
const space = /[ \t\n\r]*/y
const escape = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y

function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : -1
}

/** The offset after a string that begins at `at`, or where it goes wrong as a negative number less one. */
function endOfString(text: string, at: number): number {
  let next = at + 1
  while (next < text.length) {
    const code = text.charCodeAt(next)
    if (code === 34) return next + 1
    if (code < 32) break
    if (code === 92) {
      const end = endOf(escape, text, next)
      if (end === -1) break
      next = end
    } else next++
  }
  return -next - 1
}

/** The offset of the first character that cannot stand where it stands. */
export function jsonErrorAt(text: string): number {
  const open: string[] = []
  let expects: 'value' | 'valueOrEnd' | 'key' | 'keyOrEnd' | 'colon' | 'comma' = 'value'
  let at = endOf(space, text, 0)
  while (at < text.length) {
    const character = text[at]!
    const wantsValue: boolean = expects === 'value' || expects === 'valueOrEnd'
    const ends = expects === 'comma' || expects === 'valueOrEnd' || expects === 'keyOrEnd'
    let next = at + 1
    if (wantsValue && (character === '{' || character === '[')) {
      open.push(character === '{' ? '}' : ']')
      expects = character === '{' ? 'keyOrEnd' : 'valueOrEnd'
    } else if (ends && open.length > 0 && character === open.at(-1)) {
      open.pop()
      expects = 'comma'
    } else if (expects === 'comma' && character === ',' && open.length > 0)
      expects = open.at(-1) === '}' ? 'key' : 'value'
    else if (expects === 'colon' && character === ':') expects = 'value'
    else if (character === '"' && (wantsValue || expects === 'key' || expects === 'keyOrEnd')) {
      next = endOfString(text, at)
      if (next < 0) return -next - 1
      expects = wantsValue ? 'comma' : 'colon'
    } else if (wantsValue) {
      next = Math.max(endOf(number, text, at), endOf(name, text, at))
      if (next === -1) return at
      expects = 'comma'
    } else return at
    at = endOf(space, text, next)
  }
  return text.length
}
