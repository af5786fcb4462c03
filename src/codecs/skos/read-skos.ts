/** SKOS in Turtle → schemes and concepts. Labels are language maps; broader and narrower count in either direction. */
import type { InputLimits } from '#kernel/input-limits.ts'
import { readTurtle, type Term } from './read-turtle.ts'

export type LanguageMap = Record<string, string>
export type LanguageLists = Record<string, string[]>

export type SkosScheme = {
  uri: string
  title: LanguageMap
  description: LanguageMap
  licence?: string
  publisher?: string
  creator?: string
  created?: string
  modified?: string
}

export type SkosConcept = {
  uri: string
  /** A group of concepts that is none itself. */
  isCollection: boolean
  prefLabel: LanguageMap
  altLabel: LanguageLists
  definition: LanguageMap
  note: LanguageMap
  notation?: string
  broader: string[]
  /** Broader terms that are said only by their narrower direction. */
  inferredBroader: string[]
  /** In the order of the file. */
  narrower: string[]
  related: string[]
  matches: string[]
  inScheme: string[]
}

export type Skos = { schemes: SkosScheme[]; concepts: SkosConcept[] }

const skos = 'http://www.w3.org/2004/02/skos/core#'
const rdf = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'
const rdfs = 'http://www.w3.org/2000/01/rdf-schema#'
const dct = 'http://purl.org/dc/terms/'
/** The third is not Dublin Core's own address, but some files take it for that. */
const dc = [dct, 'http://purl.org/dc/elements/1.1/', 'http://dublincore.org/elements/1.1/']
const thesaurus = 'http://purl.org/iso25964/skos-thes#'

const conceptTypes = new Set([`${skos}Concept`, `${rdf}Property`, `${rdfs}Class`])
const collectionTypes = new Set([`${skos}Collection`, `${skos}OrderedCollection`, `${thesaurus}ConceptGroup`])

type Node = Map<string, Term[]>

const firstOf = (node: Node, predicates: readonly string[]) =>
  predicates.flatMap((predicate) => node.get(predicate) ?? [])
const dublin = (name: string) => dc.map((base) => base + name)
const uris = (node: Node, ...predicates: string[]) => [
  ...new Set(
    firstOf(node, predicates)
      .filter(({ termType }) => termType === 'NamedNode')
      .map(({ value }) => value),
  ),
]

/** Several texts in one language become paragraphs of one. */
function textsOf(terms: Term[], join?: string): LanguageMap {
  const map: LanguageMap = {}
  for (const { termType, value, language } of terms) {
    const text = value.trim()
    if (termType !== 'Literal' || !text) continue
    const tag = language || 'und'
    map[tag] =
      map[tag] === undefined ? text : join === undefined || map[tag].includes(text) ? map[tag] : map[tag] + join + text
  }
  return map
}

function listsOf(terms: Term[]): LanguageLists {
  const lists: LanguageLists = {}
  for (const { termType, value, language } of terms) {
    const text = value.trim()
    if (termType === 'Literal' && text)
      lists[language || 'und'] = [...new Set([...(lists[language || 'und'] ?? []), text])]
  }
  return lists
}

function schemeOf(uri: string, node: Node): SkosScheme {
  const one = (name: string) => firstOf(node, dublin(name))[0]?.value.trim()
  const [licence, publisher, creator, created, modified] = [
    'license',
    'publisher',
    'creator',
    'created',
    'modified',
  ].map(one)
  return {
    uri,
    title: textsOf([...firstOf(node, dublin('title')), ...firstOf(node, [`${skos}prefLabel`, `${rdfs}label`])]),
    description: textsOf(firstOf(node, dublin('description'))),
    ...(licence && { licence }),
    ...(publisher && { publisher }),
    ...(creator && { creator }),
    ...(created && { created }),
    ...(modified && { modified }),
  }
}

const matchKinds = ['exactMatch', 'closeMatch', 'broadMatch', 'narrowMatch', 'relatedMatch'].map((name) => skos + name)

function conceptOf(uri: string, node: Node): SkosConcept {
  const notation = node.get(`${skos}notation`)?.[0]?.value.trim()
  const types = uris(node, `${rdf}type`)
  return {
    uri,
    isCollection: types.some((type) => collectionTypes.has(type)) && !types.some((type) => conceptTypes.has(type)),
    prefLabel: textsOf(firstOf(node, [`${skos}prefLabel`, `${rdfs}label`])),
    altLabel: listsOf(firstOf(node, [`${skos}altLabel`])),
    definition: textsOf(firstOf(node, [`${skos}definition`, `${rdfs}comment`]), '\n\n'),
    note: textsOf(
      firstOf(
        node,
        ['scopeNote', 'note', 'example', 'historyNote'].map((name) => skos + name),
      ),
      '\n\n',
    ),
    ...(notation && { notation }),
    broader: uris(node, `${skos}broader`, `${thesaurus}superGroup`),
    inferredBroader: [],
    narrower: uris(node, `${skos}narrower`, `${thesaurus}subGroup`),
    related: uris(node, `${skos}related`),
    matches: uris(node, ...matchKinds),
    inScheme: uris(node, `${skos}inScheme`, `${skos}topConceptOf`),
  }
}

function completeBroader(concepts: SkosConcept[]): void {
  const byUri = new Map(concepts.map((concept) => [concept.uri, concept]))
  for (const concept of concepts) {
    for (const uri of concept.narrower) {
      const child = byUri.get(uri)
      if (child && !child.broader.includes(concept.uri)) {
        child.broader.push(concept.uri)
        child.inferredBroader.push(concept.uri)
      }
    }
  }
  for (const concept of concepts)
    for (const uri of concept.broader) {
      const parent = byUri.get(uri)
      if (parent && !parent.narrower.includes(concept.uri)) parent.narrower.push(concept.uri)
    }
}

/** `base` is what addresses such as `<1.1>` are relative to when the text does not say. @throws Problem as `readTurtle`. */
export function readSkos(text: string, base: string, limits: Partial<InputLimits> = {}): Skos {
  const nodes = new Map<string, Node>()
  for (const { subject, predicate, object } of readTurtle(text, base, limits)) {
    if (subject.termType !== 'NamedNode') continue
    let node = nodes.get(subject.value)
    if (!node) nodes.set(subject.value, (node = new Map()))
    const objects = node.get(predicate.value)
    if (objects) objects.push(object)
    else node.set(predicate.value, [object])
  }
  const schemes: SkosScheme[] = []
  const concepts: SkosConcept[] = []
  for (const [uri, node] of nodes) {
    const types = uris(node, `${rdf}type`)
    if (types.some((type) => conceptTypes.has(type) || collectionTypes.has(type))) concepts.push(conceptOf(uri, node))
    else if (types.includes(`${skos}ConceptScheme`) || firstOf(node, dublin('title')).length > 0)
      schemes.push(schemeOf(uri, node))
  }
  completeBroader(concepts)
  return { schemes, concepts }
}
