/** Bytes of XML from anywhere → text that a parser can take, and whether anything had to be mended for that. */

const encodingNamed = /^[^>]{0,200}?<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']/
// oxlint-disable-next-line no-control-regex
const forbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g
const forbiddenReferences = /&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|x0*(?:[0-8bcef]|1[0-9a-f]));/gi
const bareAmpersand = /&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-f]{1,6});)/gi

export type Decoded = { text: string; isMended: boolean }

/** Text in the encoding that the mark, the server or the document names; UTF-8 where none does. Bytes that mean nothing become U+FFFD. */
export function decodeXml(bytes: Uint8Array, contentType = ''): Decoded {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 400))
  const named = /charset\s*=\s*"?([\w.:-]+)/i.exec(contentType)?.[1] ?? encodingNamed.exec(head)?.[1]
  const utf16 =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : undefined
  const strict = decodeStrictly(bytes, utf16 ?? 'utf-8')
  const text = strict ?? decodeAs(bytes, named) ?? new TextDecoder('windows-1252').decode(bytes)
  const mended = text
    .replaceAll(forbidden, '')
    .replaceAll(forbiddenReferences, '')
    // Named entities of HTML are no XML without a document type; as text they are read later.
    .replaceAll(bareAmpersand, '&amp;')
  return { text: mended, isMended: strict === undefined || mended !== text }
}

/** Whatever is said of it: text that is UTF-8 is nothing else. */
function decodeStrictly(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function decodeAs(bytes: Uint8Array, encoding: string | undefined): string | undefined {
  if (encoding === undefined || /^utf-?8$/i.test(encoding)) return undefined
  try {
    return new TextDecoder(encoding).decode(bytes)
  } catch {
    return undefined
  }
}
