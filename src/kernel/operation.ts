import { setImmediate as takeTurns } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import type { Static, TSchema } from 'typebox'
import { nameOf, type Actor, type Context, type Services, type Environment } from './context.ts'
import type { Database } from './database/database.ts'
import { appendToJournal, notePagesChanged, type JournalLine } from './journal.ts'
import { Problem, type Violation } from './problem.ts'
import { hasDefaults, validate } from './schema.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** What is open to all and costs much, such as fetching from elsewhere. */
export type Counted = 'verifying'

/** One thing the system can do. API route, command, OpenAPI entry and reference page come from it. */
export type Operation<In extends TSchema = TSchema, Out extends TSchema = TSchema> = {
  /** noun.verb: `records.read`. The command is `qingdao records read`. */
  name: string
  /** One English sentence for integrators, in the imperative. */
  summary: string
  /** `GET /records/:id`, below /api. */
  http: `${Method} /${string}`
  /** What it was called in the version before: requests, commands and keys that name it so still work. */
  formerly?: { name: string; http: `${Method} /${string}` }
  input: In
  output: Out
  /** Nobody in particular may do it although it writes: sign up, sign in. */
  isOpen?: true
  /** How often one client may ask for it over the web is counted, together with all of the same name. */
  counted?: Counted
  /** Only pages offer it, no API and no command: what it takes or answers is a secret of one person. */
  isForPages?: true
  /** It changes what pages show beside the records, so cached responses are out of date. */
  changesPages?: true
  /** What it reads changes by itself, such as with the hour: its answers are not cached. */
  isOfTheMoment?: true
  /** What it deletes must be gone from the disk as well, not only from what is read. */
  forgets?: true
  allow: (actor: Actor, input: Static<In>) => boolean
  /** What cannot be meant, though it has the right form, where a program or a command asks: pages judge by themselves what they ask. */
  doubts?: (context: Preparing, input: Static<In>) => Promise<readonly Violation[]>
  /** Slow work before the transaction of a writing operation begins, such as hashing a password. */
  prepare?: (context: Preparing, input: Static<In>) => Promise<unknown>
  run: (context: Context, input: Static<In>, prepared?: unknown) => Promise<Static<Out>>
  /** Where what it made is found, below /api: such an operation answers 201 with that address. */
  makes?: (answer: Static<Out>, input: Static<In>) => string
  /** Reads what is changed, where the operation itself would merge with newer changes and If-Match must not. */
  changes?: AnyOperation
}

/** What is at hand before the transaction: reading only. */
export type Preparing = Omit<Context, 'journal'>

/** For inputs that allow no other properties. */
export const closed = { additionalProperties: false }

export const operation = <In extends TSchema, Out extends TSchema>(definition: Operation<In, Out>) => definition

/** An operation whose slow part is done first; what that finds is handed to `run`. */
export const preparedOperation = <In extends TSchema, Out extends TSchema, Prepared>(
  definition: Omit<Operation<In, Out>, 'prepare' | 'run'> & {
    prepare: (context: Preparing, input: Static<In>) => Promise<Prepared>
    run: (context: Context, input: Static<In>, prepared: Prepared) => Promise<Static<Out>>
  },
): Operation<In, Out> => definition as Operation<In, Out>

/** An operation of any shape, as lists of them hold it. */
/* eslint-disable typescript/no-explicit-any -- input and output stand on both sides, so no narrower type holds all */
export type AnyOperation = Omit<Operation, 'allow' | 'doubts' | 'prepare' | 'run' | 'makes'> & {
  allow: (actor: Actor, input: any) => boolean
  doubts?: (context: Preparing, input: any) => Promise<readonly Violation[]>
  prepare?: (context: Preparing, input: any) => Promise<unknown>
  run: (context: Context, input: any, prepared?: any) => Promise<any>
  makes?: (answer: any, input: any) => string
}
/* eslint-enable typescript/no-explicit-any */

/** An operation known by what it takes and answers, however it does it: one that is named where it is asked. */
export type Known<In extends TSchema, Out extends TSchema> = AnyOperation & { input: In; output: Out }

/** What a page hands to an operation: its fields by name. What they hold is often text that somebody typed; `perform` judges it. */
export type Given<In extends TSchema> = { readonly [Name in keyof Static<In>]?: unknown }

/** `perform` where it is known what for: answers what the operation says; of any operation, what nobody knows. */
export type Perform = <In extends TSchema, Out extends TSchema>(
  op: Known<In, Out>,
  actor: Actor,
  raw: Given<In>,
  within?: Within,
) => Promise<Static<Out>>

/** What was answered to the same request before, asked before the work and again within its transaction. */
export type Once = {
  answered: (db: Kysely<unknown>) => Promise<unknown>
  keep: (tx: Kysely<unknown>, answer: unknown) => Promise<void>
}
/** What stands around the work of an operation: of a writing one in its transaction. */
export type Within = {
  once?: Once | undefined
  first?: ((context: Context) => Promise<void>) | undefined
  /** What is answered goes to our own pages, which the compiler has checked: to check it again takes a tenth of a page. */
  isForPage?: boolean
  /** Asked by a program or a command. */
  isFromOutside?: boolean
}

export const isReading = (op: Pick<AnyOperation, 'http'>): boolean => op.http.startsWith('GET ')

