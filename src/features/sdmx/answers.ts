/** Messages as answers: small ones as a whole, which are compressed and kept; large ones as they are read. */
import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { openToAll } from '#kernel/http/headers.ts'
import { isUnchanged, type HttpResponse } from '#kernel/http/response.ts'
import type { HttpRequest } from '#kernel/http/server.ts'
import { Problem } from '#kernel/problem.ts'
import { contentTypeOf, negotiateFormat, type Offer, type Wanted } from '#codecs/sdmx/media-types.ts'
import { attributesOf, declaration, escapeXml } from '#codecs/sdmx/xml-text.ts'
import type { View } from '#ui/view.ts'
import { problemWords } from '#ui/problem-words.ts'
import { shortFormats } from './formats.ts'

const kept = 512 * 1024

/** @throws Problem notAcceptable */
export function wantedFormat<Format>(
  { accept }: Pick<HttpRequest, 'accept'>,
  format: string | undefined,
  offers: readonly Offer<Format>[],
): Wanted<Format> {
  const asked = format === undefined ? accept : (shortFormats[format] ?? format.replaceAll(' ', '+'))
  const found = negotiateFormat(asked, offers)
  if (!found) throw new Problem('notAcceptable', { offered: [...new Set(offers.map(contentTypeOf))].join(', ') })
  return found
}

type Message = {
  type: string
  pieces: AsyncIterable<string> | Iterable<string>
  /** ISO 8601: when what it is made of last changed. */
  changedAt: string
  fileName?: string | undefined
  language: string
}

/** @throws what the pieces throw before there are many */
export async function messageAnswer(request: HttpRequest, message: Message): Promise<HttpResponse> {
  const { type, pieces, changedAt, fileName, language } = message
  const headers: Record<string, string> = {
    'content-type': type.includes('charset') ? type : `${type}; charset=utf-8`,
    'content-language': language,
    'cache-control': 'no-cache',
    ...openToAll,
    ...(fileName && { 'content-disposition': `attachment; filename="${fileName}"` }),
  }
  const iterator = Symbol.asyncIterator in pieces ? pieces[Symbol.asyncIterator]() : pieces[Symbol.iterator]()
  let begun = ''
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
    begun += next.value
    if (begun.length > kept) return streamed(request, { headers, begun, iterator, changedAt })
  }
  return { status: 200, headers, body: begun, changedAt, keep: true }
}

type Stream = {
  headers: Record<string, string>
  begun: string
  iterator: AsyncIterator<string> | Iterator<string>
  changedAt: string
}

/** What is sent as it is read has the tag of what it is made of: address, format and the time of the last change. */
async function streamed(request: HttpRequest, { headers, begun, iterator, changedAt }: Stream): Promise<HttpResponse> {
  const parts = [request.address, headers['content-type'], headers['content-language'], changedAt]
  const etag = `W/"${createHash('sha256').update(parts.join('\n')).digest('base64url').slice(0, 22)}"`
  const tagged = { ...headers, etag, 'last-modified': new Date(changedAt).toUTCString() }
  if (isUnchanged(request.headers, { etag, headers: tagged })) {
    await iterator.return?.()
    return { status: 304, headers: tagged, body: '', keep: false }
  }
  async function* all() {
    try {
      yield begun
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value
    } finally {
      await iterator.return?.()
    }
  }
  return { status: 200, headers: tagged, body: Readable.from(all(), { objectMode: false }), keep: false }
}

/** Codes of errors of SDMX (section 7, 5.8), by status. */
const errorCodes: Readonly<Record<number, number>> = { 404: 100, 413: 130, 414: 130, 400: 140, 422: 150, 501: 501 }

/** What is wrong, as clients of SDMX read it: an error message of SDMX-ML or SDMX-JSON. */
export function errorAnswer(
  view: View,
  problem: Problem,
  { accept = '' }: Pick<HttpRequest, 'accept'>,
  version: '2.1' | '3.0',
): HttpResponse {
  const { title, detail, next } = problemWords(view, problem)
  const text = `${title}. ${detail} ${next}`
  const code = errorCodes[problem.status] ?? problem.status
  const wantsJson = /json/.test(accept) || (version === '3.0' && !/xml/.test(accept))
  const headers = { 'cache-control': 'no-store', 'content-language': view.language, ...openToAll }
  if (wantsJson)
    return {
      status: problem.status,
      headers: { ...headers, 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ errors: [{ code: problem.status, title, detail: `${detail} ${next}` }] }),
      keep: false,
    }
  const space = (part: string) => `http://www.sdmx.org/resources/sdmxml/schemas/v${version.replace('.', '_')}/${part}`
  const root = attributesOf({ 'xmlns:mes': space('message'), 'xmlns:com': space('common') })
  return {
    status: problem.status,
    headers: { ...headers, 'content-type': 'application/xml; charset=utf-8' },
    body: `${declaration}<mes:Error${root}><mes:ErrorMessage${attributesOf({ code })}><com:Text xml:lang="${view.language}">${escapeXml(text)}</com:Text></mes:ErrorMessage></mes:Error>\n`,
    keep: false,
  }
}
