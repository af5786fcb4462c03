/** Asking servers of others politely: what they ask of programs is read first, and whoever asks says who it is. */
import { setTimeout as wait } from 'node:timers/promises'
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'
import type { Environment } from '#kernel/context.ts'
import { Problem } from '#kernel/problem.ts'
import { fromFolder, isInFolder } from './folder.ts'
import { delayFor, isAllowed, rulesFor, type Rules } from '#codecs/robots/robots.ts'

export const agentName = 'Qingdao'
export const limits = { bytes: 20 * 1024 * 1024, timeMs: 60_000, redirects: 5 }
const rulesLimits = { bytes: 512 * 1024, timeMs: 20_000, redirects: 5 }
const mostSitemaps = 20
/** A site that asks for a longer pause between two requests (Crawl-delay) gets this one. */
const longestPauseMs = 30_000
const usualRetryMs = 60_000
const longestRetryMs = 60 * 60_000

/** `etag` and `modified` are what the server wants to hear when it is asked again (RFC 9110 §13). */
export type Answered = { bytes: Uint8Array; contentType: string; etag?: string; modified?: string }
/** `later`: the server asks to be left alone for so long. `gone`: it says that nothing is there (404, 410). */
export type Outcome = { answered: Answered } | { laterMs: number } | { unchanged: true } | { gone: number }

export type Client = {
  ask: (url: string, known?: { etag?: string | null; modified?: string | null }) => Promise<Outcome>
  /** Sitemaps that the site names in its robots.txt (https://www.sitemaps.org/protocol.html). */
  sitemapsOf: (url: string) => Promise<string[]>
}

/** What came, where nothing but a document will do. @throws Problem fetchFailed */
export function answeredIn(outcome: Outcome, url: string): Answered {
  if ('answered' in outcome) return outcome.answered
  const status = 'gone' in outcome ? outcome.gone : 'unchanged' in outcome ? 304 : 503
  throw new Problem('fetchFailed', { url, reason: `HTTP ${status}` })
}

/**
 * `contact` stands in the name that we go by. `pauseMs` is waited for between two requests, or longer where the site asks for it, up
 * to `mostPauseMs`. `folder`: files below it are read, where the source is one of them.
 * @throws Problem addressRefused, fetchFailed, tooLarge, robotsRefuse
 */
export function clientOf(
  { fetch: reach, now }: Pick<Environment, 'fetch' | 'now'>,
  contact: string,
  pauseMs: number,
  { mostPauseMs = longestPauseMs, folder }: { mostPauseMs?: number; folder?: string | undefined } = {},
): Client {
  const agent = `${agentName}/1 (+${contact})`
  const rules = new Map<string, Rules | 'all' | 'none'>()
  const sitemaps = new Map<string, string[]>()
  const pauses = new Map<string, number>()
  let last = 0
  const politely = async (origin: string) => {
    const due = last + Math.max(pauseMs, pauses.get(origin) ?? 0) - performance.now()
    if (last > 0 && due > 0) await wait(due)
    last = performance.now()
  }

  async function rulesOf(origin: string): Promise<Rules | 'all' | 'none'> {
    const known = rules.get(origin)
    if (known) return known
    await politely(origin)
    const { status, body } = await reach(`${origin}/robots.txt`, rulesLimits, { headers: { 'user-agent': agent } })
    // RFC 9309 §2.3.1.3 and §2.3.1.4: what is not there forbids nothing, a server that fails forbids all.
    const text = status >= 200 && status < 300 ? new TextDecoder().decode(body) : undefined
    const named = [...(text ?? '').matchAll(/^\s*sitemap\s*:\s*(\S+)/gim)].flatMap(
      ([, url = '']) => URL.parse(url)?.href ?? [],
    )
    sitemaps.set(origin, named.slice(0, mostSitemaps))
    pauses.set(origin, Math.min((delayFor(text ?? '', agentName) ?? 0) * 1_000, mostPauseMs))
    const found = text !== undefined ? rulesFor(text, agentName) : status >= 500 ? 'none' : 'all'
    rules.set(origin, found)
    return found
  }

  return {
    sitemapsOf: async (url) => {
      const { origin } = new URL(url)
      await rulesOf(origin)
      return sitemaps.get(origin) ?? []
    },
    ask: async (url, { etag, modified } = {}) => {
      if (isInFolder(url)) {
        // What somebody else's server lists must not lead to files of this one.
        if (folder === undefined) throw new Problem('addressRefused', { url })
        return fromFolder(folder, url, etag)
      }
      const { origin, pathname, search } = new URL(url)
      const said = await rulesOf(origin)
      if (said === 'none' || (said !== 'all' && !isAllowed(said, `${pathname}${search}`)))
        throw new Problem('robotsRefuse', { url: origin })
      await politely(origin)
      const {
        status,
        headers: told,
        body,
      } = await reach(url, limits, {
        headers: {
          'user-agent': agent,
          ...(etag && { 'if-none-match': etag }),
          ...(modified && { 'if-modified-since': modified }),
        },
      })
      if (status === 304) return { unchanged: true }
      if (status === 503 || status === 429) return { laterMs: laterMs(told['retry-after'], now()) }
      if (status === 404 || status === 410) return { gone: status }
      if (status !== 200) throw new Problem('fetchFailed', { url, reason: `HTTP ${status}` })
      return {
        answered: {
          bytes: unpackedFile(unpacked(body, told['content-encoding'] ?? '')),
          contentType: told['content-type'] ?? '',
          ...(told['etag'] && { etag: told['etag'].slice(0, 300) }),
          ...(told['last-modified'] && { modified: told['last-modified'].slice(0, 100) }),
        },
      }
    },
  }
}

/** Seconds or a date (RFC 9110 §10.2.3). */
function laterMs(retryAfter: string | undefined, now: Date): number {
  const said = /^\d+$/.test(retryAfter ?? '')
    ? Number(retryAfter) * 1_000
    : Date.parse(retryAfter ?? '') - now.getTime()
  return Number.isNaN(said) ? usualRetryMs : Math.min(Math.max(said, 0), longestRetryMs)
}

/** Some servers compress though nobody asked them to; what grows beyond the limit is not unpacked. */
function unpacked(body: Uint8Array, encoding: string): Uint8Array {
  const unpack = { gzip: gunzipSync, 'x-gzip': gunzipSync, deflate: inflateSync, br: brotliDecompressSync }[
    encoding.trim().toLowerCase()
  ]
  if (!unpack) return body
  try {
    return unpack(body, { maxOutputLength: limits.bytes })
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw new Problem('tooLarge', { limit: limits.bytes }, { cause })
    throw new Problem('fetchFailed', { url: '', reason: `content-encoding ${encoding.slice(0, 40)}` }, { cause })
  }
}

/** A file that is compressed itself, such as `sitemap.xml.gz`: by its first bytes (RFC 1952 §2.3.1), since servers call it anything. */
const unpackedFile = (bytes: Uint8Array): Uint8Array =>
  bytes[0] === 0x1f && bytes[1] === 0x8b ? unpacked(bytes, 'gzip') : bytes
