/** A worker thread that is asked and answers. It keeps the process alive only while somebody waits for an answer. */
import { getCompileCacheDir } from 'node:module'
import { parentPort, Worker } from 'node:worker_threads'
import { SearchKeyError } from '../../contract.ts'

/** The thread fell, or was ended, before it answered. */
export class ThreadLostError extends Error {
  override name = 'ThreadLostError'
}

const bootUrl = new URL('./boot.ts', import.meta.url)

/** `given` is text where it is a question of many small values: to copy these one by one takes far longer. */
type Question = { id: number; ask: string; given: unknown[] | string }
type Reply = { id: number; answer?: unknown; error?: { name: string; message: string } }
/** Something told without being asked. */
type Told = { told: unknown }

type Waiting = { resolve: (answer: never) => void; reject: (error: Error) => void }

export type Thread = {
  ask: <Result>(what: string, ...given: unknown[]) => Promise<Result>
  /** The same, with what is given as JSON. */
  askInText: <Result>(what: string, given: string) => Promise<Result>
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
  let queued: Question[] = []
  let next = 1
  let ended = false

  function settle({ id, answer, error }: Reply): void {
    const asked = waiting.get(id)
    waiting.delete(id)
    if (waiting.size === 0) worker.unref()
    if (error) asked?.reject(new (errorTypes[error.name] ?? Error)(error.message))
    else asked?.resolve(answer as never)
  }

  function lose(error: Error): void {
    if (ended) return
    ended = true
    const lost = new ThreadLostError(`A search thread fell: ${error.message}`, { cause: error })
    for (const { reject } of waiting.values()) reject(lost)
    waiting.clear()
    fallen(lost)
  }

  /** What one page asks at once goes in one message: to wake the other thread costs more than what is said. */
  function sendQueued(): void {
    const questions = queued
    queued = []
    if (!ended) worker.postMessage(questions)
  }

  const post = <Result>(what: string, given: unknown[] | string): Promise<Result> =>
    new Promise((resolve, reject) => {
      if (ended) return reject(new ThreadLostError('The search thread has ended'))
      const id = next++
      waiting.set(id, { resolve, reject })
      worker.ref()
      if (queued.push({ id, ask: what, given }) === 1) setImmediate(sendQueued)
    })

  worker.on('message', (message: Reply[] | Told) => ('told' in message ? hear(message.told) : message.forEach(settle)))
  worker.on('error', (error: Error) => lose(error))
  worker.on('exit', (code) => lose(new Error(`it ended with ${code}`)))
  // Listening would keep the process alive.
  worker.unref()

  return {
    ask: (what, ...given) => post(what, given),
    askInText: (what, given) => post(what, given),
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

/** The other end: answers what is asked, one after another as it comes; what is answered at once goes in one message. */
export function respondWith(
  answers: Record<string, (...given: never[]) => unknown>,
  hear: (told: never) => void = () => {},
): void {
  const port = parentPort!
  let replies: Reply[] = []
  const sendReplies = () => {
    port.postMessage(replies)
    replies = []
  }
  const reply = (message: Reply) => {
    if (replies.push(message) === 1) queueMicrotask(sendReplies)
  }
  async function answer({ id, ask, given }: Question): Promise<void> {
    try {
      const values = typeof given === 'string' ? (JSON.parse(given) as never[]) : (given as never[])
      reply({ id, answer: await answers[ask]!(...values) })
    } catch (error) {
      const { name, message: text } = error instanceof Error ? error : new Error(String(error))
      reply({ id, error: { name, message: text } })
    }
  }
  port.on('message', (message: Question[] | Told) => {
    if ('told' in message) return hear(message.told as never)
    for (const question of message) void answer(question)
  })
}

/** To the thread that started this one. */
export const tellParent = (told: unknown): void => parentPort!.postMessage({ told } satisfies Told)
