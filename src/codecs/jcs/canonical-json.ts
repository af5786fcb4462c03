/** JSON Canonicalization Scheme (RFC 8785): one text for one value, whoever writes it. */

/**
 * Names in the order of their UTF-16 code units, no spaces; numbers and strings as ECMAScript writes them (§3.2.2).
 * A lone surrogate, which the standard leaves out (§3.2.2.2), is written as its escape, so that any JSON has its text.
 */
export function canonicalJson(value: unknown): string {
  const ordered = inOrder(value)
  return ordered === unordered ? written(value) : JSON.stringify(ordered)
}

const unordered = Symbol('an object does not keep its names in this order')
/** Names that are numbers come first in any object, and `__proto__` is no name of its own. */
const isOwnPlace = (name: string) => (name >= '0' && name < ':') || name === '__proto__'

/** A copy whose names stand in order: the engine writes it much faster than we could, and any object but a few keeps it. */
function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    const copy: unknown[] = []
    for (const one of value) {
      const member = inOrder(one)
      if (member === unordered) return unordered
      copy.push(member)
    }
    return copy
  }
  const copy: Record<string, unknown> = {}
  for (const name of Object.keys(value).sort()) {
    if (isOwnPlace(name)) return unordered
    const member = inOrder((value as Record<string, unknown>)[name])
    if (member === unordered) return unordered
    copy[name] = member
  }
  return copy
}

function written(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  let text = ''
  if (Array.isArray(value)) {
    for (const one of value) text += `${text && ','}${written(one ?? null)}`
    return `[${text}]`
  }
  for (const name of Object.keys(value).sort()) {
    const member = (value as Record<string, unknown>)[name]
    if (member !== undefined) text += `${text && ','}${JSON.stringify(name)}:${written(member)}`
  }
  return `{${text}}`
}
