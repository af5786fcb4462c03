/** Records as schema.org JSON-LD (LRMI, AMB names for resources), from the `property` of each field. */
import type { Kind } from '#records/kind.ts'
import { fieldsOf, type FieldAt } from '#records/field-plan.ts'
import type { StoredRecord, Texts } from '#records/record.ts'
import { labelOf, uriOf } from '#records/vocabularies/index.ts'

type Json = Record<string, unknown>

export function toSchemaOrg(kind: Kind, record: StoredRecord, absolute: (path: string) => string): Json {
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
    ...creatorsOf(body),
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

/** Words that no person is called by: sources name makers without saying what they are. */
const isOrganisation =
  /\b(university|foundation|inc|ltd|gmbh|organi[sz]ation|ministry|projects?|team|volunteers?|schools?|college|institute|academy|media|tech|technologies|network|company|association|community|contributors|cent(?:re|er)|trust|library|press|group|society|folktales?|wiki\w*|without borders|documentation|tutorials?|channel|labs?|code|coding|programming|dev|developers?)\b/i

const toList = (value: unknown): unknown[] => (value === undefined ? [] : Array.isArray(value) ? value : [value])

const roleProperties: Record<string, string> = {
  author: 'creator',
  illustrator: 'illustrator',
  translator: 'translator',
  editor: 'editor',
  adapter: 'contributor',
  contributor: 'contributor',
}

function creatorsOf(body: StoredRecord['body']): Json {
  const creators = (body.creators ?? []) as { name: string; role: string }[]
  const named: Record<string, Json[]> = {}
  for (const { name, role } of creators)
    (named[roleProperties[role] ?? 'contributor'] ??= []).push({
      '@type': isOrganisation.test(name) ? 'Organization' : 'Person',
      name,
    })
  const authors = (body.authors ?? []) as { name: string; given?: string }[]
  if (authors.length > 0)
    named['author'] = authors.map(({ name, given }) =>
      given
        ? { '@type': 'Person', familyName: name, givenName: given, name: `${given} ${name}` }
        : { '@type': 'Organization', name },
    )
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
