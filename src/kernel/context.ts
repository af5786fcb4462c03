import type { Kysely } from 'kysely'
import type { Outbound } from './outbound.ts'
import type { JournalLine } from './journal.ts'

/** Who is asking. */
export type Actor = { kind: 'anyone' } | Person | { kind: 'system'; id: string }
export type Person = {
  kind: 'person'
  id: string
  roles: readonly string[]
  /** The operations that this key of theirs may do, by beginnings of names; all of the person's where absent. */
  scopes?: readonly string[]
}

/** The world outside the process, so that tests can set the clock, the dice and the network. */
export type Environment = { now: () => Date; random: (size: number) => Uint8Array; fetch: Outbound }

/** What the layers above bring with them; each adds its own line by declaring it (`declare module`). */
// eslint-disable-next-line typescript/no-empty-interface -- the kernel itself brings none
export interface Services {}

/** All that an operation may touch. */
export type Context = Environment & {
  /** Reading; inside a writing operation, its transaction. */
  db: Kysely<unknown>
  services: Services
  actor: Actor
  /** Set by `perform` in writing operations: what happened, told to the journal when the transaction ends. */
  journal: (line: Omit<JournalLine, 'seq' | 'at' | 'actor' | 'operation'>) => void
}

/** Who is at the command line of the machine. */
export const shell = { kind: 'system', id: 'shell' } as const satisfies Actor

/** The node itself may do all that is asked of it; whoever is at its command line, what an operator with an account may. */
export const hasRole = (actor: Actor, role: string): boolean =>
  (actor.kind === 'system' && (actor.id !== shell.id || role === 'operator')) ||
  (actor.kind === 'person' && actor.roles.includes(role))

export const nameOf = (actor: Actor): string => (actor.kind === 'anyone' ? 'anyone' : `${actor.kind}:${actor.id}`)
