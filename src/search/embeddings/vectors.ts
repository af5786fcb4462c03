/**
 * Vectors in memory: a byte for each number, a quarter of what Float32 takes, and its sign as a bit. Where there are many,
 * the signs choose which are compared in full; so a question costs a few milliseconds, and never many without a pause.
 */
import { setImmediate as takeTurns } from 'node:timers/promises'

export type Compared = {
  /** What the cosine of this question with a record is like, of all records. */
  usual: number
  deviation: number
  /** The records that may be near, in no order. */
  candidates: { number: number; likeness: number }[]
}
export type Vectors = {
  readonly dimensions: number
  readonly count: number
  readonly bytes: number
  put: (number: number, vector: Float32Array) => void
  /** The question is of length 1, as all that is put. */
  compare: (question: Float32Array) => Promise<Compared>
  /** The cosine with one record; undefined where it has no vector. */
  likeness: (question: Float32Array, number: number) => number | undefined
}

const productsAtOnce = 1_000_000
const wordsAtOnce = 400_000
const firstRows = 256
const greatest = 127
const bitsOfWord = 32
/** So many are compared in full; up to this size of a node, all. */
export const mostCompared = 1_000
const mostSampled = 1_000

export function vectorsOf(dimensions: number): Vectors {
  const words = Math.ceil(dimensions / bitsOfWord)
  let values = new Int8Array(firstRows * dimensions)
  let signs = new Uint32Array(firstRows * words)
  /** What one step of a row's bytes is worth. */
  let steps = new Float32Array(firstRows)
  let numbers = new Uint32Array(firstRows)
  const rows = new Map<number, number>()
  let count = 0

  function rowFor(number: number): number {
    const known = rows.get(number)
    if (known !== undefined) return known
    if (count === numbers.length) grow()
    rows.set(number, count)
    numbers[count] = number
    return count++
  }

  function grow(): void {
    const size = Math.ceil(count * 1.5)
    values = widened(values, new Int8Array(size * dimensions))
    signs = widened(signs, new Uint32Array(size * words))
    steps = widened(steps, new Float32Array(size))
    numbers = widened(numbers, new Uint32Array(size))
  }

  function put(number: number, vector: Float32Array): void {
    const row = rowFor(number)
    let most = 0
    for (let i = 0; i < dimensions; i++) most = Math.max(most, Math.abs(vector[i]!))
    const step = most / greatest
    steps[row] = step
    for (let i = 0; i < dimensions; i++) values[row * dimensions + i] = Math.round(vector[i]! / step)
    signs.set(signsOf(vector), row * words)
  }

  const likenessAt = (question: Float32Array, row: number): number =>
    product(question, values, row * dimensions) * steps[row]!

  async function likenessesAt(question: Float32Array, chosen: readonly number[]): Promise<number[]> {
    const found: number[] = []
    const pause = Math.max(1, Math.floor(productsAtOnce / dimensions))
    for (const [at, row] of chosen.entries()) {
      if (at % pause === pause - 1) await takeTurns()
      found.push(likenessAt(question, row))
    }
    return found
  }

  async function compare(question: Float32Array): Promise<Compared> {
    const isSmall = count <= mostCompared
    const chosen = isSmall ? everyRow(count, 1) : await closestBySigns(question)
    const likenesses = await likenessesAt(question, chosen)
    const sample = isSmall ? likenesses : await likenessesAt(question, everyRow(count, count / mostSampled))
    return {
      ...spreadOf(sample),
      candidates: chosen.map((row, at) => ({ number: numbers[row]!, likeness: likenesses[at]! })),
    }
  }

  /** The rows whose signs differ least from those of the question. */
  async function closestBySigns(question: Float32Array): Promise<number[]> {
    const asked = signsOf(question)
    const size = count
    const differences = new Uint16Array(size)
    const having = new Uint32Array(dimensions + 1)
    const rowsAtOnce = Math.max(1, Math.floor(wordsAtOnce / words))
    for (let from = 0; from < size; from += rowsAtOnce) {
      if (from > 0) await takeTurns()
      const to = Math.min(size, from + rowsAtOnce)
      for (let row = from; row < to; row++) {
        const difference = bitsApart(asked, signs, row * words)
        differences[row] = difference
        having[difference]!++
      }
    }
    return rowsUpTo(differences, having)
  }

  return {
    dimensions,
    get count() {
      return count
    },
    get bytes() {
      return values.byteLength + signs.byteLength + steps.byteLength + numbers.byteLength
    },
    put,
    compare,
    likeness: (question, number) => {
      const row = rows.get(number)
      return row === undefined ? undefined : likenessAt(question, row)
    },
  }
}

function widened<Of extends Int8Array | Float32Array | Uint32Array>(from: Of, to: Of): Of {
  to.set(from)
  return to
}

const everyRow = (count: number, stride: number): number[] =>
  Array.from({ length: Math.floor(count / stride) }, (_, at) => Math.floor(at * stride))

function spreadOf(likenesses: readonly number[]): { usual: number; deviation: number } {
  let sum = 0
  let squares = 0
  for (const one of likenesses) {
    sum += one
    squares += one * one
  }
  const usual = sum / Math.max(1, likenesses.length)
  return { usual, deviation: Math.sqrt(Math.max(0, squares / Math.max(1, likenesses.length) - usual * usual)) }
}

function signsOf(vector: Float32Array): Uint32Array {
  const signs = new Uint32Array(Math.ceil(vector.length / bitsOfWord))
  for (let i = 0; i < vector.length; i++) if (vector[i]! > 0) signs[i >>> 5]! |= 1 << (i & 31)
  return signs
}

/** How many bits differ (Warren, Hacker’s Delight, §5-1). */
function bitsApart(asked: Uint32Array, signs: Uint32Array, start: number): number {
  let apart = 0
  for (let i = 0; i < asked.length; i++) {
    let word = asked[i]! ^ signs[start + i]!
    word -= (word >>> 1) & 0x5555_5555
    word = (word & 0x3333_3333) + ((word >>> 2) & 0x3333_3333)
    apart += Math.imul((word + (word >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24
  }
  return apart
}

/** The rows with the smallest differences, as many as are compared in full. */
function rowsUpTo(differences: Uint16Array, having: Uint32Array): number[] {
  let limit = 0
  for (let sum = having[0]!; sum < mostCompared && limit < having.length - 1; sum += having[limit]!) limit++
  const chosen: number[] = []
  // Among those at the same distance as the last, some are left out.
  let atLimit = mostCompared - having.subarray(0, limit).reduce((sum, one) => sum + one, 0)
  for (let row = 0; row < differences.length; row++) {
    if (differences[row]! > limit || (differences[row] === limit && atLimit-- <= 0)) continue
    chosen.push(row)
  }
  return chosen
}

/** Four sums side by side: the processor need not wait for one before the next. */
function product(question: Float32Array, values: Int8Array, start: number): number {
  const { length } = question
  const even = length - (length % 4)
  let [a, b, c, d] = [0, 0, 0, 0]
  for (let i = 0; i < even; i += 4) {
    a += question[i]! * values[start + i]!
    b += question[i + 1]! * values[start + i + 1]!
    c += question[i + 2]! * values[start + i + 2]!
    d += question[i + 3]! * values[start + i + 3]!
  }
  for (let i = even; i < length; i++) a += question[i]! * values[start + i]!
  return a + b + c + d
}