/** What `perform` needs from the node: where to read and write, and the world outside. */
export type Runtime = {
  database: Database
  environment: Environment
  services: Services
  /** Told after each commit, by which operation. */
  committed: (op: Pick<AnyOperation, 'forgets'>) => void
  /** Told when somebody asked for what they may not do. */
  refused?: (op: Pick<AnyOperation, 'name'>, actor: Actor) => Promise<void>
}

/**
 * The only way to run an operation: parse, allow, run, journal, check. A writing operation is one transaction with its journal lines.
 * `raw` is taken as text for reading operations (addresses, flags) and as JSON for writing ones.
 * @throws Problem invalid, unauthenticated, forbidden, and what the operation throws.
 */
export async function perform<In extends TSchema, Out extends TSchema>(
  op: Operation<In, Out>,
  runtime: Runtime,
  actor: Actor,
  raw: unknown,
  within: Within = {},
): Promise<Static<Out>> {
  const reading = isReading(op)
  // First of all, visitors may not write, and checking a hostile body costs time.
  if (!reading && actor.kind === 'anyone' && !op.isOpen) throw new Problem('unauthenticated', { operation: op.name })
  const input = validate(op.input, raw, reading ? 'fromText' : 'strictly')
  try {
    // A key that was not made for it can do what a visitor can, and never less.
    const acting = isWithinScopes(op, actor) ? actor : visitor
    if (!op.allow(acting, input) || (!reading && acting.kind === 'anyone' && !op.isOpen))
      throw new Problem(actor.kind === 'anyone' ? 'unauthenticated' : 'forbidden', { operation: op.name })
    if (within.isFromOutside) await expectNoDoubts(op, runtime, acting, input)
    const answer = reading ? await read(op, runtime, acting, input) : await write(op, runtime, acting, input, within)
    return within.isForPage && !hasDefaults(op.output) ? answer : validate(op.output, answer)
  } catch (error) {
    if (error instanceof Problem && error.isRefusal) await runtime.refused?.(op, actor)
    throw error
  }
}

async function expectNoDoubts<In extends TSchema, Out extends TSchema>(
  op: Operation<In, Out>,
  { database, environment, services }: Runtime,
  actor: Actor,
  input: Static<In>,
): Promise<void> {
  const violations = (await op.doubts?.({ ...environment, services, db: database.read, actor }, input)) ?? []
  if (violations.length > 0) throw new Problem('invalid', { count: violations.length }, { violations })
}

/**
 * The same, with a turn of the event loop after each write. Writes to SQLite one after another are one run of promises, so that
 * long work in the background would otherwise keep every request waiting until it is done.
 */
export const inTurns =
  (perform: Perform): Perform =>
  async (op, actor, raw) => {
    const answer = await perform(op, actor, raw)
    if (!isReading(op)) await takeTurns()
    return answer
  }

const visitor: Actor = { kind: 'anyone' }

/** Whether nobody in particular may do it: then a key is of use, and not needed. */
export function isForVisitors(op: AnyOperation): boolean {
  if (!isReading(op)) return op.isOpen === true
  return op.allow(visitor, {})
}

/** A key may do no more than it was made for; `records` allows `records.read` and all its neighbours. */
const isWithinScopes = ({ name, formerly }: Pick<AnyOperation, 'name' | 'formerly'>, actor: Actor): boolean =>
  actor.kind !== 'person' ||
  actor.scopes === undefined ||
  actor.scopes.some((scope) => isNamedBy(scope, name) || (formerly !== undefined && isNamedBy(scope, formerly.name)))

/** How operations are named, and so what a key can be made for. */
export const scopePattern = '^[a-z][a-zA-Z-]*(\\.[a-zA-Z]+)?$'

export const isNamedBy = (scope: string, name: string) => name === scope || name.startsWith(`${scope}.`)

const read = <In extends TSchema, Out extends TSchema>(
  op: Operation<In, Out>,
  { database, environment, services }: Runtime,
  actor: Actor,
  input: Static<In>,
) => op.run({ ...environment, services, db: database.read, actor, journal: () => refuseJournal(op.name) }, input)

async function write<In extends TSchema, Out extends TSchema>(
  op: Operation<In, Out>,
  runtime: Runtime,
  actor: Actor,
  input: Static<In>,
  { once, first }: Within,
) {
  const { database, environment, services, committed } = runtime
  const before = await once?.answered(database.read)
  if (before !== undefined) return before as Static<Out>
  const prepared = await op.prepare?.({ ...environment, services, db: database.read, actor }, input)
  const answer = await database.write(async (tx) => {
    // Another process may have done it meanwhile.
    const meanwhile = await once?.answered(tx)
    if (meanwhile !== undefined) return meanwhile as Static<Out>
    const lines: Omit<JournalLine, 'seq'>[] = []
    const at = environment.now().toISOString()
    const journal: Context['journal'] = (line) => lines.push({ ...line, at, actor: nameOf(actor), operation: op.name })
    const context: Context = { ...environment, services, db: tx, actor, journal }
    await first?.(context)
    const result = await op.run(context, input, prepared)
    await once?.keep(tx, validate(op.output, result))
    if (lines.length) await appendToJournal(tx, lines)
    if (op.changesPages) await notePagesChanged(tx)
    return result
  })
  committed(op)
  return answer
}

const refuseJournal = (name: string): never => {
  throw new Error(`${name} reads, so it has nothing to tell the journal`)
}
