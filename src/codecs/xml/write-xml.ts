/** Writing XML 1.0: text and attributes escaped, and characters that no document may hold left out (§2.2). */

const special = /[&<>"\r]/
const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
}
// oxlint-disable-next-line no-control-regex
const forbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g
// oxlint-disable-next-line no-control-regex
const mayBeForbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uD800-\uDFFF\uFFFE\uFFFF]/

/** A text as it stands in an element or an attribute. */
export function escapeXml(text: string): string {
  const allowed = mayBeForbidden.test(text) ? text.toWellFormed().replaceAll(forbidden, '') : text
  return special.test(allowed) ? allowed.replaceAll(/[&<>"\r]/g, (character) => escapes[character]!) : allowed
}

export type Attributes = Readonly<Record<string, string | undefined>>

export function attributesOf(attributes: Attributes): string {
  let written = ''
  for (const name in attributes) {
    const value = attributes[name]
    if (value !== undefined) written += ` ${name}="${escapeXml(value)}"`
  }
  return written
}

/** An element that holds a text. */
export const textElement = (name: string, text: string, attributes: Attributes = {}): string =>
  `<${name}${attributesOf(attributes)}>${escapeXml(text)}</${name}>`

/** An element that holds elements, already written. */
export const element = (name: string, inner: string, attributes: Attributes = {}): string =>
  inner === '' ? `<${name}${attributesOf(attributes)}/>` : `<${name}${attributesOf(attributes)}>${inner}</${name}>`
