/**
 * Resumption tokens (OAI-PMH 2.0 §3.5) say all that the next page needs, closed with the key of the node: no table of them is
 * kept, they hold after a restart and never expire, and one that anybody changed opens no more.
 */
import type { SecretBox } from '#accounts/secret-box.ts'
import { parseJson } from '#kernel/input-limits.ts'
import type { Verb } from '#codecs/oai-pmh/arguments.ts'

export type Resumption = {
  verb: Verb
  prefix: string
  set?: string
  from: string
  until: string
  after: { datestamp: string; number: number }
  /** How many items came before the next page, and how many there were at the beginning. */
  cursor: number
  size: number
}

const about = 'oai-pmh/resumption'
const longest = 2_000

export async function closeToken(box: SecretBox, resumption: Resumption): Promise<string> {
  const closed = await box.close(new TextEncoder().encode(JSON.stringify(resumption)), about)
  return Buffer.from(closed, 'base64').toString('base64url')
}

/** Undefined where this node did not make it. */
export async function openToken(box: SecretBox, token: string): Promise<Resumption | undefined> {
  if (token.length > longest) return undefined
  const closed = Buffer.from(token, 'base64url')
  // The last letter has bits that mean nothing; a token is written in one way alone.
  if (closed.toString('base64url') !== token) return undefined
  const plain = await box.open(closed.toString('base64'), about)
  return plain && (parseJson(new TextDecoder().decode(plain)) as Resumption)
}
