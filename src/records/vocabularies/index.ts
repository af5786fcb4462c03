/** The code lists that fields choose from: labels in six languages, what is broader, what a licence permits. */
import own from './own.json' with { type: 'json' }
import countries from './countries.json' with { type: 'json' }
import regions from './regions.json' with { type: 'json' }
import subjects from './subjects.json' with { type: 'json' }
import licences from './licences.json' with { type: 'json' }
import outcomeDomains from './outcome-domains.json' with { type: 'json' }
import ratings from './ratings.json' with { type: 'json' }
import submissionFields from './submission-fields.json' with { type: 'json' }

export type Term = Record<string, string | string[] | boolean>
export type CodeList = { title: Record<string, string>; terms: Record<string, Term> }

const lists: Record<string, CodeList> = {
  ...(own as Record<string, CodeList>),
  countries: countries as unknown as CodeList,
  regions: regions as unknown as CodeList,
  subjects: subjects as unknown as CodeList,
  licences: licences as unknown as CodeList,
  'outcome-domains': outcomeDomains,
  ratings,
  'submission-fields': submissionFields,
}

export const codeLists = (): [string, CodeList][] => Object.entries(lists)
export const codeList = (name: string): CodeList | undefined => (Object.hasOwn(lists, name) ? lists[name] : undefined)
export const termOf = (list: string, code: string): Term | undefined => {
  const terms = codeList(list)?.terms
  return terms && Object.hasOwn(terms, code) ? terms[code] : undefined
}

/** The label in the language asked for, else in English; `undefined` for an unknown code. */
export function labelOf(list: string, code: string, language: string): { text: string; language: string } | undefined {
  const term = termOf(list, code)
  const wanted = term?.[language] ?? term?.[language.split('-')[0]!]
  if (typeof wanted === 'string') return { text: wanted, language }
  const english = term?.en
  return typeof english === 'string' ? { text: english, language: 'en' } : undefined
}

/** The code and all that is broader than it, nearest first. */
export function withBroader(list: string, code: string): string[] {
  const found = [code]
  for (
    let at = termOf(list, code)?.$broader;
    typeof at === 'string' && !found.includes(at);
    at = termOf(list, at)?.$broader
  )
    found.push(at)
  return found
}

/** M49 regions that a country lies in, nearest first. */
export function regionsOf(country: string): string[] {
  const nearest = termOf('countries', country)?.$broader
  return typeof nearest === 'string' ? withBroader('regions', nearest) : []
}

/** The URI of a code: its own where the list gives one. */
export function uriOf(list: string, code: string): string {
  const own = termOf(list, code)?.$uri
  return typeof own === 'string' ? own : `https://w3id.org/qingdao/vocabularies/${list}/${encodeURIComponent(code)}`
}
