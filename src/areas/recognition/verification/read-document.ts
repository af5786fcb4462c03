/** What somebody sent, as a document with its proof: JSON, a token, a sealed document, or what is none of these. */
import { parseStrictJson } from '#kernel/input-limits.ts'
import { Problem } from '#kernel/problem.ts'
import { isToken, readSealed, readToken, TokenRefused, type SealedDocument, type Token } from '#codecs/vc-jwt/vc-jwt.ts'
import { failed, isObject, listOf, type Check, type Json } from './verification.ts'

export type Given =
  | { format: 'data-integrity'; document: Json }
  | { format: 'jwt'; document: Json; token: Token; text: string }
  | { format: 'jades'; document: Json; sealed: SealedDocument }
  | { format: 'open-badges-2'; document: Json; text?: string }

/** A credential is some kilobytes; one with pictures in it is no larger than this. */
export const credentialLimits = { bytes: 1024 * 1024, depth: 40 }

/** Envelopes hold a token as the address of its data (W3C Verifiable Credentials 2.0 §4.13). */
const envelope = /^data:application\/(?:vc|vp)\+(?:jwt|ld\+jwt)[,;](.*)$/

/** The document, or the check that says why there is none. Never throws for what was sent. */
export function readDocument(given: string | Json): Given | Check {
  try {
    if (typeof given !== 'string') return asDocument(given)
    const text = given.trim()
    if (isToken(text)) return tokenIn(text)
    const value = parseStrictJson(text, credentialLimits)
    return isObject(value) ? asDocument(value) : failed('wellFormed', 'notACredential')
  } catch (error) {
    return faultOf(error)
  }
}

function asDocument(value: Json): Given | Check {
  const inner =
    typeof value.id === 'string' && String(listOf(value.type)[0]).startsWith('Enveloped')
      ? envelope.exec(value.id)?.[1]
      : undefined
  if (inner !== undefined) return tokenIn(inner)
  const sealed = readSealed(value)
  if (sealed) return { format: 'jades', document: sealed.document, sealed }
  return isAssertion(value)
    ? { format: 'open-badges-2', document: value }
    : { format: 'data-integrity', document: value }
}

const isAssertion = (value: Json): boolean =>
  listOf(value['@context']).includes('https://w3id.org/openbadges/v2') && listOf(value.type).includes('Assertion')

function tokenIn(text: string): Given | Check {
  const token = readToken(text)
  if (token.contradiction !== undefined) return failed('wellFormed', 'contradiction', { what: token.contradiction })
  if (isAssertion(token.document)) return { format: 'open-badges-2', document: token.document, text }
  return { format: 'jwt', document: token.document, token, text }
}

const problemCodes = ['duplicateName', 'unsafeNumber', 'tooDeep', 'tooLarge'] as const

function faultOf(error: unknown): Check {
  if (error instanceof TokenRefused) return failed('wellFormed', error.code)
  if (!(error instanceof Problem)) throw error
  const code = problemCodes.find((one) => one === error.code)
  const { name, number } = error.values
  return code ? failed('wellFormed', code, { what: String(name ?? number ?? '') }) : failed('wellFormed', 'malformed')
}
