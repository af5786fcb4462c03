/** Organisations that several collections name: each is one record, whichever of them names it. */
// Written by hand: only what is surely the same stands in it. The one that is kept → the others.
import table from './same-organisations.json' with { type: 'json' }

const kept = new Map(Object.entries(table).flatMap(([uri, others]) => others.map((other) => [other, uri] as const)))

/** The identifier under which an organisation is kept: its own, unless another collection has it too. */
export const keptAs = (uri: string): string => kept.get(uri) ?? uri
