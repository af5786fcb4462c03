import { hash } from 'node:crypto'

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** Ten bytes as sixteen characters that nobody misreads (Crockford's base 32). */
function encode(bytes: Uint8Array): string {
  let bits = 0
  let held = 0
  let out = ''
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xffff
    bits += 8
    while (bits >= 5) {
      bits -= 5
      out += alphabet[(held >> bits) & 31]
    }
  }
  return out
}

/**
 * The record identifier of something that already has a name in the world. The same address gives the same
 * identifier on every node and in every import, so links can be made before the other end has arrived.
 */
export const idOf = (uri: string) => encode(hash('sha256', uri, 'buffer').subarray(0, 10))

/** A new identifier for something that is first described here. */
export const newId = (random: (size: number) => Uint8Array) => encode(random(10))
