/** Stand-in until the lexicon is merged. */
export type Lexicon = { size: number }
export const lexiconOf = (concepts: Iterable<{ id: string; body: unknown }>): Lexicon => ({
  size: [...concepts].length,
})
export type NamedValue = { facet: string; value: string; typed: string; rest: string }
export const namedValues = (_lexicon: Lexicon, _text: string, _languages: string[]): NamedValue[] => []
