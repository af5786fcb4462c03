/**
 * Vectors in memory, a byte for each number: a quarter of what Float32 takes, and the order of what is near stays nearly
 * the same. All are looked at for each question, a few milliseconds at a time.
 */
import { setImmediate as takeTurns } from 'node:timers/promises'

export type Vectors = {
  readonly dimensions: number
  readonly count: number
  readonly bytes: number
  /** Row by row, the numbers of the records. */
  numberAt: (row: number) => number
  put: (number: number, vector: Float32Array) => void
  /** The cosine with each vector, row by row. The question is of length 1, as all that is put. */
  likenesses: (question: Float32Array) => Promise<Float32Array>
  /** The same for one record; undefined where it has no vector. */
  likeness: (question: Float32Array, number: number) => number | undefined
}

const productsAtOnce = 2_000_000
const firstRows = 256
const greatest = 127

export function vectorsOf(dimensions: number): Vectors {
  let values = new Int8Array(firstRows * dimensions)
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
  }

  async function likenesses(question: Float32Array): Promise<Float32Array> {
    // What is put meanwhile is for the next question.
    const [all, worth, size] = [values, steps, count]
    const found = new Float32Array(size)
    const rowsAtOnce = Math.max(1, Math.floor(productsAtOnce / dimensions))
    for (let from = 0; from < size; from += rowsAtOnce) {
      if (from > 0) await takeTurns()
      const to = Math.min(size, from + rowsAtOnce)
      for (let row = from; row < to; row++) found[row] = product(question, all, row * dimensions) * worth[row]!
    }
    return found
  }

  return {
    dimensions,
    get count() {
      return count
    },
    get bytes() {
      return values.byteLength + steps.byteLength + numbers.byteLength
    },
    numberAt: (row) => numbers[row]!,
    put,
    likenesses,
    likeness: (question, number) => {
      const row = rows.get(number)
      return row === undefined ? undefined : product(question, values, row * dimensions) * steps[row]!
    },
  }
}

function widened<Of extends Int8Array | Float32Array | Uint32Array>(from: Of, to: Of): Of {
  to.set(from)
  return to
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
