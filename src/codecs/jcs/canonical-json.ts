/** JSON Canonicalization Scheme (RFC 8785): one text for one value, whoever writes it. */

/**
 * Names in the order of their UTF-16 code units, no spaces; numbers and strings as ECMAScript writes them (§3.2.2).
 * A lone surrogate, which the standard leaves out (§3.2.2.2), is written as its escape, so that any JSON has its text.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  let text = ''
  if (Array.isArray(value)) {
    for (const one of value) text += `${text && ','}${canonicalJson(one ?? null)}`
    return `[${text}]`
  }
  for (const name of Object.keys(value).sort()) {
    const member = (value as Record<string, unknown>)[name]
    if (member !== undefined) text += `${text && ','}${JSON.stringify(name)}:${canonicalJson(member)}`
  }
  return `{${text}}`
}
