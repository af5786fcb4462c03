/** What a page or an API call answers, made ready for the wire: entity tag, compression, the usual headers. */
import { hash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { promisify } from 'node:util'
import {
  brotliCompress,
  brotliCompressSync,
  brotliDecompress,
  constants,
  gzipSync,
  type BrotliOptions,
} from 'node:zlib'
import { Problem } from '../problem.ts'
import { negotiateEncoding, type Encoding } from './negotiate.ts'

export type HttpResponse = {
  status: number
  headers: Record<string, string>
  /** Whole `Set-Cookie` lines. */
  cookies?: readonly string[]
  /** A stream is sent as it comes, neither compressed nor kept. */
  body: string | Uint8Array | Readable
  /** The body in the fewest bytes (Brotli), for what everybody asks for and never changes. */
  smallest?: () => Buffer
  /** Which revision of a record it is, so that a change can name it (`If-Match`). */
  revision?: number | undefined
  /** When what it tells was last changed, ISO 8601 (`Last-Modified`, RFC 9110 §8.8.2). */
  changedAt?: string | undefined
  /** A style or script: of the usual headers it bears only those that concern what no page is (`headers.ts`). */
  isPart?: boolean
  /** Whether the same request may get the same answer until the journal moves on. */
  keep: boolean
}

/** An answer as it goes out, for one encoding. */
export type Ready = { status: number; headers: Record<string, string | number>; body: Buffer; etag: string }

const worthCompressing = 600
/** A page becomes a fifth; longer ones take another piece. */
const leastChunk = 1024
// Most addresses are asked for once, so the first answer is compressed quickly; one that is asked for again is worth
// the time to make it a quarter smaller, which is taken beside the work (`polish`).
const quickBrotli = { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_LGWIN]: 18 }
const smallBrotli = { [constants.BROTLI_PARAM_QUALITY]: 9 }
const compressible =
  /^(text\/|application\/(json|ld\+json|linkset\+json|problem\+json|xml|javascript|octet-stream|vnd)|image\/svg)/

const compress: Record<Encoding, (bytes: Buffer) => Buffer> = {
  br: (bytes) =>
    brotliCompressSync(bytes, {
      params: { ...quickBrotli, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
      chunkSize: Math.max(leastChunk, bytes.length >> 2),
    }),
  gzip: (bytes) => gzipSync(bytes, { level: 6 }),
  identity: (bytes) => bytes,
}

/** Where text becomes bytes before it is compressed, one page after another: memory of its own for each would be let go of at once. */
const scratch = Buffer.allocUnsafeSlow(512 * 1024)
/** A character of a string is at most so many bytes. */
const mostBytesEach = 3

export function makeReady(
  answer: HttpResponse & { body: string | Uint8Array },
  acceptEncoding: string | undefined,
): Ready {
  const plain = bytesOf(answer.body)
  const mayCompress = plain.length >= worthCompressing && compressible.test(answer.headers['content-type'] ?? '')
  const encoding = mayCompress ? negotiateEncoding(acceptEncoding) : 'identity'
  const body = encoding === 'br' && answer.smallest ? answer.smallest() : ofItsOwn(compress[encoding](plain))
  const etag = etagOf(plain, answer.revision, encoding)
  return {
    status: answer.status,
    body,
    etag,
    headers: {
      ...answer.headers,
      ...((answer.status === 200 || (answer.status === 201 && answer.revision !== undefined)) && { etag }),
      ...(answer.changedAt !== undefined && { 'last-modified': new Date(answer.changedAt).toUTCString() }),
      ...(encoding !== 'identity' && { 'content-encoding': encoding }),
      'content-length': body.length,
    },
  }
}

/** Good until the next answer is made ready. */
function bytesOf(body: string | Uint8Array): Buffer {
  if (typeof body !== 'string') return Buffer.from(body)
  return body.length * mostBytesEach <= scratch.length ? scratch.subarray(0, scratch.write(body)) : Buffer.from(body)
}

/** What Node compresses or reads stands in a piece of memory far larger, which whoever keeps the answer would keep too. */
function ofItsOwn(bytes: Buffer): Buffer {
  if (bytes.buffer.byteLength === bytes.length) return bytes
  const own = Buffer.allocUnsafeSlow(bytes.length)
  bytes.copy(own)
  return own
}

/**
 * Weak: the encodings of one page share it. That of a record begins with its revision and is strong (RFC 9110 §8.8.3), as
 * `If-Match` asks, so each encoding has its own.
 */
function etagOf(plain: Buffer, revision: number | undefined, encoding: Encoding): string {
  const digest = hash('sha256', plain, 'base64url').slice(0, 22)
  if (revision === undefined) return `W/"${digest}"`
  return `"${revision}.${digest}${encoding === 'identity' ? '' : `.${encoding}`}"`
}

const tag = /^(?:W\/)?"(\d{1,9})(?:\.[\w.-]*)?"$/

/**
 * The revision that `If-Match` (RFC 9110 §13.1.1) names; undefined where it is absent or `*`. The weak form is taken too:
 * proxies that compress make it of ours.
 * @throws Problem badHeader
 */
export function revisionIn(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined || ifMatch.trim() === '*') return undefined
  const [, revision] = tag.exec(ifMatch.trim()) ?? []
  if (revision === undefined) throw new Problem('badHeader', { header: 'If-Match', example: '"3"' })
  return Number(revision)
}

