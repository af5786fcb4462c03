/** Bytes as text with their base in front (W3C Controlled Identifiers 1.0 §2.4): base58btc `z` and base64url `u`. */

const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const valueOf = new Map([...alphabet].map((letter, value) => [letter, value]))
/** Base 58 costs the square of the length; no key and no signature comes near. */
const longest = 512

// Five digits at a time, two bytes at a time: as much as a number holds exactly.
const fiveDigits = 58 ** 5

export function toBase58(bytes: Uint8Array): string {
  const fives: number[] = []
  for (let at = -(bytes.length % 2); at < bytes.length; at += 2) {
    let carry = (bytes[at] ?? 0) * 256 + bytes[at + 1]!
    for (let place = 0; place < fives.length; place++) {
      carry += fives[place]! * 65_536
      fives[place] = carry % fiveDigits
      carry = Math.floor(carry / fiveDigits)
    }
    if (carry > 0) fives.push(carry)
  }
  let text = ''
  for (let five of fives)
    for (let digit = 0; digit < 5; digit++) {
      text = alphabet[five % 58]! + text
      five = Math.floor(five / 58)
    }
  const zeros = bytes.findIndex((byte) => byte !== 0)
  return '1'.repeat(zeros === -1 ? bytes.length : zeros) + text.replace(/^1+/, '')
}

/** Undefined where a letter is none of the alphabet, or the text is longer than any key or signature. */
export function fromBase58(text: string): Uint8Array | undefined {
  if (text.length > longest) return undefined
  // Two bytes in each, the last ones first.
  const pairs: number[] = []
  // The first five may be fewer, as if digits of nothing stood before them.
  for (let start = (text.length % 5) - 5; start < text.length; start += 5) {
    let carry = 0
    for (let at = Math.max(start, 0); at < start + 5; at++) {
      const digit = valueOf.get(text[at]!)
      if (digit === undefined) return undefined
      carry = carry * 58 + digit
    }
    for (let place = 0; place < pairs.length; place++) {
      carry += pairs[place]! * fiveDigits
      pairs[place] = carry & 0xffff
      carry = Math.floor(carry / 65_536)
    }
    for (; carry > 0; carry = Math.floor(carry / 65_536)) pairs.push(carry & 0xffff)
  }
  const bytes = pairs.flatMap((pair) => [pair & 0xff, pair >> 8])
  while (bytes.at(-1) === 0) bytes.pop()
  const leading = /^1*/.exec(text)![0].length
  return new Uint8Array([...new Uint8Array(leading), ...bytes.toReversed()])
}

/** One spelling for one value: no padding, and no bits beyond the last byte. */
export function fromBase64Url(text: string): Uint8Array | undefined {
  const bytes = Buffer.from(text, 'base64url')
  return bytes.toString('base64url') === text ? new Uint8Array(bytes) : undefined
}

/** Undefined where it is no text of a base that is read here. */
export function fromMultibase(text: unknown): Uint8Array | undefined {
  if (typeof text !== 'string') return undefined
  if (text.startsWith('z')) return fromBase58(text.slice(1))
  return text.startsWith('u') ? fromBase64Url(text.slice(1)) : undefined
}

export const toMultibase = (bytes: Uint8Array): string => `z${toBase58(bytes)}`
