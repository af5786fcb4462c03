/**
 * Load on a server of this machine: connections that stay open, one request at a time on each, written to the
 * socket as it is. It spends less of the shared cores than a full HTTP client, and can ask each address just once.
 */
import { connect } from 'node:net'
import { performance } from 'node:perf_hooks'
import { spreadOf } from './measure.ts'

export type Load = {
  port: number
  addresses: readonly string[]
  connections?: number
  /** Round and round for so long; each address once when absent. */
  forMs?: number
}
export type Loaded = { count: number; perSecond: number; p50: number; p99: number; failed: number; seconds: number }

const usualConnections = 32
const answerMs = 30_000
const mostRequests = 1_000_000

export const headersAsked = { accept: 'text/html', 'accept-language': 'en', 'accept-encoding': 'br' }

const requestOf = (address: string, port: number) =>
  Buffer.from(
    `GET ${address} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n${Object.entries(headersAsked)
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('')}\r\n`,
  )

export async function load({ port, addresses, connections = usualConnections, forMs }: Load): Promise<Loaded> {
  const requests = addresses.map((address) => requestOf(address, port))
  const times: number[] = []
  let asked = 0
  let failed = 0
  const began = performance.now()
  const next = (): Buffer | undefined => {
    if (asked >= mostRequests) return undefined
    if (forMs === undefined) return requests[asked++]
    return performance.now() - began < forMs ? requests[asked++ % requests.length] : undefined
  }
  const answered = (ms: number, status: number) => {
    times.push(ms)
    if (status !== 200) failed++
  }
  await Promise.all(Array.from({ length: connections }, () => visit(port, next, answered)))
  const seconds = (performance.now() - began) / 1000
  const sorted = Float64Array.from(times).sort()
  return {
    count: times.length,
    perSecond: times.length / seconds,
    p50: spreadOf(times).median,
    p99: sorted[Math.floor(sorted.length * 0.99)] ?? 0,
    failed,
    seconds,
  }
}

/** One connection, until there is nothing more to ask. */
function visit(port: number, next: () => Buffer | undefined, answered: (ms: number, status: number) => void) {
  return new Promise<void>((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    let head: Buffer = Buffer.alloc(0)
    let missing = -1
    let status = 0
    let askedAt = 0
    const ask = () => {
      const request = next()
      if (!request) return void socket.end(resolve)
      missing = -1
      askedAt = performance.now()
      socket.write(request)
    }
    const take = (chunk: Buffer) => {
      if (missing >= 0) {
        missing -= chunk.length
        return
      }
      head = head.length ? Buffer.concat([head, chunk]) : chunk
      const end = head.indexOf('\r\n\r\n')
      if (end < 0) return
      const words = head.toString('latin1', 0, end)
      const length = /\ncontent-length: *(\d+)/i.exec(words)?.[1]
      if (length === undefined) return void socket.destroy(new Error(`an answer without a length: ${words}`))
      status = Number(words.slice(9, 12))
      missing = Number(length) - (head.length - end - 4)
      head = Buffer.alloc(0)
    }
    socket.setTimeout(answerMs, () => socket.destroy(new Error('no answer in time')))
    socket.on('connect', ask)
    socket.on('error', reject)
    socket.on('data', (chunk) => {
      take(chunk)
      if (missing !== 0) return
      answered(performance.now() - askedAt, status)
      ask()
    })
  })
}
