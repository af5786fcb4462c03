/** The part of n3 that is used here; it ships no types. */
declare module 'n3' {
  export type Term = { termType: 'NamedNode' | 'BlankNode' | 'Literal' | string; value: string; language?: string }
  export type Quad = { subject: Term; predicate: Term; object: Term }
  export class Parser {
    constructor(options?: { format?: string; baseIRI?: string })
    parse(text: string): Quad[]
  }
}
