/** A resource as catalogues describe one, whatever format it is then written in (terms of DCMI Metadata Terms). */

/** A text and its language as a BCP 47 tag. */
export type InLanguage = { text: string; language?: string }

export type Agent = {
  /** As it is read: given name first. */
  name: string
  family?: string
  given?: string
  role: 'author' | 'editor' | 'translator' | 'illustrator' | 'contributor'
  /** Missing where nobody can say whether it is a person. */
  sort?: 'person' | 'group'
  orcid?: string
}

/** A term of a vocabulary. */
export type Term = InLanguage & { uri: string; code: string; vocabulary: string }

/** What a resource is in a few words: DCMI Type, MODS `typeOfResource`, DataCite `resourceTypeGeneral`. */
export type GeneralType = 'text' | 'dataset' | 'software' | 'video' | 'image' | 'collection' | 'event' | 'other'

export type Relation = 'isVersionOf' | 'isPartOf' | 'references' | 'source'

export type Description = {
  /** Its address at the provider, which is an identifier of it. */
  address: string
  titles: InLanguage[]
  alternatives: InLanguage[]
  agents: Agent[]
  publishers: string[]
  /** Who publishes the description, where no publisher is known. */
  provider: string
  abstracts: InLanguage[]
  subjects: Term[]
  keywords: InLanguage[]
  /** What sort of record it is, in words of the provider, and in general. */
  type: string
  generalType: GeneralType
  /** Types of learning resource. */
  resourceTypes: Term[]
  formats: string[]
  /** Languages of the resource, BCP 47. */
  languages: string[]
  /** Language of the description, BCP 47. */
  describedIn: string
  /** DOI and other identifiers, as written. */
  identifiers: string[]
  /** Web addresses of the resource itself. */
  addresses: string[]
  /** Address or name of a licence; what is said of rights in words. */
  licence?: string
  rights: string[]
  /** Whether anybody can reach it without paying. */
  isFree?: boolean
  relations: { relation: Relation; address: string }[]
  places: Term[]
  audiences: Term[]
  levels: Term[]
  /** Days, months or years (W3CDTF). */
  issued?: string
  created?: string
  modified?: string
  periods: string[]
  version?: string
  /** When the description was made and last changed, ISO 8601. */
  describedAt: string
  changedAt: string
}

/** `10.1234/abc` of a DOI in any of its usual forms. */
export const doiIn = (identifier: string): string | undefined =>
  /^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:\s*)?(10\.\d{4,9}\/\S+)$/i.exec(identifier.trim())?.[1]

/** The first year that a date names. */
export const yearOf = (date: string | undefined): string | undefined => /^\d{4}/.exec(date ?? '')?.[0]