/** `If-None-Match` (RFC 9110 §13.1.2), compared weakly. */
export const isKnown = (ifNoneMatch: string | undefined, etag: string): boolean =>
  ifNoneMatch !== undefined &&
  (ifNoneMatch.trim() === '*' ||
    ifNoneMatch.split(',').some((one) => one.trim().replace(/^W\//, '') === etag.replace(/^W\//, '')))

/**
 * Whether who asks has this answer already: by its entity tag, or, where none is sent, by `If-Modified-Since`
 * (RFC 9110 §13.1.3), which is passed over where it is no date or what is asked for has none. Dates have seconds alone, so who
 * sends a tag learns more.
 */
export function isUnchanged(
  asked: { 'if-none-match'?: string | undefined; 'if-modified-since'?: string | undefined },
  { etag, headers }: Pick<Ready, 'etag' | 'headers'>,
): boolean {
  if (asked['if-none-match'] !== undefined) return isKnown(asked['if-none-match'], etag)
  const since = Date.parse(asked['if-modified-since'] ?? '')
  return Date.parse(String(headers['last-modified'] ?? '')) <= since
}

const compressSmall = promisify<Buffer, BrotliOptions, Buffer>(brotliCompress)
const decompress = promisify<Buffer, Buffer>(brotliDecompress)

/** The same answer in fewer bytes. */
async function polish(ready: Ready): Promise<Ready> {
  const body = ofItsOwn(await compressSmall(await decompress(ready.body), { params: smallBrotli }))
  return body.length < ready.body.length
    ? { ...ready, body, headers: { ...ready.headers, 'content-length': body.length } }
    : ready
}

/** Answers kept until something changes, bounded by bytes, oldest out first. */
export function responseCache(maxBytes = 32 * 1024 * 1024) {
  const kept = new Map<string, { ready: Ready; polished: boolean }>()
  let bytes = 0
  const sizeOf = (key: string, ready: Ready) => key.length * 2 + ready.body.length + 1_000
  const replace = (key: string, before: Ready, ready: Ready) => {
    const now = kept.get(key)
    // Something may have changed, or pushed it out, meanwhile.
    if (now?.ready !== before) return
    bytes += sizeOf(key, ready) - sizeOf(key, before)
    now.ready = ready
  }
  return {
    get: (key: string): Ready | undefined => {
      const found = kept.get(key)
      if (found && !found.polished) {
        found.polished = true
        const { ready } = found
        // The bytes of a strong entity tag stay as they are.
        if (ready.headers['content-encoding'] === 'br' && ready.etag.startsWith('W/'))
          polish(ready).then(
            (smaller) => replace(key, ready, smaller),
            () => {},
          )
      }
      return found?.ready
    },
    put: (key: string, ready: Ready) => {
      const size = sizeOf(key, ready)
      if (size > maxBytes / 20) return
      const before = kept.get(key)
      if (before) bytes -= sizeOf(key, before.ready)
      kept.delete(key)
      for (const [oldest, one] of kept) {
        if (bytes + size <= maxBytes) break
        kept.delete(oldest)
        bytes -= sizeOf(oldest, one.ready)
      }
      kept.set(key, { ready, polished: false })
      bytes += size
    },
    clear: () => {
      kept.clear()
      bytes = 0
    },
  }
}
export type ResponseCache = ReturnType<typeof responseCache>
