/** What stands before every parser: size and depth are bounded in one linear pass, so no parser meets a bomb. */
import { jsonAmbiguity } from './json-ambiguity.ts'
import { jsonErrorAt } from './json-error.ts'
import { Problem } from './problem.ts'

export type InputLimits = { bytes: number; depth: number }
export const usualInputLimits: InputLimits = { bytes: 64 * 1024 * 1024, depth: 64 }

const QUOTE = 34
const BACKSLASH = 92
const OPEN_BRACKET = 91
const CLOSE_BRACKET = 93
const OPEN_BRACE = 123
const CLOSE_BRACE = 125

/** The line and column of an offset, both from 1. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  let line = 1
  let start = 0
  for (let next = text.indexOf('\n'); next !== -1 && next < offset; next = text.indexOf('\n', next + 1)) {
    line++
    start = next + 1
  }
  return { line, column: offset - start + 1 }
}

export function checkSize(text: string, limits: Partial<InputLimits> = {}): void {
  const limit = limits.bytes ?? usualInputLimits.bytes
  if (text.length > limit) throw new Problem('tooLarge', { limit, size: text.length })
}

function tooDeep(text: string, offset: number, limit: number): never {
  throw new Problem('tooDeep', { limit, ...placeOf(text, offset) })
}

function checkDepthJson(text: string, limit: number): void {
  let depth = 0
  let inString = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (inString) {
      if (code === BACKSLASH) at++
      else if (code === QUOTE) inString = false
    } else if (code === QUOTE) inString = true
    else if (code === OPEN_BRACKET || code === OPEN_BRACE) {
      if (++depth > limit) tooDeep(text, at, limit)
    } else if (code === CLOSE_BRACKET || code === CLOSE_BRACE) depth--
  }
}

/** Keys by which an object would answer for all objects once it is copied into another. */
const poison = new Set(['__proto__', 'constructor'])
const mayBePoisoned = /__proto__|"constructor"|\\u/

/** @throws Problem malformedJson when a key is one that no record needs and an attack does. */
export function refusePoison(value: unknown, code: 'malformedJson' | 'invalid' = 'malformedJson'): void {
  if (typeof value !== 'object' || value === null) return
  for (const key of Object.keys(value)) {
    if (poison.has(key)) throw new Problem(code, { key })
    refusePoison((value as Record<string, unknown>)[key], code)
  }
}

/** Text of UTF-8 (RFC 3629) and of nothing else. @throws Problem notUtf8 */
export function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new Problem('notUtf8', {}, { cause })
  }
}

const escapedBytes = /(?:%[0-9a-f]{2})+/gi

/** What stands in an address or a form as `%C3%A9` must be UTF-8 too. @throws Problem notUtf8 */
export function checkEscapes(text: string): void {
  try {
    for (const [bytes] of text.matchAll(escapedBytes)) decodeURIComponent(bytes)
  } catch (cause) {
    throw new Problem('notUtf8', {}, { cause })
  }
}

/**
 * JSON of a request: what readers of it could take for different things is refused (RFC 7493 §2.2 and §2.3).
 * @throws Problem notUtf8, duplicateName, unsafeNumber, and those of `parseJson`, with line and column
 */
export function parseStrictJson(given: string | Uint8Array, limits: Partial<InputLimits> = {}): unknown {
  const text = typeof given === 'string' ? given : textOf(given)
  const value = parseJson(text, limits)
  const fault = jsonAmbiguity(text)
  if (fault) throw new Problem(fault.code, { ...fault.values, ...placeOf(text, fault.at) })
  return value
}

/** @throws Problem tooLarge, tooDeep, malformedJson, with line and column. */
export function parseJson(text: string, limits: Partial<InputLimits> = {}): unknown {
  checkSize(text, limits)
  checkDepthJson(text, limits.depth ?? usualInputLimits.depth)
  // No text needs a NUL, and PostgreSQL cannot keep one.
  const nul = text.indexOf('\\u0000')
  if (nul !== -1) throw new Problem('malformedJson', { key: 'NUL', ...placeOf(text, nul) })
  const value = parse(text)
  if (mayBePoisoned.test(text)) refusePoison(value)
  return value
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause
    throw new Problem('malformedJson', placeOf(text, jsonErrorAt(text)), { cause })
  }
}

/**
 * Before an XML parser: no document type (entities begin there), not too deep, not too large.
 * Whether the rest is well formed is the parser's to say.
 *
 * @throws Problem doctypeRefused, tooDeep, tooLarge, malformedXml.
 */
export function checkXml(text: string, limits: Partial<InputLimits> = {}): void {
  checkSize(text, limits)
  const limit = limits.depth ?? usualInputLimits.depth
  let depth = 0
  let at = text.indexOf('<')
  while (at !== -1) {
    const next = text[at + 1]
    if (next === '!') at = endOfDeclaration(text, at)
    else if (next === '?') at = after(text, '?>', at + 2)
    else {
      const end = endOfTag(text, at)
      if (next === '/') depth--
      else if (text[end - 1] !== '/' && ++depth > limit) tooDeep(text, at, limit)
      at = end
    }
    at = text.indexOf('<', at)
  }
}

function endOfDeclaration(text: string, at: number): number {
  if (text.startsWith('<!--', at)) return after(text, '-->', at + 4)
  if (text.startsWith('<![CDATA[', at)) return after(text, ']]>', at + 9)
  throw new Problem('doctypeRefused', placeOf(text, at))
}

function after(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from)
  if (at === -1) throw new Problem('malformedXml', placeOf(text, from))
  return at + mark.length
}

/** A `>` within quotes does not end a tag. */
function endOfTag(text: string, from: number): number {
  let quote = ''
  for (let at = from + 1; at < text.length; at++) {
    const character = text[at]!
    if (quote) {
      if (character === quote) quote = ''
    } else if (character === '"' || character === "'") quote = character
    else if (character === '>') return at
  }
  throw new Problem('malformedXml', placeOf(text, from))
}

/**
 * Before a YAML parser: nesting by indentation, by `- - -` on one line and by brackets is bounded. Brackets within
 * quotes or block text count as well, so this refuses a little more than it must, and never less.
 *
 * @throws Problem tooDeep, tooLarge.
 */
export function checkYaml(text: string, limits: Partial<InputLimits> = {}): void {
  checkSize(text, limits)
  const limit = limits.depth ?? usualInputLimits.depth
  const indents: number[] = []
  let brackets = 0
  let offset = 0
  for (const line of text.split('\n')) {
    const lead = /^(?:[ \t]*[-?:](?=[ \t]))*[ \t]*/.exec(line)![0]
    if (lead.length < line.length) {
      const outer = lead.length - lead.trimStart().length
      while (indents.length > 0 && indents.at(-1)! >= outer) indents.pop()
      indents.push(outer)
      const compact = lead.replaceAll(/[ \t]/g, '').length
      for (let step = 0; step < compact; step++) indents.push(outer + step + 1)
    }
    for (const bracket of line.match(/[[\]{}]/g) ?? []) {
      brackets = Math.max(0, brackets + (bracket === '[' || bracket === '{' ? 1 : -1))
      if (brackets > limit) tooDeep(text, offset, limit)
    }
    if (indents.length > limit) tooDeep(text, offset, limit)
    offset += line.length + 1
  }
}
