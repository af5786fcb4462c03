/** Records as schema.org JSON-LD (LRMI, AMB names for resources), from the `property` of each field. */
import type { Kind } from '#records/kind.ts'
import { fieldsOf, type FieldAt } from '#records/field-plan.ts'
import type { StoredRecord, Texts } from '#records/record.ts'
import { labelOf, uriOf } from '#records/vocabularies/index.ts'
import { nameIn } from './citation.ts'
import { peopleOf, type Titles } from './people.ts'

/** The profile of a record as JSON-LD where none other is asked for (RFC 6906). */
export const schemaOrgProfile = 'https://schema.org/'
export const schemaOrgType = `application/ld+json; profile="${schemaOrgProfile}"`

type Json = Record<string, unknown>

export function toSchemaOrg(
  kind: Kind,
  record: StoredRecord,
  absolute: (path: string) => string,
  titles?: Titles,
): Json {
  const { body } = record
  const properties: Json = {}
  for (const at of fieldsOf(kind)) {
    const { property } = at.field
    const values = property ? at.valuesIn(body).flatMap((value) => valueOf(at, value, absolute)) : []
    if (property && values.length) properties[property] = [...((properties[property] as unknown[]) ?? []), ...values]
  }
  return {
    '@context': ['https://schema.org/', { '@language': body.originalLanguage }],
    '@type': kind.schemaType,
    '@id': absolute(`/records/${record.id}`),
    ...Object.fromEntries(
      Object.entries(properties).map(([name, values]) => [
        name,
        (values as unknown[]).length === 1 ? (values as unknown[])[0] : values,
      ]),
    ),
    ...peopleNamed(kind, body, absolute, titles),
    ...kind.schemaOrg?.(body),
    ...(record.origin?.url && { sameAs: [...new Set([...toList(properties.sameAs), record.origin.url])] }),
    mainEntityOfPage: {
      '@type': 'WebPage',
      '@id': absolute(`/records/${record.id}`),
      dateCreated: record.createdAt,
      dateModified: record.changedAt,
      version: record.revision,
    },
  }
}

const toList = (value: unknown): unknown[] => (value === undefined ? [] : Array.isArray(value) ? value : [value])

const sorts = { person: 'Person', group: 'Organization' } as const

/** Who is named, as what is known of them: a name of which nobody can say whose it is has no type. */
function peopleNamed(
  kind: Kind,
  body: StoredRecord['body'],
  absolute: (path: string) => string,
  titles?: Titles,
): Json {
  const named: Record<string, Json[]> = {}
  for (const { name, role, sort, orcid, address, isCreator } of peopleOf(kind, body, titles)) {
    const property = role === 'author' && isCreator ? 'creator' : role
    ;(named[property] ??= []).push({
      ...(sort && { '@type': sorts[sort] }),
      ...(orcid && { '@id': `https://orcid.org/${orcid}` }),
      ...(address && { '@id': absolute(`/records/${address}`) }),
      name: nameIn(name, 'given'),
      ...('family' in name && { familyName: name.family, givenName: name.given }),
    })
  }
  return named
}

function valueOf({ field }: FieldAt, value: unknown, absolute: (path: string) => string): unknown[] {
  switch (field.type) {
    case 'text':
      return Object.entries(value as Texts).map(([language, text]) => ({ '@language': language, '@value': text }))
    case 'words':
      return Object.entries(value as Record<string, string[]>).flatMap(([language, all]) =>
        all.map((text) => ({ '@language': language, '@value': text })),
      )
    case 'choice':
      return [concept(field.vocabulary!, String(value))]
    case 'link':
      return [{ '@id': absolute(`/records/${String(value)}`) }]
    case 'money': {
      const { amount, currency } = value as { amount: number; currency: string }
      return [{ '@type': 'MonetaryAmount', value: amount, currency }]
    }
    default:
      return [value]
  }
}

function concept(list: string, code: string): unknown {
  if (list === 'licences') return uriOf(list, code)
  if (list === 'accessibility') return code
  const name = labelOf(list, code, 'en')?.text ?? code
  if (list === 'countries') return { '@type': 'Country', name, identifier: code }
  return { '@type': 'DefinedTerm', '@id': uriOf(list, code), name, termCode: code }
}
