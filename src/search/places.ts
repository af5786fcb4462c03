/** Where the words of a question stand in a record. */
import type { Kind } from '#records/kind.ts'
import { fieldsOf } from '#records/field-plan.ts'
import type { StoredRecord } from '#records/record.ts'
import { analyse, gramMark, languageMark, nameMark, stemMark, valueMark } from './query/analysis.ts'
import type { ExplainedTerm } from './contract.ts'
import { labelledFacets } from './document.ts'

/** Adds to a term the fields in which it stands, and shows it without the index's own mark. */
export function placesOf(kind: Kind, { body }: Pick<StoredRecord, 'body'>) {
  const fields = fieldsOf(kind).flatMap(({ name, field, valuesIn }) => {
    // Neither labels nor the titles that links lead to are spelt out in the body.
    const isLabelled = labelledFacets.has(field.facet ?? '') || (field.type === 'link' && field.weight !== undefined)
    if (!field.weight && !isLabelled) return []
    const values = valuesIn(body)
    return values.length > 0
      ? [{ name: name.split('.')[0]!, terms: termsOf(values, body.originalLanguage), isLabelled }]
      : []
  })
  return ({ term, ...rest }: ExplainedTerm) => {
    if (term.startsWith(valueMark)) {
      const facet = term.slice(valueMark.length).split(':')[0]
      const places = fieldsOf(kind).flatMap(({ name, field }) => (field.facet === facet ? [name.split('.')[0]!] : []))
      return { ...rest, term: term.slice(term.indexOf(':') + 1), isStem: false, places: [...new Set(places)] }
    }
    // That a record is called so.
    if (term.startsWith(nameMark))
      return { ...rest, term: term.slice(nameMark.length), isStem: false, places: ['title'] }
    // That a record is in a language of the asker counts like a word.
    if (term.startsWith(languageMark)) {
      const language = term.slice(languageMark.length)
      return { ...rest, term: language, language, isStem: false, places: [] }
    }
    const holding = fields.filter(({ terms }) => terms.has(term)).map(({ name }) => name)
    // What stands nowhere else stands in what is not spelt out.
    const places = holding.length > 0 ? holding : fields.filter(({ isLabelled }) => isLabelled).map(({ name }) => name)
    const isStem = term.startsWith(stemMark)
    const shown = isStem || term.startsWith(gramMark) ? term.slice(1) : term
    return { ...rest, term: shown, isStem, places: [...new Set(places)] }
  }
}

function termsOf(values: readonly unknown[], language: string): Set<string> {
  const terms = new Set<string>()
  const add = (text: string, tag: string) => void analyse(text, tag, 0, (term) => terms.add(term))
  for (const value of values) {
    if (typeof value === 'string') add(value, language)
    else if (typeof value === 'object' && value)
      for (const [tag, texts] of Object.entries(value as Record<string, string | string[]>))
        for (const text of [texts].flat()) add(String(text), tag)
  }
  return terms
}
