/**
 * Queries that are asked on nearly every page, built and compiled once: to make the text of a query anew takes as long as SQLite takes
 * to answer it.
 */
import type { Compilable, CompiledQuery, Kysely } from 'kysely'
import { boundedCache, type BoundedCache } from '../bounded-cache.ts'
import { asProblem } from './errors.ts'
import { AnsweringAdapter } from './sqlite.ts'

/** Stands in a query for what will be asked; its place among what is given. */
class Slot {
  readonly at: number
  constructor(at: number) {
    this.at = at
  }
}

type Value = string | number

const mostShapes = 500

/**
 * @param build makes the query. What it is given are stand-ins for values: it may compare columns with them, and must not look at them,
 * nor limit by them, since SQLite plans anew for a limit that is a parameter.
 * @returns what asks the query with values, and answers its rows.
 */
export function compiledOnce<Tables, Given extends readonly Value[], Row>(
  build: (db: Kysely<Tables>, ...given: Given) => Compilable<Row>,
): (db: Kysely<Tables>, ...given: Given) => Promise<Row[]> {
  const compiled = compiledByShape<Tables, null, Given, Row>((db, _, ...given) => build(db, ...given))
  return (db, ...given) => compiled(db, null, ...given)
}

/**
 * The same for queries that differ in more than values: each shape (which columns, how many at most) is compiled once.
 * @param build may look at the shape. The shapes used last are kept, so that who asks for another number of answers each time costs no more than memory for
 * these. Of values in a list their number is part of the shape too: {@link inSizes} keeps that to a few.
 */
export function compiledByShape<Tables, Shape, Given extends readonly Value[], Row>(
  build: (db: Kysely<Tables>, shape: Shape, ...given: Given) => Compilable<Row>,
): (db: Kysely<Tables>, shape: Shape, ...given: Given) => Promise<Row[]> {
  // The text differs from one database system to the other; a process may speak to both.
  const known = new WeakMap<object, BoundedCache<CompiledQuery<Row>>>()
  return async (db, shape, ...given) => {
    const { adapter } = db.getExecutor()
    let ofAdapter = known.get(adapter)
    if (!ofAdapter) known.set(adapter, (ofAdapter = boundedCache(mostShapes)))
    const key = `${given.length} ${JSON.stringify(shape)}`
    let compiled = ofAdapter.get(key)
    if (!compiled) {
      const slots = given.map((_, at) => new Slot(at)) as unknown as Given
      ofAdapter.set(key, (compiled = build(db, shape, ...slots).compile()))
    }
    const parameters = compiled.parameters.map((one) => (one instanceof Slot ? given[one.at] : one))
    return (
      (adapter instanceof AnsweringAdapter && answeredAtOnce(adapter, { sql: compiled.sql, parameters })) ||
      (await db.executeQuery<Row>({ ...compiled, parameters })).rows
    )
  }
}

/**
 * The state of the database that a query would see now: while the number stays, nothing was written by whichever process, and what was read is as it was.
 * Undefined where it takes a query to know (PostgreSQL), and in a transaction.
 */
export function stateOf(db: Kysely<unknown>): number | undefined {
  const { adapter } = db.getExecutor()
  return adapter instanceof AnsweringAdapter && !db.isTransaction ? adapter.state() : undefined
}

function answeredAtOnce<Row>(
  adapter: AnsweringAdapter,
  query: Pick<CompiledQuery, 'sql' | 'parameters'>,
): Row[] | undefined {
  try {
    return adapter.answer<Row>(query)
  } catch (error) {
    throw asProblem(error)
  }
}

/** Values of a list (`in`), the last repeated until there are as many as in one of a few sizes. */
export function inSizes<One extends Value>(values: readonly One[]): One[] {
  const last = values.at(-1)
  if (last === undefined) return []
  const size = 2 ** Math.ceil(Math.log2(values.length))
  return [...values, ...Array.from({ length: size - values.length }, () => last)]
}
