/**
 * A credential that lies in a PDF as an embedded file. Only streams are looked through, packed with Flate or not at all;
 * encrypted files, and files packed otherwise, are not read. Nothing is drawn or run.
 */
import { inflateSync } from 'node:zlib'

export const isPdf = (bytes: Uint8Array): boolean => Buffer.from(bytes.subarray(0, 5)).toString('latin1') === '%PDF-'

const mostStreams = 5_000
const longestText = 2 * 1024 * 1024
/** All streams together, so that many small bombs are none the better. */
const mostUnpacked = 64 * 1024 * 1024

/** Whether a text may be a credential, without its being read. */
const isLikely = (text: string) =>
  /^\s*\{/.test(text)
    ? text.includes('"@context"') || text.includes('"credentialSubject"')
    : /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/.test(text)

/** What lies in it, `'several'`, or undefined where there is nothing that is read here. */
export function readPdf(bytes: Uint8Array): string | 'several' | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const found = new Set<string>()
  let unpacked = 0
  let at = 0
  for (let count = 0; count < mostStreams && unpacked < mostUnpacked; count++) {
    const begin = file.indexOf('stream', at, 'latin1')
    if (begin < 0) break
    const end = file.indexOf('endstream', begin + 6, 'latin1')
    if (end < 0) break
    at = end + 9
    const text = textOf(file.subarray(startOf(file, begin + 6), end))
    unpacked += text?.length ?? longestText / 100
    const trimmed = text?.trim()
    if (trimmed && isLikely(trimmed)) found.add(trimmed)
  }
  return found.size > 1 ? 'several' : [...found][0]
}

/** ISO 32000-2 §7.3.8: the word is followed by CR LF or LF. */
const startOf = (file: Buffer, at: number) =>
  file[at] === 13 && file[at + 1] === 10 ? at + 2 : file[at] === 10 ? at + 1 : at

function textOf(stream: Buffer): string | undefined {
  const isPacked = (stream[0]! & 0x0f) === 8 && ((stream[0]! << 8) | (stream[1] ?? 0)) % 31 === 0
  if (!isPacked) return stream.length <= longestText ? stream.toString('utf8') : undefined
  try {
    return inflateSync(stream, { maxOutputLength: longestText }).toString('utf8')
  } catch {
    return undefined
  }
}
