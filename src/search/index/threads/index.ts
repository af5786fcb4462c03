/**
 * The index of the node in threads: one changes it, others answer, over the same shared memory. This thread holds it
 * too: so one that falls can be put up again with nothing lost, and small questions are answered without passing them on.
 */
import type { ParsedQuery, SearchDocument, SearchIndex, SearchRequest } from '../../contract.ts'
import { postingsToRead } from '../cost.ts'
import { readingOf } from '../index-reader.ts'
import type { IndexWriterOptions } from '../index-writer.ts'
import { memoryOf } from '../memory.ts'
import { changeFor, emptyView, stateOf, takeChange, toldNothing, type ViewChange } from './shared-view.ts'
import { startThread, ThreadLostError, type Thread } from './thread.ts'

export type ThreadedOptions = IndexWriterOptions & {
  /** How many threads answer. */
  readers: number
  /** A question that reads no more postings than this is answered by the thread that asks. */
  readHere?: number
  /** Hears of threads that fell. They have been put up again. */
  report?: (error: Error) => void
  /** Where the code of the threads lies, if elsewhere. */
  urls?: typeof usualUrls
}

const usualUrls = { writer: new URL('./writer.ts', import.meta.url), reader: new URL('./reader.ts', import.meta.url) }
/** After so many falls there is a fault that starting again at once does not mend. */
const fallsAtOnce = 20
const pauseMs = 1_000

/** `open` fills an empty index from a folder, if there is something in it that can be read. */
export type ThreadedIndex = SearchIndex & { open: (folder: string) => Promise<void> }

/** To pass a question on and its answer back takes as long as to read so many postings. */
const usuallyReadHere = 10_000

/** What is like a document of so many characters is found here: it takes less than a millisecond. */
const comparedHere = 5_000

const lengthOf = ({ texts }: SearchDocument) => texts.reduce((sum, { text }) => sum + text.length, 0)

const inText = new WeakMap<ParsedQuery, string>()

/** A page asks the same query with several filters, and the next page asks it again: it is written once. */
function requestInText({ query, ...rest }: SearchRequest): string {
  let text = inText.get(query)
  if (text === undefined) inText.set(query, (text = JSON.stringify(query)))
  return `[{"query":${text},${JSON.stringify(rest).slice(1)}]`
}

/** The threads begin to load at once: the sooner this is called, the less is waited for them. */
export function createThreadedIndex({
  readers: count,
  readHere = usuallyReadHere,
  report = () => {},
  urls = usualUrls,
  ...options
}: ThreadedOptions): ThreadedIndex {
  const view = emptyView()
  const reading = readingOf(view)
  let damaged: string[] = []
  let closed = false
  let falls = 0
  /** The places of readers that have fallen and are not up again. */
  const down = new Set<number>()
  let saving: Promise<void> = Promise.resolve()
  const readers: Thread[] = []
  let writer = startWriter()
  for (let place = 0; place < count; place++) readers.push(startReader(place))

  function publish(change: ViewChange): void {
    takeChange(view, change)
    for (const reader of readers) reader.tell(change)
  }

  const whole = (): ViewChange => changeFor(toldNothing(), { ...view, entries: view.table.entries })

  function startReader(place: number): Thread {
    const reader = startThread({
      url: urls.reader,
      fallen: (error) => {
        down.add(place)
        again(error, () => {
          readers[place] = startReader(place)
          down.delete(place)
        })
      },
    })
    if (view.parts.length > 0) reader.tell(whole())
    return reader
  }

  function startWriter(): Thread {
    const hear = (change: unknown) => publish(change as ViewChange)
    return startThread({ url: urls.writer, data: { options }, hear, fallen: (error) => again(error, restartWriter) })
  }

  function restartWriter(): void {
    writer = startWriter()
    // Should it fall while it takes this in, it is put up once more.
    void writer.ask('hold', stateOf(view)).catch(() => {})
  }

  function again(error: Error, start: () => void): void {
    if (closed) return
    report(error)
    // What falls again and again would else be put up as fast as it falls.
    if (++falls < fallsAtOnce) start()
    else setTimeout(() => !closed && start(), pauseMs).unref()
  }

  /** The thread with the least to do is asked; if it falls meanwhile, another is, once. */
  async function ask<Result>(what: string, given: string): Promise<Result> {
    const reader = () => {
      const standing = readers.filter((_, place) => !down.has(place))
      if (standing.length === 0) throw new ThreadLostError('No search thread stands')
      return standing.reduce((least, one) => (one.waiting < least.waiting ? one : least))
    }
    try {
      return await reader().askInText<Result>(what, given)
    } catch (error) {
      if (closed || !(error instanceof ThreadLostError)) throw error
      return reader().askInText<Result>(what, given)
    }
  }

  return {
    get seq() {
      return view.seq
    },
    // What it changed has been told to the readers when it answers.
    apply: (...given) => writer.ask('apply', ...given),
    search: async (asked) =>
      !closed && postingsToRead(asked, view.parts) <= readHere
        ? reading.search(asked)
        : ask('search', requestInText(asked)),
    complete: (...given) => ask('complete', JSON.stringify(given)),
    explain: (...given) => ask('explain', JSON.stringify(given)),
    similar: async (...given) =>
      !closed && lengthOf(given[0]) <= comparedHere ? reading.similar(...given) : ask('similar', JSON.stringify(given)),
    save(folder) {
      const saved = writer.ask<void>('save', folder)
      saving = saved.catch(() => {})
      return saved
    },
    memory: () => memoryOf(view.parts, view.directoryBytes, { threads: 1 + readers.length, damaged }),
    async open(folder) {
      ;({ damaged } = await writer.ask<{ damaged: string[] }>('open', folder))
    },
    async close() {
      await saving
      closed = true
      await Promise.all([writer, ...readers].map((thread) => thread.end()))
    },
  }
}
