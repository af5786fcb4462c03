import type { ParsedQuery } from './contract.ts'
import type { Lexicon } from './lexicon.ts'
import { parseQuery } from './query.ts'
export const understand = (
  text: string,
  languages: string[],
  _options: { lexicon?: Lexicon; exact?: boolean; broaden?: boolean },
): ParsedQuery => parseQuery(text, languages)
