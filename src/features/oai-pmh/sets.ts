/** The sets that records are in: `kind.practice`, `area.open`, `collection.ror`, `country.KE`, `language.fr`. */
import { formatsIn } from '#kernel/i18n/format.ts'
import { fieldsOf } from '#records/field-plan.ts'
import type { Kind } from '#records/kind.ts'
import type { StoredRecord } from '#records/record.ts'
import type { Source } from '#records/sources/source.ts'
import { labelOf } from '#records/vocabularies/index.ts'

const asSpec = (name: string) => name.replaceAll(/[^\w\-.!~*'()]/g, '_')
/** Facets whose values are sets. */
const bySet = ['area', 'country', 'language'] as const

/** Records of some kinds serve the node and nobody else. */
export const isListed = ({ isAid, isOfNode }: Kind): boolean => !isAid && !isOfNode

export function setsOf(kind: Kind, { body, origin }: Pick<StoredRecord, 'body' | 'origin'>): string[] {
  const found = new Set([`kind.${kind.name}`])
  for (const { field, valuesIn } of fieldsOf(kind))
    if ((bySet as readonly string[]).includes(field.facet ?? ''))
      for (const value of valuesIn(body)) found.add(`${field.facet}.${asSpec(String(value))}`)
  const has = (facet: string) => [...found].some((set) => set.startsWith(`${facet}.`))
  if (!has('area') && kind.area !== 'clearing-house') found.add(`area.${kind.area}`)
  // What does not say its languages is in the one that it was written in.
  if (!has('language')) found.add(`language.${asSpec(body.originalLanguage)}`)
  if (origin?.collection) found.add(`collection.${asSpec(origin.collection)}`)
  return [...found].sort()
}

type Named = {
  kinds: ReadonlyMap<string, Kind>
  sources: ReadonlyMap<string, Pick<Source, 'title'>>
  nameOfKind: (kind: string) => string
}

/** Names of sets, in English as all of the protocol is. */
export function nameOfSet(spec: string, { sources, nameOfKind }: Named): string {
  const [facet = '', ...rest] = spec.split('.')
  const value = rest.join('.')
  switch (facet) {
    case 'kind':
      return nameOfKind(value)
    case 'area':
      return labelOf('areas', value, 'en')?.text ?? value
    case 'country':
      return labelOf('countries', value, 'en')?.text ?? value
    case 'language':
      return formatsIn('en').languageName(value)
    default:
      return sources.get(value)?.title ?? value
  }
}
