/** How many pairs there are of each kind, counted once and remembered, since counting reads every name of the node. */
import type { Context } from '#kernel/context.ts'
import { journalHead } from '#kernel/journal.ts'

/** A pair as the count needs it: `key` says which two they are. */
export type Counted = { kind: string; key: string }

declare module '#kernel/context.ts' {
  interface Services {
    duplicatePairs: PairsRemembered
  }
}

export type PairsRemembered = {
  /**
   * All pairs, those that curators called different included: so their word, which changes with each press of a button, is
   * applied to what is remembered. `isFurther`: on a further page of the list, where what was counted for an earlier page
   * stands, whatever was imported since.
   */
  all: (
    context: Pick<Context, 'db'>,
    isFurther: boolean,
    count: () => Promise<readonly Counted[]>,
  ) => Promise<readonly Counted[]>
}

export function pairsRemembered(): PairsRemembered {
  let known: { seq: number; pairs: readonly Counted[] } | undefined
  return {
    all: async ({ db }, isFurther, count) => {
      const seq = await journalHead(db)
      if (known && (isFurther || known.seq === seq)) return known.pairs
      const pairs = await count()
      known = { seq, pairs }
      return pairs
    },
  }
}

export function countsByKind(pairs: readonly Counted[], different: ReadonlySet<string>, most: number) {
  const counts = new Map<string, number>()
  const wanted = pairs.filter(({ key }) => !different.has(key)).slice(0, most)
  for (const { kind } of wanted) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return [...counts].map(([kind, count]) => ({ kind, count })).sort((a, b) => b.count - a.count)
}
