/** Works that stand twice, in one collection or in two: the same title in the same language, by the same authors. */
// Looked through by hand. The one that is kept → the others.
import table from './same-works.json' with { type: 'json' }

const kept = new Map(Object.entries(table).flatMap(([work, others]) => others.map((other) => [other, work] as const)))

/** The name by which the editions of a work find each other. */
export const workKeptAs = (work: string): string => kept.get(work) ?? work
