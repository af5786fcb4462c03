/** Writing XML 1.0: text and attributes escaped, and characters that no document may hold left out (§2.2). */

// oxlint-disable-next-line no-control-regex
const forbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g
/** Nearly no text holds any of these, so each is looked through once. */
// oxlint-disable-next-line no-control-regex
const unplain = /[&<>\r\u0000-\u0008\u000B\u000C\u000E-\u001F\uD800-\uDFFF\uFFFE\uFFFF]/

/** A text as it stands in an element, where quotation marks are no marks of XML (§2.4). */
export const escapeText = (text: string): string =>
  unplain.test(text)
    ? text
        .toWellFormed()
        .replaceAll(forbidden, '')
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replaceAll('\r', '&#13;')
    : text

/** A text as it stands in an element or an attribute. */
export const escapeXml = (text: string): string =>
  unplain.test(text) || text.includes('"') ? escapeText(text).replaceAll('"', '&quot;') : text

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
export const textElement = (name: string, text: string, attributes?: Attributes): string =>
  attributes === undefined
    ? `<${name}>${escapeText(text)}</${name}>`
    : `<${name}${attributesOf(attributes)}>${escapeText(text)}</${name}>`

/** An element that holds elements, already written. */
export function element(name: string, inner: string, attributes?: Attributes): string {
  const tag = attributes === undefined ? name : `${name}${attributesOf(attributes)}`
  return inner === '' ? `<${tag}/>` : `<${tag}>${inner}</${name}>`
}

/** What is written of each, one after another. */
export function each<Item>(items: readonly Item[], write: (item: Item) => string): string {
  let written = ''
  for (const item of items) written += write(item)
  return written
}

/** Remembers what was written of an object, for those that never change and come again in many documents. */
export function writtenOnce<Item extends object>(write: (item: Item) => string): (item: Item) => string {
  const known = new WeakMap<Item, string>()
  return (item) => {
    let written = known.get(item)
    if (written === undefined) known.set(item, (written = write(item)))
    return written
  }
}

/** As one piece: strings are kept in memory as the pieces that they were put together of until somebody reads them. */
export const inOnePiece = (...pieces: readonly string[]): string => pieces.join('')
