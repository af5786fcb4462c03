/** The only way out of the node: addresses of private networks are refused, bytes and time are bounded. */
import { lookup as resolve } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Problem } from './problem.ts'

export type Fetched = {
  status: number
  headers: Record<string, string>
  body: Uint8Array
  url: string
  /** Where redirects that are meant for good led (RFC 9110 §15.4.2, §15.4.9), up to the first that is not. */
  movedTo?: string
}
export type OutboundLimits = { bytes: number; timeMs: number; redirects: number }
/** What is sent beside the address; a redirect is followed without it. */
export type Sent = {
  method?: 'GET' | 'POST' | 'HEAD'
  headers?: Record<string, string>
  body?: string
  /** Only status and headers are wanted, of redirects too: the body is not waited for. */
  withoutBody?: true
  /** Where the body of an answer 200 goes as it comes, whatever its length up to the limit, instead of into memory. */
  into?: Writable
  /** The operator named this very host in the settings, so it may be one of their own network. */
  mayBePrivate?: boolean
}
export type Outbound = (url: string, limits?: Partial<OutboundLimits>, sent?: Sent) => Promise<Fetched>

const usual: OutboundLimits = { bytes: 20 * 1024 * 1024, timeMs: 30_000, redirects: 5 }

// Two lists: in one, an IPv4 address would be judged by the IPv6 rules as well, in its mapped form.
const forbidden = { 4: new BlockList(), 6: new BlockList() }
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  forbidden[4].addSubnet(net, bits, 'ipv4')
// Only global unicast (2000::/3) is open; within it, documentation, 6to4 and Teredo lead elsewhere.
for (const [net, bits] of [
  ['::', 3],
  ['4000::', 2],
  ['8000::', 1],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['2001::', 32],
] as const)
  forbidden[6].addSubnet(net, bits, 'ipv6')

export const isForbiddenAddress = (address: string): boolean => {
  const family = isIP(address)
  if (family === 4) return forbidden[4].check(address, 'ipv4')
  return family !== 6 || forbidden[6].check(address, 'ipv6')
}

type Resolve = (host: string) => Promise<{ address: string; family: number }[]>
const resolveAll: Resolve = (host) => resolve(host, { all: true })

/** @throws Problem addressRefused, fetchFailed, tooLarge */
export const outbound =
  (resolveHost: Resolve = resolveAll, refuses: (address: string) => boolean = isForbiddenAddress): Outbound =>
  async (url, limits = {}, sent = {}) => {
    const budget = { ...usual, ...limits }
    const signal = AbortSignal.timeout(budget.timeMs)
    let address = url
    let movedTo: string | undefined
    let isForGood = true
    for (let hops = 0; hops <= budget.redirects; hops++) {
      const isFirst = hops === 0
      const isRefused = isFirst && sent.mayBePrivate ? () => false : refuses
      const answer = await once(
        address,
        budget.bytes,
        signal,
        resolveHost,
        isRefused,
        isFirst ? sent : redirected(sent),
      )
      const location = answer.headers.location
      if (![301, 302, 303, 307, 308].includes(answer.status) || !location)
        return { ...answer, ...(movedTo !== undefined && { movedTo }) }
      const next = URL.parse(location, address)
      if (!next) throw new Problem('fetchFailed', { url: address, reason: 'redirects' })
      address = next.href
      isForGood &&= answer.status === 301 || answer.status === 308
      if (isForGood) movedTo = address
    }
    throw new Problem('fetchFailed', { url, reason: 'redirects' })
  }

/** What was sent to one node is not for another: no headers but who asks, no body. */
const redirected = ({ method, withoutBody, headers, into }: Sent): Sent => ({
  ...(method === 'HEAD' && { method }),
  ...(headers?.['user-agent'] && { headers: { 'user-agent': headers['user-agent'] } }),
  ...(into && { into }),
  ...(withoutBody && { withoutBody }),
})

async function once(
  address: string,
  bytes: number,
  signal: AbortSignal,
  resolveHost: Resolve,
  refuses: (address: string) => boolean,
  { method = 'GET', headers = {}, body, withoutBody, into }: Sent,
): Promise<Fetched> {
  const url = URL.parse(address)
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.username || url.password)
    throw new Problem('addressRefused', { url: address })
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const found = isIP(host) ? [{ address: host, family: isIP(host) }] : await resolveHost(host).catch(() => [])
  if (found.length === 0) throw new Problem('fetchFailed', { url: address, reason: 'unknown host' })
  if (found.some((one) => refuses(one.address))) throw new Problem('addressRefused', { url: address })
  // The checked address is the one connected to: a second look-up could answer differently.
  const lookup = (_: string, options: { all?: boolean }, done: (error: null, ...answer: unknown[]) => void) =>
    options.all ? done(null, found) : done(null, found[0]!.address, found[0]!.family)
  const send = url.protocol === 'https:' ? requestHttps : requestHttp
  return new Promise<Fetched>((resolveFetch, fail) => {
    into?.on('error', fail)
    const request = send(
      url,
      {
        method,
        lookup: lookup as never,
        signal,
        headers: { 'user-agent': 'Qingdao', ...headers, 'accept-encoding': 'identity' },
      },
      (answer) => {
        const status = answer.statusCode ?? 0
        if (withoutBody) {
          resolveFetch({ status, headers: flat(answer.headers), body: new Uint8Array(), url: address })
          answer.on('error', () => {})
          request.destroy()
          return
        }
        const chunks: Uint8Array[] = []
        let size = 0
        answer.on('error', fail)
        const limited = (chunk: Uint8Array) => {
          size += chunk.length
          if (size > bytes) throw new Problem('tooLarge', { limit: bytes })
          return chunk
        }
        const done = () =>
          resolveFetch({ status, headers: flat(answer.headers), body: Buffer.concat(chunks), url: address })
        if (into && status === 200) {
          const counted = async function* (pieces: AsyncIterable<Uint8Array>) {
            for await (const piece of pieces) yield limited(piece)
          }
          // eslint-disable-next-line promise/no-callback-in-promise -- the promise of the stream settles that of the request
          pipeline(answer, counted, into).then(done, fail)
          return
        }
        answer.on('data', (chunk: Uint8Array) => {
          try {
            chunks.push(limited(chunk))
          } catch (error) {
            request.destroy(error as Error)
          }
        })
        answer.on('end', done)
      },
    )
    request.on('error', fail)
    request.end(body)
  }).catch((cause: unknown) => {
    throw cause instanceof Problem
      ? cause
      : new Problem('fetchFailed', { url: address, reason: String(cause) }, { cause })
  })
}

const flat = (headers: Record<string, string | string[] | undefined>) =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  )
