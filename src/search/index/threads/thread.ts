/** A worker thread that is asked and answers. It keeps the process alive only while somebody waits for an answer. */
import { getCompileCacheDir } from 'node:module'
import { parentPort, Worker } from 'node:worker_threads'
import { SearchKeyError } from '../../contract.ts'

/** The thread fell, or was ended, before it answered. */
export class ThreadLostError extends Error {
  override name = 'ThreadLostError'
}

const bootUrl = new URL('./boot.ts', import.meta.url)

type Question = { id: number; ask: string; given: unknown[] }
type Reply = { id: number; answer?: unknown; error?: { name: string; message: string } }
/** Something told without being asked. */
type Told = { told: unknown }

type Waiting = { resolve: (answer: never) => void; reject: (error: Error) => void }

export type Thread = {
  ask: <Answer>(what: string, ...given: unknown[]) => Promise<Answer>
  /** Taken in before whatever is asked afterwards. */
  tell: (told: unknown) => void
  readonly waiting: number
  end: () => Promise<void>
}

const errorTypes: Record<string, new (message: string) => Error> = { SearchKeyError, RangeError }

export type ThreadOptions = {
  url: URL
  /** What the thread finds in its `workerData`. */
  data?: object
  hear?: (told: unknown) => void
  /** Called once if the thread falls by itself; what waited for it has been refused. */
  fallen: (error: Error) => void
}

export function startThread({ url, data, hear = () => {}, fallen }: ThreadOptions): Thread {
  const workerData = { ...data, code: url.href, cacheFolder: getCompileCacheDir() }
  const worker = new Worker(bootUrl, { workerData, execArgv: [] })
  const waiting = new Map<number, Waiting>()
  let next = 1
  let ended = false

  function settle({ id, answer, error }: Reply): void {
    const request = waiting.get(id)
    waiting.delete(id)
    if (waiting.size === 0) worker.unref()
    if (error) request?.reject(new (errorTypes[error.name] ?? Error)(error.message))
    else request?.resolve(answer as never)
  }

  function lose(error: Error): void {
    if (ended) return
    ended = true
    const lost = new ThreadLostError(`A search thread fell: ${error.message}`, { cause: error })
    for (const { reject } of waiting.values()) reject(lost)
    waiting.clear()
    fallen(lost)
  }

  worker.on('message', (message: Reply | Told) => ('told' in message ? hear(message.told) : settle(message)))
  worker.on('error', (error: Error) => lose(error))
  worker.on('exit', (code) => lose(new Error(`it ended with ${code}`)))
  // Listening would keep the process alive.
  worker.unref()

  return {
    ask: (what, ...given) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(new ThreadLostError('The search thread has ended'))
        const id = next++
        waiting.set(id, { resolve, reject })
        worker.ref()
        worker.postMessage({ id, ask: what, given } satisfies Question)
      }),
    tell: (told) => {
      if (!ended) worker.postMessage({ told } satisfies Told)
    },
    get waiting() {
      return waiting.size
    },
    async end() {
      ended = true
      for (const { reject } of waiting.values()) reject(new ThreadLostError('The search index is closed'))
      waiting.clear()
      await worker.terminate()
    },
  }
}

/** The other end: answers what is asked, one after another as it comes. */
export function respondWith(
  answers: Record<string, (...given: never[]) => unknown>,
  hear: (told: never) => void = () => {},
): void {
  const port = parentPort!
  const reply = (message: Reply) => port.postMessage(message)
  port.on('message', async (message: Question | Told) => {
    if ('told' in message) return hear(message.told as never)
    const { id, ask, given } = message
    try {
      reply({ id, answer: await answers[ask]!(...(given as never[])) })
    } catch (error) {
      const { name, message: text } = error instanceof Error ? error : new Error(String(error))
      reply({ id, error: { name, message: text } })
    }
  })
}

/** To whoever started this thread. */
export const tellParent = (told: unknown): void => parentPort!.postMessage({ told } satisfies Told)
