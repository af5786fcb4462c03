/** What in a sound JSON text is taken differently by different readers: names that stand twice, numbers that lose digits, halves of characters. */

type Ambiguity =
  | { code: 'duplicateName'; at: number; values: { name: string } }
  | { code: 'unsafeNumber'; at: number; values: { number: string } }
  | { code: 'notUtf8'; at: number; values: Record<string, never> }

const string = /"(?:[^"\\]|\\.)*"/y
const number = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const beforeColon = /[ \t\n\r]*:/y
const longestShown = 60

const matchAt = (pattern: RegExp, text: string, at: number): string | undefined => {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}

/** The first, in one pass over a text that was parsed before. */
export function jsonAmbiguity(text: string): Ambiguity | undefined {
  const open: (Set<string> | undefined)[] = []
  for (let at = 0; at < text.length;) {
    const character = text[at]!
    let next = at + 1
    if (character === '{') open.push(new Set())
    else if (character === '[') open.push(undefined)
    else if (character === '}' || character === ']') open.pop()
    else if (character === '"') {
      const written = matchAt(string, text, at)!
      next = at + written.length
      // Half of a pair of surrogates is no character, and cannot be written as UTF-8 (RFC 7493 §2.1).
      if (written.includes('\\u') && !(JSON.parse(written) as string).isWellFormed())
        return { code: 'notUtf8', at, values: {} }
      const names = open.at(-1)
      if (names && matchAt(beforeColon, text, next) !== undefined) {
        // Written otherwise, it is the same name.
        const name = JSON.parse(written) as string
        if (names.has(name)) return { code: 'duplicateName', at, values: { name: name.slice(0, longestShown) } }
        names.add(name)
      }
    } else if (character === '-' || (character >= '0' && character <= '9')) {
      const written = matchAt(number, text, at)!
      next = at + written.length
      if (isUnsafe(written)) return { code: 'unsafeNumber', at, values: { number: written.slice(0, longestShown) } }
    }
    at = next
  }
  return undefined
}

const isUnsafe = (written: string): boolean =>
  /^-?\d+$/.test(written) ? !Number.isSafeInteger(Number(written)) : !Number.isFinite(Number(written))
