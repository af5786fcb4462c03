/** JSON Canonicalization Scheme (RFC 8785): one text for one value, whoever writes it. */

/**
 * Names in the order of their UTF-16 code units, no spaces; numbers and strings as ECMAScript writes them (§3.2.2).
 * A lone surrogate, which the standard leaves out (§3.2.2.2), is written as its escape, so that any JSON has its text.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((one) => canonicalJson(one ?? null)).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const names = Object.keys(value)
    .filter((name) => (value as Record<string, unknown>)[name] !== undefined)
    .sort()
  const members = names.map(
    (name) => `${JSON.stringify(name)}:${canonicalJson((value as Record<string, unknown>)[name])}`,
  )
  return `{${members.join(',')}}`
}
