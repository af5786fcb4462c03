/** What every engine is asked, and what it answers. */

/** Counted with every question. */
export const facets = ['kind', 'type', 'area', 'country', 'language', 'level', 'subject', 'licence']

/** Words that must be found, a phrase, words that must not, and values of which one must be there, by facet. */
export type Asking = { words: string[]; phrase: string[]; without: string[]; filters: Record<string, string[]> }
export type Questions = Record<string, Asking[]>

/** `sum`: of the counts of the twelve most frequent values of each facet that is not filtered. */
export type Answered = { ms: number; total: number; sum: number }
export type Engine = {
  name: string
  answer: (askings: readonly Asking[]) => Promise<Answered[]>
  close: () => Promise<void>
}
