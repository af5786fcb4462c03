/** How long a body may take to arrive (OWASP ASVS 5.0, 15.2.2): a line that is held open is one that others lack. */
import type { IncomingMessage } from 'node:http'

export type Patience = { wholeMs: number; silentMs: number }

/** Nobody types longer than this sends; files of those who are signed in get more (`extendBodyTime`). */
const usual: Patience = { wholeMs: 30_000, silentMs: 30_000 }
/** How long what was answered without its body may still come, so that browsers see the answer and not a broken line. */
const lingerMs = 5_000

const extended = new WeakMap<IncomingMessage, (patience: Patience) => () => void>()

/** Breaks the line off when a body takes too long, or is not wanted any more. */
export function limitBodyTime(
  request: IncomingMessage,
  answered: { once: (event: 'finish', then: () => void) => unknown },
): void {
  if (request.headers['content-length'] === undefined && request.headers['transfer-encoding'] === undefined) return
  const end = () => request.socket.destroy()
  let whole = setTimeout(end, usual.wholeMs).unref()
  let silent: NodeJS.Timeout | undefined
  const stop = () => {
    clearTimeout(whole)
    clearTimeout(silent)
  }
  for (const event of ['end', 'close']) request.once(event, stop)
  answered.once('finish', () => {
    if (request.readableEnded) return
    stop()
    whole = setTimeout(end, lingerMs).unref()
    request.resume()
  })
  extended.set(request, ({ wholeMs, silentMs }) => {
    clearTimeout(whole)
    whole = setTimeout(end, wholeMs).unref()
    silent = setTimeout(end, silentMs).unref()
    return () => void silent?.refresh()
  })
}

/** Files may take their time, as long as something comes: call what this answers whenever it does. */
export const extendBodyTime = (request: IncomingMessage, patience: Patience): (() => void) =>
  extended.get(request)?.(patience) ?? (() => {})
