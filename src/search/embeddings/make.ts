/** Makes the vectors of records: follows the journal, and can begin again from nothing. */
import type { Environment } from '#kernel/context.ts'
import type { Database } from '#kernel/database/database.ts'
import { journalAfter, journalHead } from '#kernel/journal.ts'
import { Problem } from '#kernel/problem.ts'
import type { Kind } from '#records/kind.ts'
import { records } from '#records/store.ts'
import { embedder, isRefusal, type Embed, type Embeddings } from './service.ts'
import { embeddings, type Vector } from './store.ts'
import { digestOf, textOf } from './embedded-text.ts'

const linesAtOnce = 160
/** An answer of so many is read within a few milliseconds, and no page waits longer. */
export const textsAtOnce = 8
const timeMs = 60_000

type VectorRuntime = {
  database: Database
  environment: Pick<Environment, 'now' | 'fetch'>
  kinds: ReadonlyMap<string, Kind>
}
export type Pace = { until?: Date; tell?: (done: number, of: number) => void }
type Wanted = { number: number; text: string; digest: string }

export const beginAnew = ({ database }: Pick<VectorRuntime, 'database'>, { model }: Embeddings): Promise<void> =>
  database.write((tx) => embeddings(tx).beginAnew(model))

/** Answers how many vectors were made. @throws Problem where the service does not answer as it should */
export async function makeVectors(
  app: VectorRuntime,
  service: Embeddings,
  { until, tell }: Pace = {},
): Promise<number> {
  const { database, environment } = app
  const embed = embedder(service, environment.fetch)
  const before = await embeddings(database.read).state()
  if (before.model !== service.model) await beginAnew(app, service)
  const head = await journalHead(database.read)
  let made = 0
  for (;;) {
    const { seq, dimensions } = await embeddings(database.read).state()
    const lines = await journalAfter(database.read, seq, linesAtOnce)
    if (lines.length === 0 || (until && environment.now() > until)) return made
    const { wanted, gone } = await changesOf(app, [...new Set(lines.map(({ recordNumber }) => recordNumber))])
    for (let from = 0; from < wanted.length; from += textsAtOnce) {
      const some = wanted.slice(from, from + textsAtOnce)
      const vectors = expectLength(service, await vectorsFor(embed, some), dimensions)
      await database.write((tx) => embeddings(tx).put(service.model, vectors))
      made += vectors.length
    }
    const place = lines.at(-1)!.seq
    await database.write(async (tx) => {
      await embeddings(tx).drop(gone)
      await embeddings(tx).movePlace(seq, place)
    })
    tell?.(place, Math.max(head, place))
  }
}

const leastProminence = 0.4

/** A term of a thesaurus is no answer, though its few words would make it near to many questions. */
const answersQuestions = ({ isAid, prominence = 1 }: Kind): boolean => !isAid && prominence >= leastProminence

/** The texts of these records that have no vector yet, and the records that need none. */
async function changesOf(
  { database, kinds }: VectorRuntime,
  numbers: number[],
): Promise<{ wanted: Wanted[]; gone: number[] }> {
  const shown = (await records(database.read).byNumbers(numbers)).filter(({ status, kind }) => {
    const known = kinds.get(kind)
    return status === 'published' && known !== undefined && answersQuestions(known)
  })
  const digests = await embeddings(database.read).digests(numbers)
  const texts = shown.map(({ number, body }) => ({ number, text: textOf(body) }))
  const all = texts.map((one) => ({ ...one, digest: digestOf(one.text) }))
  const kept = new Set(shown.map(({ number }) => number))
  return {
    wanted: all.filter(({ number, digest }) => digests.get(number) !== digest),
    gone: numbers.filter((number) => !kept.has(number)),
  }
}

const withVectors = (wanted: readonly Wanted[], vectors: readonly Float32Array[]): Vector[] =>
  wanted.map(({ number, digest }, at) => ({ number, digest, vector: vectors[at]! }))

/** Where the service refuses some, each is asked for alone, and what it refuses then stays without one. */
async function vectorsFor(embed: Embed, wanted: readonly Wanted[]): Promise<Vector[]> {
  const asked = wanted.map(({ text }) => text)
  try {
    return withVectors(wanted, await embed(asked, timeMs))
  } catch (error) {
    if (!isRefusal(error)) throw error
  }
  // Where it refuses this too, no text is to blame.
  await embed(['school'], timeMs)
  const alone = asked.map((text) => () => vectorUnlessRefused(embed, text))
  const vectors: Float32Array[] = []
  for (const ask of alone) vectors.push(await ask())
  return withVectors(wanted, vectors)
}

async function vectorUnlessRefused(embed: Embed, text: string): Promise<Float32Array> {
  try {
    return (await embed([text], timeMs))[0]!
  } catch (error) {
    if (isRefusal(error)) return new Float32Array()
    throw error
  }
}

/** Vectors of two lengths cannot be compared: the model changed, though its name did not. */
function expectLength({ url }: Embeddings, vectors: Vector[], dimensions: number): Vector[] {
  const other = vectors.find(({ vector }) => vector.length > 0 && dimensions > 0 && vector.length !== dimensions)
  if (!other) return vectors
  throw new Problem('fetchFailed', { url, reason: `vectors of ${other.vector.length} numbers, not of ${dimensions}` })
}
