/** Identifiers of what has none of its own. */
import { createHash } from 'node:crypto'

/**
 * A name for ever of something that no address and no number names, made of what tells it apart (RFC 9562 §5.8, UUID
 * version 8 of a SHA-256). The same words give the same name on every node.
 */
export function urnOf(...words: readonly string[]): string {
  const bytes = createHash('sha256').update(JSON.stringify(words)).digest().subarray(0, 16)
  bytes[6] = (bytes[6]! & 0x0f) | 0x80
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `urn:uuid:${[hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')}`
}
