/** XML 1.0 as it is written here: no entity but the five of the standard. */

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}
const risky = /[&<>"']/
/** What no XML 1.0 document may hold (§2.2). */
const forbidden = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu

export const escapeXml = (text: string): string => {
  const plain = text.replaceAll(forbidden, '\uFFFD')
  return risky.test(plain) ? plain.replaceAll(/[&<>"']/g, (sign) => escapes[sign]!) : plain
}

/** ` id="A"`, for each that there is. */
export const attributesOf = (values: Readonly<Record<string, string | number | undefined>>): string =>
  Object.entries(values)
    .map(([name, value]) => (value === undefined ? '' : ` ${name}="${escapeXml(String(value))}"`))
    .join('')

export const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'

/** Text in each language, as SDMX-ML names things. */
export const textsOf = (element: string, texts: Readonly<Record<string, string>> = {}): string =>
  Object.entries(texts)
    .map(([language, text]) => `<${element} xml:lang="${language}">${escapeXml(text)}</${element}>`)
    .join('')
