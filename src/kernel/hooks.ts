/** The points at which a feature may add to what another does. Each runs in the order of `features.ts`. */
import type { Context } from './context.ts'
import type { JournalLine } from './journal.ts'
import type { Violation } from './problem.ts'

/** As much of a record as the kernel knows. */
export type WrittenRecord = { number: number; id: string; kind: string; body: object }
export type Changed = {
  action: JournalLine['action']
  before: WrittenRecord
  after: WrittenRecord
  /** Accounts that hear of it otherwise. */
  told: readonly string[]
}
export type Merged = { from: string; into: string }
export type Published = { recordId: string; revision: number; ownerId: string }

export type Hooks = {
  /** A body is checked, beside its schema: says what else is wrong with it. It sees the body alone. */
  checked?: (body: object) => Violation[]
  /** People want to keep a body, as a record of theirs: throws a Problem where they may not say what it says. */
  proposed?: (context: Context, body: object, authors: readonly string[]) => Promise<void>
  /** Records were added or got a new body, in the transaction that did so. */
  written?: (context: Context, records: readonly WrittenRecord[]) => Promise<void>
  /** Records were added, in the transaction that did so. */
  added?: (context: Context, records: readonly WrittenRecord[]) => Promise<void>
  /** A record got a new version: its body, its translations or whether it is published. In the transaction that did so. */
  changed?: (context: Context, changed: Changed) => Promise<void>
  /** One record became part of another, in the transaction that did so: what points to it must follow. */
  merged?: (context: Context, merged: Merged) => Promise<void>
  /** A draft became a record, or a new version of one, in the transaction that did so. */
  published?: (context: Context, published: Published) => Promise<void>
  /** How much waits for who asks; the header of each page says the sum. It reads counts alone, as each page asks it. */
  waiting?: (context: Pick<Context, 'db' | 'actor'>) => Promise<number>
}

/** What all features together do at each point. */
export type JoinedHooks = Required<Hooks>

declare module './context.ts' {
  interface Services {
    hooks: JoinedHooks
  }
}

export function joinHooks(all: readonly Hooks[]): JoinedHooks {
  const inTurn = <Given extends readonly unknown[]>(
    choose: (hooks: Hooks) => ((...given: Given) => Promise<void>) | undefined,
  ) => {
    const chosen = all.flatMap((hooks) => choose(hooks) ?? [])
    return async (...given: Given) => {
      for (const one of chosen) await one(...given)
    }
  }
  const checks = all.flatMap(({ checked }) => checked ?? [])
  return {
    checked: (body) => checks.flatMap((one) => one(body)),
    proposed: inTurn(({ proposed }) => proposed),
    written: inTurn(({ written }) => written),
    added: inTurn(({ added }) => added),
    changed: inTurn(({ changed }) => changed),
    merged: inTurn(({ merged }) => merged),
    published: inTurn(({ published }) => published),
    waiting: async (context) => {
      const counts = all.flatMap(({ waiting }) => waiting ?? [])
      return (await Promise.all(counts.map((count) => count(context)))).reduce((sum, one) => sum + one, 0)
    },
  }
}
