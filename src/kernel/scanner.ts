/** Asks ClamAV of the operator whether a file is known to do harm: `INSTREAM` of the protocol of its daemon (clamd(8)). */
import { connect, type Socket } from 'node:net'
import { badSetting } from './config.ts'
import { Problem } from './problem.ts'

export type Scanner = {
  /** @throws Problem harmfulFile where it is known to do harm, scannerFailed where the daemon gives no answer. */
  expectHarmless: (bytes: Uint8Array) => Promise<void>
  /** What the daemon says of itself. @throws Problem scannerFailed */
  version: () => Promise<string>
}

const withinMs = 60_000
const usualPort = 3310
const longestAnswer = 10_000

/**
 * `clamd://host:port` or `unix:/path/of/the.socket`; none when empty.
 * `failed` hears of each time it gave no answer: people are told, and operators should be.
 * @throws Problem badSetting for anything else
 */
export function scannerAt(address: string, failed: (problem: Problem) => void = () => {}): Scanner | undefined {
  if (address === '') return undefined
  const url = URL.parse(address)
  const place =
    url?.protocol === 'clamd:' && url.hostname
      ? { host: url.hostname.replaceAll(/^\[|\]$/g, ''), port: Number(url.port || usualPort) }
      : url?.protocol === 'unix:' && url.pathname.startsWith('/')
        ? { path: decodeURIComponent(url.pathname) }
        : undefined
  if (!place) throw badSetting('scanner', address)

  const ask = async (send: (socket: Socket) => void): Promise<string> => {
    try {
      return await answerOf(connect(place), send)
    } catch (cause) {
      throw failure(String(cause), cause)
    }
  }
  const failure = (reason: string, cause?: unknown): Problem => {
    const problem = new Problem('scannerFailed', { address, reason: reason.slice(0, 200) }, { cause })
    failed(problem)
    return problem
  }

  return {
    expectHarmless: async (bytes) => {
      const answer = await ask((socket) => {
        const length = Buffer.alloc(4)
        length.writeUInt32BE(bytes.length)
        socket.write('zINSTREAM\0')
        if (bytes.length > 0) socket.write(Buffer.concat([length, bytes]))
        socket.write(Buffer.alloc(4))
      })
      const found = /^stream: (.+) FOUND$/.exec(answer)?.[1]
      if (found) throw new Problem('harmfulFile', { name: found.slice(0, 200) })
      // Too large for its settings, out of memory, not what was asked: never taken for a yes.
      if (answer !== 'stream: OK') throw failure(answer)
    },
    version: () => ask((socket) => socket.write('zVERSION\0')),
  }
}

/** Until the zero that ends an answer, or the daemon hangs up. */
function answerOf(socket: Socket, send: (socket: Socket) => void): Promise<string> {
  return new Promise<string>((resolve, reject) => {
    let heard = ''
    const end = () => {
      const at = heard.indexOf('\0')
      if (at < 0 && !socket.destroyed && heard.length <= longestAnswer) return
      socket.destroy()
      if (heard === '') reject(new Error('no answer'))
      else resolve(heard.slice(0, at < 0 ? undefined : at).trim())
    }
    socket.setEncoding('utf8').setTimeout(withinMs, () => socket.destroy(new Error('no answer in time')))
    socket.on('data', (text: string) => {
      heard += text
      end()
    })
    // It hangs up in the middle of what is too large for it, after having said so.
    socket.once('error', (error) => (heard === '' ? reject(error) : end()))
    socket.once('close', end)
    socket.once('connect', () => send(socket))
  })
}
