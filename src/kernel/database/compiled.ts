/**
 * Queries that are asked on nearly every page, built and compiled once: to make the text of a query anew takes as long as SQLite takes
 * to answer it.
 */
import type { Compilable, CompiledQuery, Kysely } from 'kysely'

/** Stands in a query for what will be asked; its place among what is given. */
class Slot {
  readonly at: number
  constructor(at: number) {
    this.at = at
  }
}

type Value = string | number

/**
 * @param build makes the query. What it is given are stand-ins for values: it may compare columns with them, and must not look at them,
 * nor limit by them, since SQLite plans anew for a limit that is a parameter.
 * @returns what asks the query with values, and answers its rows.
 */
export function compiledOnce<Tables, Given extends readonly Value[], Row>(
  build: (db: Kysely<Tables>, ...given: Given) => Compilable<Row>,
): (db: Kysely<Tables>, ...given: Given) => Promise<Row[]> {
  // The text differs from one database system to the other; a process may speak to both.
  const known = new WeakMap<object, CompiledQuery<Row>>()
  return async (db, ...given) => {
    const { adapter } = db.getExecutor()
    let compiled = known.get(adapter)
    if (!compiled) {
      const slots = given.map((_, at) => new Slot(at)) as unknown as Given
      known.set(adapter, (compiled = build(db, ...slots).compile()))
    }
    const parameters = compiled.parameters.map((one) => (one instanceof Slot ? given[one.at] : one))
    return (await db.executeQuery<Row>({ ...compiled, parameters })).rows
  }
}
