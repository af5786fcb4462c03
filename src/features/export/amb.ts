/**
 * Resources and courses in the AMB profile, “Allgemeines Metadatenprofil für Bildungsressourcen” (draft of
 * https://dini-ag-kim.github.io/amb/), valid against its JSON Schemas. What the profile has no term for is left out: it
 * stands in the schema.org form. A language without a code of two letters cannot be said, and a record whose own language
 * is one counts as English where no other of its languages can be.
 */
import type { Kind } from '#records/kind.ts'
import type { StoredRecord, Texts } from '#records/record.ts'
import { termOf, uriOf } from '#records/vocabularies/index.ts'
import { nameIn } from './citation.ts'
import { peopleOf, type Named, type Titles } from './people.ts'

export const ambProfile = 'https://w3id.org/kim/amb/'
export const ambType = `application/ld+json; profile="${ambProfile}"`

export const isInAmb = ({ amb }: Pick<Kind, 'amb'>): boolean => amb !== undefined

type Json = Record<string, unknown>
type Concept = { id: string; type: 'Concept'; prefLabel?: Texts }

const twoLetters = (tag: string): string | undefined => /^([a-z]{2})(?:-|$)/i.exec(tag)?.[1]?.toLowerCase()
const interfaceLanguages = ['en', 'fr', 'es', 'ru', 'zh', 'ar'] as const

/** A vocabulary, and the terms of the profile that stand for its codes, where the profile has its own. */
type ConceptList = { vocabulary: string; namespace?: string; terms?: Readonly<Record<string, string>> }
const known = new WeakMap<ConceptList, Map<string, Concept>>()
/** Vocabularies are small and shipped, so each concept is made once; codes that they do not have come from records, without end. */
function concept(list: ConceptList, code: string): Concept {
  const before = known.get(list)?.get(code)
  if (before) return before
  const term = list.terms?.[code]
  const made = newConcept(
    list.vocabulary,
    code,
    term === undefined ? uriOf(list.vocabulary, code) : `${list.namespace}${term}`,
  )
  if (made.prefLabel) known.set(list, (known.get(list) ?? new Map<string, Concept>()).set(code, made))
  return made
}
function newConcept(list: string, code: string, id: string): Concept {
  const term = termOf(list, code) as Record<string, unknown> | undefined
  const known = interfaceLanguages.flatMap((tag) => (typeof term?.[tag] === 'string' ? [[tag, term[tag]]] : []))
  return { id, type: 'Concept', ...(known.length > 0 && { prefLabel: Object.fromEntries(known) as Texts }) }
}

/** schema.org types that stand beside `LearningResource`, by types of HCRT and by our own. */
const schemaTypes: Readonly<Record<string, string>> = { book: 'Book', video: 'VideoObject', course: 'Course' }

/** ISCED levels as the profile’s own vocabulary has them; of others it has none that mean the same. */
const levels = {
  vocabulary: 'levels',
  namespace: 'https://w3id.org/kim/educationalLevel/level_',
  terms: { 0: '0', 1: '1', 2: '2', 3: '3', 6: '06', 7: '07', 8: '08' } as Record<string, string>,
}
/** LRMI’s vocabulary of audiences. */
const audiences: ConceptList = {
  vocabulary: 'audiences',
  namespace: 'http://purl.org/dcx/lrmi-vocabs/educationalAudienceRole/',
  terms: {
    learner: 'student',
    teacher: 'teacher',
    parent: 'parent',
    administrator: 'administrator',
    public: 'generalPublic',
  },
}
const subjects: ConceptList = { vocabulary: 'subjects' }
const resourceTypes: ConceptList = { vocabulary: 'resource-types' }
/** Broad fields of ISCED-F 2013 as groups of the German classification of subjects, which the profile asks for one of. */
const subjectGroups: readonly [beginning: string, group: string][] = [
  ['021', 'n9'],
  ['02', 'n1'],
  ['01', 'n3'],
  ['03', 'n3'],
  ['04', 'n3'],
  ['05', 'n4'],
  ['06', 'n8'],
  ['07', 'n8'],
  ['08', 'n7'],
  ['09', 'n5'],
]
const access: Readonly<Record<string, string>> = { free: 'no_login', 'free-registration': 'login' }

