/** Bytes as text with their base in front (W3C Controlled Identifiers 1.0 §2.4): base58btc `z` and base64url `u`. */

const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const valueOf = new Map([...alphabet].map((letter, value) => [letter, value]))
/** Base 58 costs the square of the length; no key and no signature comes near. */
const longest = 512

export function toBase58(bytes: Uint8Array): string {
  const digits: number[] = []
  for (const byte of bytes) {
    let carry = byte
    for (let at = 0; at < digits.length; at++) {
      carry += digits[at]! << 8
      digits[at] = carry % 58
      carry = Math.floor(carry / 58)
    }
    for (; carry > 0; carry = Math.floor(carry / 58)) digits.push(carry % 58)
  }
  const zeros = bytes.findIndex((byte) => byte !== 0)
  const leading = zeros === -1 ? bytes.length : zeros
  return (
    '1'.repeat(leading) +
    digits
      .toReversed()
      .map((digit) => alphabet[digit])
      .join('')
  )
}

/** Undefined where a letter is none of the alphabet, or the text is longer than any key or signature. */
export function fromBase58(text: string): Uint8Array | undefined {
  if (text.length > longest) return undefined
  const bytes: number[] = []
  for (const letter of text) {
    let carry = valueOf.get(letter)
    if (carry === undefined) return undefined
    for (let at = 0; at < bytes.length; at++) {
      carry += bytes[at]! * 58
      bytes[at] = carry & 0xff
      carry >>= 8
    }
    for (; carry > 0; carry >>= 8) bytes.push(carry & 0xff)
  }
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
