/** Which records are near to a question in meaning, by the vectors of the operator's service. */
import type { Environment } from '#kernel/context.ts'
import { Problem } from '#kernel/problem.ts'
import type { Kysely } from 'kysely'
import { boundedCache } from '#kernel/bounded-cache.ts'
import { embedder, type Embeddings } from './service.ts'
import { embeddings } from './store.ts'
import { vectorsOf, type Compared, type Vectors } from './vectors.ts'

export type Nearness = {
  /** Records that stand out by how near they are, the nearest first. */
  nearest: readonly number[]
  likeness: (number: number) => number | undefined
}
export type Meaning = {
  /** Null where the service did not answer in time: nobody waits for it, and all else is as without it. */
  near: (question: string) => Promise<Nearness | null>
  /** Brings the vectors into memory, so that the first question need not wait for them. */
  load: () => Promise<void>
  /** What is kept in memory. */
  memory: () => { vectors: number; bytes: number }
}

/** An answer that comes too late for one reader serves the next with the same question. */
const lateMs = 5_000
const mostAtOnce = 4
/** After a failure it is left alone for so long, so that a service that is down costs no reader any time. */
const restMs = 10_000
const mostKept = 500
const longestQuestion = 500
/** Many of them may be editions of one work. */
const mostNearest = 400
const rowsAtOnce = 50

export function meaningOf(
  db: Kysely<unknown>,
  service: Embeddings,
  environment: Pick<Environment, 'now' | 'fetch'>,
): Meaning {
  const embed = embedder(service, environment.fetch)
  const table = keptVectors(db, service.model)
  const questions = boundedCache<Promise<Float32Array | null>>(mostKept)
  const answers = boundedCache<{ vectors: Vectors; made: number; nearness: Nearness }>(mostKept)
  let asking = 0
  let restsUntil = 0

  function vectorOf(question: string): Promise<Float32Array | null> {
    const known = questions.get(question)
    if (known) return known
    if (asking >= mostAtOnce || environment.now().getTime() < restsUntil) return Promise.resolve(null)
    const asked = ask(question)
    questions.set(question, asked)
    return asked
  }

  async function ask(question: string): Promise<Float32Array | null> {
    asking++
    try {
      return (await embed([question], Math.max(lateMs, service.patienceMs)))[0]!
    } catch (error) {
      questions.drop(question)
      if (!(error instanceof Problem)) throw error
      restsUntil = environment.now().getTime() + restMs
      return null
    } finally {
      asking--
    }
  }

  async function answer(question: string): Promise<Nearness | null> {
    const { vectors, made } = await table.current()
    if (!vectors) return nothingNear
    const before = answers.get(question)
    if (before?.vectors === vectors && before.made === made) return before.nearness
    const vector = await vectorOf(question)
    if (vector?.length !== vectors.dimensions) return null
    const nearest = outstanding(await vectors.compare(vector), vectors.count)
    const nearness = { nearest, likeness: (number: number) => vectors.likeness(vector, number) }
    answers.set(question, { vectors, made, nearness })
    return nearness
  }

  return {
    near: (question) =>
      withinTime(answer(question.trim().slice(0, longestQuestion).toWellFormed()), service.patienceMs),
    load: async () => void (await table.current()),
    memory: table.memory,
  }
}

const nothingNear: Nearness = { nearest: [], likeness: () => undefined }

/** Brought up to what the database has when asked. */
function keptVectors(db: Kysely<unknown>, model: string) {
  let vectors: Vectors | null = null
  let begun = -1
  let made = 0
  let bringing: Promise<void> = Promise.resolve()

  async function bringUp(): Promise<void> {
    const state = await embeddings(db).state()
    if (state.model !== model || state.dimensions === 0) {
      vectors = null
      begun = -1
      return
    }
    if (state.begun !== begun) {
      vectors = vectorsOf(state.dimensions)
      begun = state.begun
      made = begun - 1
    }
    while (made < state.made) {
      const rows = await embeddings(db).after(made, rowsAtOnce)
      for (const { number, vector } of rows) if (vector.length === state.dimensions) vectors!.put(number, vector)
      made = rows.at(-1)?.made ?? state.made
      // Pages are made on this thread too.
      await new Promise((resume) => setImmediate(resume))
    }
  }

  return {
    current: async () => {
      bringing = bringing.catch(() => {}).then(bringUp)
      await bringing
      return { vectors, made }
    },
    memory: () => ({ vectors: vectors?.count ?? 0, bytes: vectors?.bytes ?? 0 }),
  }
}

async function withinTime<Value>(answer: Promise<Value>, ms: number): Promise<Value | null> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, ms, null)
  })
  return Promise.race([answer, late]).finally(() => clearTimeout(timer))
}

/** How far above what is usual for this question the near ones are, in standard deviations; in a small node less. */
const deviations = 3
const deviationsFor = (count: number): number => Math.min(deviations, Math.sqrt(count) / 2)
/** And no further below the nearest than this share of what it stands above the usual. */
const shareOfBest = 0.6

/**
 * Which cosine means “near” differs from model to model, so it is judged by what is usual for the question: most records
 * have nothing to do with it.
 */
function outstanding({ usual, deviation, candidates }: Compared, count: number): number[] {
  const best = candidates.reduce((most, { likeness }) => Math.max(most, likeness), 0)
  const least = usual + Math.max(deviationsFor(count) * deviation, shareOfBest * (best - usual))
  return candidates
    .filter(({ likeness }) => likeness > 0 && likeness >= least)
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, mostNearest)
    .map(({ number }) => number)
}
