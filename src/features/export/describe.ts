/**
 * Records as catalogues describe resources: the one place that says which field becomes which term. It is read from the
 * schema.org `property` of each field, so a new kind needs nothing here; Dublin Core, MODS, DataCite and LOM are written of it.
 */
import type { Agent, Description, GeneralType, InLanguage, Term } from '#codecs/metadata/description.ts'
import { fieldsOf, type FieldAt } from '#records/field-plan.ts'
import type { Kind } from '#records/kind.ts'
import type { StoredRecord, Texts } from '#records/record.ts'
import { labelOf, uriOf } from '#records/vocabularies/index.ts'
import { nameIn } from './citation.ts'
import { peopleOf, type Named, type Titles } from './people.ts'

/** What texts, terms and links of a property are in a description. */
const texts: Readonly<Record<string, 'alternatives' | 'abstracts' | 'keywords'>> = {
  alternateName: 'alternatives',
  description: 'abstracts',
  abstract: 'abstracts',
  reviewBody: 'abstracts',
  text: 'abstracts',
  keywords: 'keywords',
}
const terms: Readonly<Record<string, 'subjects' | 'places' | 'audiences' | 'levels' | 'resourceTypes'>> = {
  about: 'subjects',
  spatialCoverage: 'places',
  audience: 'audiences',
  educationalLevel: 'levels',
  learningResourceType: 'resourceTypes',
}
const lists: Readonly<
  Record<string, 'publishers' | 'languages' | 'identifiers' | 'addresses' | 'formats' | 'periods' | 'rights'>
> = {
  publisher: 'publishers',
  provider: 'publishers',
  inLanguage: 'languages',
  identifier: 'identifiers',
  url: 'addresses',
  sameAs: 'addresses',
  encodingFormat: 'formats',
  temporalCoverage: 'periods',
  creditText: 'rights',
}
const dates: Readonly<Record<string, 'issued' | 'created' | 'modified'>> = {
  datePublished: 'issued',
  legislationDate: 'issued',
  startDate: 'created',
  dateCreated: 'created',
  foundingDate: 'created',
  dateModified: 'modified',
  legislationDateVersion: 'modified',
}
const relations: Readonly<Record<string, Description['relations'][number]['relation']>> = {
  isBasedOn: 'isVersionOf',
  inDefinedTermSet: 'isPartOf',
}
/** Links of these properties lead to organisations that publish. */
const publishing = new Set(['publisher', 'provider'])

const generalTypes: Readonly<Record<string, GeneralType>> = {
  Dataset: 'dataset',
  Observation: 'dataset',
  StatisticalVariable: 'dataset',
  SoftwareApplication: 'software',
  WebApplication: 'software',
  SoftwareSourceCode: 'software',
  VideoObject: 'video',
  ImageObject: 'image',
  Collection: 'collection',
  DefinedTermSet: 'collection',
  Organization: 'other',
  Person: 'other',
  MonetaryGrant: 'other',
  Event: 'event',
}

export type DescribeOptions = {
  absolute: (path: string) => string
  /** Name of the node. */
  provider: string
  /** What the kind is called, such as “Practice”. */
  typeName: string
  /** Names of organisations that the record links to. */
  titles?: Titles
}

type Step = (into: Description, value: unknown, options: DescribeOptions) => void

/** What to do with the values of each field that says something; worked out once for each kind. */
const plans = new WeakMap<object, { at: FieldAt; step: Step }[]>()

function planOf(kind: Kind): { at: FieldAt; step: Step }[] {
  const known = plans.get(kind.body)
  if (known) return known
  const made = fieldsOf(kind).flatMap((at) => {
    const step = stepOf(at)
    return step ? [{ at, step }] : []
  })
  plans.set(kind.body, made)
  return made
}

