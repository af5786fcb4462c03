/** The queries of vectors. No rules in here. */
import { sql, type Kysely } from 'kysely'
import { chunks } from '#records/store.ts'
import type { EmbeddingState, EmbeddingTables } from './tables.ts'

export type Vector = { number: number; digest: string; vector: Float32Array }

export const embeddings = (db: Kysely<unknown>) => {
  const own = db.withTables<EmbeddingTables>()
  const state = (): Promise<EmbeddingState> => own.selectFrom('embedding_state').selectAll().executeTakeFirstOrThrow()
  return {
    state,
    /** Forgets all vectors, and begins again at the start of the journal. */
    beginAnew: async (model: string): Promise<void> => {
      const { made } = await state()
      await own.deleteFrom('embedding').execute()
      await own
        .updateTable('embedding_state')
        .set({ seq: 0, begun: made + 1, dimensions: 0, model })
        .execute()
    },
    /** Unless somebody began anew meanwhile. */
    movePlace: async (from: number, to: number): Promise<void> => {
      await own.updateTable('embedding_state').set({ seq: to }).where('seq', '=', from).execute()
    },
    digests: async (numbers: readonly number[]): Promise<Map<number, string>> => {
      const found = new Map<number, string>()
      for (const some of chunks(numbers))
        for (const { number, digest } of await own
          .selectFrom('embedding')
          .select(['number', 'digest'])
          .where('number', 'in', some)
          .execute())
          found.set(number, digest)
      return found
    },
    put: async (model: string, vectors: readonly Vector[]): Promise<void> => {
      const { made: last, dimensions } = await state()
      let made = last
      for (const { number, digest, vector } of vectors) {
        const row = { model, digest, made: ++made, vector: bytesOf(vector) }
        await own
          .insertInto('embedding')
          .values({ number, ...row })
          .onConflict((conflict) => conflict.column('number').doUpdateSet(row))
          .execute()
      }
      const length = vectors.find((one) => one.vector.length > 0)?.vector.length ?? 0
      await own
        .updateTable('embedding_state')
        .set({ made, dimensions: dimensions || length })
        .execute()
    },
    drop: async (numbers: readonly number[]): Promise<void> => {
      for (const some of chunks(numbers)) await own.deleteFrom('embedding').where('number', 'in', some).execute()
    },
    /** In the order in which they were made. */
    after: async (made: number, limit: number): Promise<{ number: number; made: number; vector: Float32Array }[]> =>
      (
        await own
          .selectFrom('embedding')
          .select(['number', 'made', 'vector'])
          .where('made', '>', made)
          .orderBy('made')
          .limit(limit)
          .execute()
      ).map((row) => ({ ...row, vector: numbersIn(row.vector) })),
    /** How many records have one, and how many have none because the service refused their text. */
    counts: async (): Promise<{ kept: number; refused: number }> => {
      const empty = sql<boolean>`vector = ${Buffer.alloc(0)}`
      const { count, refused } = await own
        .selectFrom('embedding')
        .select(({ fn }) => [fn.countAll().as('count'), fn.countAll().filterWhere(empty).as('refused')])
        .executeTakeFirstOrThrow()
      return { kept: Number(count) - Number(refused), refused: Number(refused) }
    },
  }
}

const bytesOf = (vector: Float32Array): Buffer => {
  const bytes = Buffer.alloc(vector.length * 4)
  vector.forEach((one, at) => bytes.writeFloatLE(one, at * 4))
  return bytes
}

const numbersIn = (bytes: Uint8Array): Float32Array => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const numbers = new Float32Array(bytes.byteLength / 4)
  for (let at = 0; at < numbers.length; at++) numbers[at] = view.getFloat32(at * 4, true)
  return numbers
}
