/** Short texts come again and again (names of countries, types, levels), so what was made of them is kept. */
import { analyse, type Emit } from './analysis.ts'
import { boundedCache } from '#kernel/bounded-cache.ts'

type Analysis = { terms: string[]; at: number[]; length: number }

const longest = 80
const analyses = boundedCache<Analysis>(20_000)

function analysed(text: string, language: string): Analysis {
  const key = `${language}\0${text}`
  const known = analyses.get(key)
  if (known) return known
  const made: Analysis = { terms: [], at: [], length: 0 }
  made.length = analyse(text, language, 0, (term, at) => {
    made.terms.push(term)
    made.at.push(at)
  })
  analyses.set(key, made)
  return made
}

/** As `analyse`; worth it for texts that are likely to have been seen. */
export function analyseRepeated(text: string, language: string, position: number, emit: Emit): number {
  if (text.length > longest) return analyse(text, language, position, emit)
  const { terms, at, length } = analysed(text, language)
  for (let i = 0; i < terms.length; i++) emit(terms[i]!, position + at[i]!)
  return position + length
}