function stepOf({ name, field }: FieldAt): Step | undefined {
  const { property = '', type } = field
  if (name === 'title') return (into, value) => void into.titles.push(...inLanguages(value as Texts))
  if (type === 'link') {
    const relation = relations[property] ?? 'references'
    return (into, value, { absolute, titles }) => {
      const id = String(value)
      const publisher = publishing.has(property) ? titles?.get(id) : undefined
      if (publisher) into.publishers.push(publisher)
      into.relations.push({ relation, address: absolute(`/records/${id}`) })
    }
  }
  if (property === 'license')
    return (into, value) => {
      into.licence ??= field.vocabulary ? uriOf(field.vocabulary, String(value)) : String(value)
    }
  if (property === 'conditionsOfAccess') return (into, value) => void (into.isFree = String(value).startsWith('free'))
  if (property === 'version') return (into, value) => void (into.version ??= String(value))
  const text = texts[property]
  if (text) return textStep(text, type)
  const term = terms[property]
  if (term && field.vocabulary) {
    const { vocabulary } = field
    return (into, value) => void into[term].push(termOf(vocabulary, String(value)))
  }
  const list = lists[property]
  if (list) return (into, value) => void into[list].push(...plainTexts(value))
  const date = dates[property]
  return date && ((into, value) => void (into[date] ??= String(value)))
}

function textStep(place: 'alternatives' | 'abstracts' | 'keywords', type: FieldAt['field']['type']): Step | undefined {
  if (type === 'text') return (into, value) => void into[place].push(...inLanguages(value as Texts))
  if (type === 'words')
    return (into, value) => {
      for (const [language, all] of Object.entries(value as Record<string, string[]>))
        for (const one of all) into[place].push({ text: one, language })
    }
  return (into, value) => void into[place].push(...plainTexts(value).map((one) => ({ text: one })))
}

const inLanguages = (value: Texts): InLanguage[] =>
  Object.entries(value).map(([language, one]) => ({ text: one, language }))
const plainTexts = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  if (typeof value === 'number') return [String(value)]
  return typeof value === 'object' && value !== null
    ? Object.values(value as Texts)
        .flat()
        .map(String)
    : []
}

const known = new Map<string, Term>()
/** Vocabularies are small and shipped, so each term is made once. */
function termOf(vocabulary: string, code: string): Term {
  const key = `${vocabulary}/${code}`
  const before = known.get(key)
  if (before) return before
  const label = labelOf(vocabulary, code, 'en')
  const made = {
    text: label?.text ?? code,
    ...(label && { language: 'en' }),
    uri: uriOf(vocabulary, code),
    code,
    vocabulary,
  }
  // Codes of open lists come from records, of which there is no end.
  if (label) known.set(key, made)
  return made
}

const agentOf = ({ name, role, sort, orcid }: Named): Agent => ({
  name: nameIn(name, 'given'),
  ...('family' in name && { family: name.family, given: name.given }),
  role,
  ...(sort && { sort }),
  ...(orcid && { orcid }),
})

/** The organisations whose names stand in descriptions of these records, beside those of citations. */
export const publishersIn = (kind: Kind, body: StoredRecord['body']): string[] =>
  linksOfPublishers(kind).flatMap(({ valuesIn }) => valuesIn(body).map(String))

const publisherLinks = new WeakMap<object, FieldAt[]>()
function linksOfPublishers(kind: Kind): FieldAt[] {
  const known = publisherLinks.get(kind.body)
  if (known) return known
  const made = fieldsOf(kind).filter(({ field }) => field.type === 'link' && publishing.has(field.property ?? ''))
  publisherLinks.set(kind.body, made)
  return made
}

export function describe(kind: Kind, record: StoredRecord, options: DescribeOptions): Description {
  const { body, origin } = record
  const description: Description = {
    address: options.absolute(`/records/${record.id}`),
    titles: [],
    alternatives: [],
    agents: peopleOf(kind, body, options.titles).map(agentOf),
    publishers: [],
    provider: options.provider,
    abstracts: [],
    subjects: [],
    keywords: [],
    type: options.typeName,
    generalType: generalTypes[kind.schemaType] ?? 'text',
    resourceTypes: [],
    formats: [],
    languages: [],
    describedIn: body.originalLanguage,
    identifiers: [],
    addresses: [],
    rights: [],
    relations: [],
    places: [],
    audiences: [],
    levels: [],
    periods: [],
    describedAt: record.createdAt,
    changedAt: record.changedAt,
  }
  for (const { at, step } of planOf(kind)) for (const value of at.valuesIn(body)) step(description, value, options)
  // The title as it was written comes before those that were translated.
  if (description.titles.length > 1)
    description.titles.sort(
      (a, b) => Number(b.language === body.originalLanguage) - Number(a.language === body.originalLanguage),
    )
  if (origin?.url) description.relations.push({ relation: 'source', address: origin.url })
  return description
}