/** The licences that the profile knows, by addresses of those who wrote them. */
function licenceOf(code: string): string | undefined {
  const address = uriOf('licences', code)
  if (/^https?:\/\/creativecommons\.org\/(?:licenses|publicdomain)\//.test(address)) return address
  const gnu = /^(AGPL|LGPL|GPL)-(\d\.\d)/.exec(code)
  if (gnu) return `https://www.gnu.org/licenses/${gnu[1]!.toLowerCase()}-${gnu[2]}.html`
  if (code.startsWith('GFDL')) return 'https://www.gnu.org/licenses/fdl.html'
  if (code === 'Apache-2.0') return 'https://www.apache.org/licenses/LICENSE-2.0'
  if (code === 'MIT') return 'https://opensource.org/licenses/MIT'
  return code.startsWith('BSD-') ? `https://www.opensource.org/licenses/${code}` : undefined
}

const aboutOf = (codes: readonly string[]): Concept[] => {
  const groups = codes.flatMap((code) => subjectGroups.find(([beginning]) => code.startsWith(beginning))?.[1] ?? [])
  if (groups.length === 0) return []
  return [
    ...[...new Set(groups)].map((group): Concept => ({
      id: `https://w3id.org/kim/hochschulfaechersystematik/${group}`,
      type: 'Concept',
    })),
    ...codes.map((code) => concept(subjects, code)),
  ]
}

/** Where nobody can say whether a name is a person’s, it counts as one: most are, and the profile knows no third. */
const agent = ({ name, sort, orcid }: Named): Json => ({
  ...(orcid && { id: `https://orcid.org/${orcid}` }),
  type: sort === 'group' ? 'Organization' : 'Person',
  name: nameIn(name, 'given'),
})

const isWholeDate = (date: unknown): date is string => typeof date === 'string' && /^\d{4}-\d\d-\d\d$/.test(date)
const asUri = (address: string) => URL.parse(address)?.href

/** What is a list is left out where it is empty, as the schemas ask. */
function told(properties: Json): Json {
  const said: Json = {}
  for (const name in properties) {
    const value = properties[name]
    if (value !== undefined && !(Array.isArray(value) && value.length === 0)) said[name] = value
  }
  return said
}

type Words = Record<string, string[]>
type AmbBody = StoredRecord['body'] & {
  description?: Texts
  keywords?: Words
  languages?: string[]
  levels?: string[]
  audiences?: string[]
  subjects?: string[]
}
type Node = { absolute: (path: string) => string; site: { name: string }; titles?: Titles }

export function toAmb({ absolute, site, titles }: Node, kind: Kind, record: StoredRecord): Json {
  const body = record.body as AmbBody
  const { title, originalLanguage } = body
  const languages = [...new Set((body.languages ?? []).flatMap((tag) => twoLetters(tag) ?? []))]
  const spoken = Object.keys(title).find((tag) => tag === originalLanguage && twoLetters(tag))
  const chosen = spoken ?? Object.keys(title).find((tag) => twoLetters(tag)) ?? originalLanguage
  const inChosen = <Text>(texts: Readonly<Record<string, Text>> | undefined): Text | undefined =>
    texts?.[chosen] ?? texts?.[originalLanguage] ?? Object.values(texts ?? {})[0]
  const here = absolute(`/records/${record.id}`)
  const type = kind.amb?.type ?? String(body.type)
  const hcrt = kind.amb?.type ?? kind.amb?.typeOf?.[type] ?? 'other'
  const licence = typeof body.licence === 'string' ? licenceOf(body.licence) : undefined
  const publisher = body.publisher ?? body.provider
  const people = peopleOf(kind, body, titles)
  const isAuthor = ({ role }: Named) => role === 'author'
  return told({
    '@context': [
      'https://w3id.org/kim/amb/context.jsonld',
      { '@language': twoLetters(chosen) ?? languages[0] ?? 'en' },
    ],
    id: (typeof body.url === 'string' && asUri(body.url)) || here,
    type: ['LearningResource', ...(schemaTypes[type] ? [schemaTypes[type]] : [])],
    name: inChosen(title),
    description: inChosen(body.description),
    creator: people.filter(isAuthor).map(agent),
    contributor: people.filter((one) => !isAuthor(one)).map(agent),
    about: aboutOf(body.subjects ?? []),
    keywords: inChosen(body.keywords) ?? [],
    inLanguage: languages,
    license: licence && { id: licence },
    audience: (body.audiences ?? []).map((code) => concept(audiences, code)),
    educationalLevel: (body.levels ?? []).flatMap((code) => (levels.terms[code] ? concept(levels, code) : [])),
    learningResourceType: [
      { id: `https://w3id.org/kim/hcrt/${hcrt}`, type: 'Concept' },
      ...(body.type ? [concept(resourceTypes, type)] : []),
    ],
    publisher: typeof publisher === 'string' ? [{ type: 'Organization', name: publisher }] : [],
    datePublished: isWholeDate(body.publishedOn) ? body.publishedOn : undefined,
    dateModified: isWholeDate(body.modifiedOn) ? body.modifiedOn : undefined,
    isAccessibleForFree: body.access && access[String(body.access)] ? true : undefined,
    conditionsOfAccess:
      body.access && access[String(body.access)]
        ? { id: `http://w3id.org/kim/conditionsOfAccess/${access[String(body.access)]}`, type: 'Concept' }
        : undefined,
    isBasedOn: typeof body.basedOn === 'string' ? [{ id: absolute(`/records/${body.basedOn}`) }] : [],
    mainEntityOfPage: [
      {
        id: here,
        type: 'WebContent',
        provider: { id: absolute('/'), type: 'Service', name: site.name },
        dateCreated: record.createdAt,
        dateModified: record.changedAt,
      },
    ],
  })
}

const conceptTexts = new WeakMap<object, string>()
/** Concepts have labels in many languages, which are most of a record’s text; those that are kept are written once. */
function conceptText(one: object): string {
  const before = conceptTexts.get(one)
  if (before !== undefined) return before
  const text = JSON.stringify(one)
  if ('prefLabel' in one) conceptTexts.set(one, text)
  return text
}

/** The same text as `JSON.stringify` makes of what `toAmb` answers, faster: harvesters ask for many thousands. */
export function writeAmb(amb: Json): string {
  let written = ''
  for (const name in amb) {
    const value = amb[name]
    const text = hasConcepts.has(name) ? `[${(value as object[]).map(conceptText).join(',')}]` : JSON.stringify(value)
    written += `${written && ','}"${name}":${text}`
  }
  return `{${written}}`
}
const hasConcepts = new Set(['about', 'audience', 'educationalLevel', 'learningResourceType'])
