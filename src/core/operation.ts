import type { Static, TSchema } from 'typebox'
import { nameOf, type Actor, type Context, type Services, type World } from './context.ts'
import type { Database } from './database/database.ts'
import { appendToJournal, type JournalLine } from './journal.ts'
import { Problem } from './problem.ts'
import { fit } from './schema.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** One thing the system can do. API route, command, OpenAPI entry and reference page come from it. */
export type Operation<In extends TSchema = TSchema, Out extends TSchema = TSchema> = {
  /** noun.verb: `records.read`. The command is `qingdao records read`. */
  name: string
  /** One English sentence for integrators, in the imperative. */
  summary: string
  /** `GET /records/:id`, below /api. */
  http: `${Method} /${string}`
  input: In
  output: Out
  /** Told to anybody who asks; answers 404 etc. that it may give, for the reference. */
  allow: (actor: Actor, input: Static<In>) => boolean
  run: (context: Context, input: Static<In>) => Promise<Static<Out>>
}

export const operation = <In extends TSchema, Out extends TSchema>(definition: Operation<In, Out>) => definition

/** An operation of any shape, as lists of them hold it. */
/* eslint-disable typescript/no-explicit-any -- input and output stand on both sides, so no narrower type holds all */
export type AnyOperation = Omit<Operation, 'allow' | 'run'> & {
  allow: (actor: Actor, input: any) => boolean
  run: (context: Context, input: any) => Promise<any>
}
/* eslint-enable typescript/no-explicit-any */

export const isReading = (op: Pick<AnyOperation, 'http'>): boolean => op.http.startsWith('GET ')

/** What `perform` needs from the house: where to read and write, and the world outside. */
export type Ground = {
  database: Database
  world: World
  services: Services
  /** Told after each commit. */
  committed: () => void
}

/**
 * The one door: parse, allow, run, journal, check. A writing operation is one transaction with its journal lines.
 * `raw` is taken as text for reading operations (addresses, flags) and as JSON for writing ones.
 * @throws Problem invalid, unauthenticated, forbidden, and what the operation throws.
 */
export async function perform<In extends TSchema, Out extends TSchema>(
  op: Operation<In, Out>,
  ground: Ground,
  actor: Actor,
  raw: unknown,
): Promise<Static<Out>> {
  const reading = isReading(op)
  // Before anything is looked at: nobody in particular writes, and checking a hostile body costs.
  if (!reading && actor.kind === 'anyone') throw new Problem('unauthenticated', { operation: op.name })
  const input = fit(op.input, raw, reading ? 'fromText' : 'strictly')
  if (!op.allow(actor, input))
    throw new Problem(actor.kind === 'anyone' ? 'unauthenticated' : 'forbidden', { operation: op.name })
  const answer = reading ? await read(op, ground, actor, input) : await write(op, ground, actor, input)
  return fit(op.output, answer)
}

const read = <In extends TSchema, Out extends TSchema>(
  op: Operation<In, Out>,
  { database, world, services }: Ground,
  actor: Actor,
  input: Static<In>,
) => op.run({ ...world, services, db: database.read, actor, journal: () => refuseJournal(op.name) }, input)

async function write<In extends TSchema, Out extends TSchema>(
  op: Operation<In, Out>,
  ground: Ground,
  actor: Actor,
  input: Static<In>,
) {
  const { database, world, services, committed } = ground
  const answer = await database.write(async (tx) => {
    const lines: Omit<JournalLine, 'seq'>[] = []
    const at = world.now().toISOString()
    const journal: Context['journal'] = (line) => lines.push({ ...line, at, actor: nameOf(actor), operation: op.name })
    const result = await op.run({ ...world, services, db: tx, actor, journal }, input)
    if (lines.length) await appendToJournal(tx, lines)
    return result
  })
  committed()
  return answer
}

const refuseJournal = (name: string): never => {
  throw new Error(`${name} reads, so it has nothing to tell the journal`)
}
