/** Vocabularies and their concepts as rows. */
import type { LanguageLists, LanguageMap, SkosConcept } from '#codecs/skos/read-skos.ts'
import type { Note, Row } from '../../sources/source.ts'
import { idOf } from '../../identifier.ts'
import { cut, known, rowOf, unique } from '../../sources/row.ts'

export type VocabularyOf = {
  uri: string
  title: LanguageMap
  originalLanguage?: string
  description?: LanguageMap
  publisher?: string
  version?: string
  licence?: string
  url?: string
}

export type ConceptOf = {
  uri: string
  title: LanguageMap
  originalLanguage?: string
  otherLabels?: LanguageLists
  definition?: LanguageMap
  note?: LanguageMap
  notation?: string
  broader?: string[]
  related?: string[]
  matches?: string[]
  permits?: string[]
  requires?: string[]
  prohibits?: string[]
}

const isWeb = (uri: string) => /^https?:\/\//.test(uri)

export function vocabularyRow(
  place: string,
  { uri, title, originalLanguage, url, ...rest }: VocabularyOf,
  notes: Note[] = [],
): Row {
  const address = url ?? (isWeb(uri) ? uri : undefined)
  const body = known({ title, originalLanguage: originalLanguage ?? Object.keys(title)[0], ...rest, uri, url: address })
  return rowOf(place, { kind: 'vocabulary', identifier: uri, ...(address && { url: address }), body }, notes)
}

export function conceptRow(place: string, vocabulary: string, concept: ConceptOf, notes: Note[] = []): Row {
  const { uri, title, originalLanguage, broader = [], related = [], ...rest } = concept
  const body = known({
    title,
    originalLanguage: originalLanguage ?? Object.keys(title)[0],
    ...rest,
    uri,
    vocabulary: idOf(vocabulary),
    // Nothing is broader than itself, whatever a file says.
    broader: unique(broader.filter((one) => one !== uri).map(idOf)),
    related: unique(related.map(idOf)),
  })
  return rowOf(place, { kind: 'concept', identifier: uri, ...(isWeb(uri) && { url: uri }), body }, notes)
}

/** Indentation and doubled spaces are those of the file. */
const tidy = (text: string) =>
  text
    .replaceAll(/[^\S\n]+/g, ' ')
    .replaceAll(/ ?\n ?/g, '\n')
    .trim()

const shorten = (map: LanguageMap, length: number, notes: Note[]) =>
  Object.fromEntries(Object.entries(map).map(([tag, text]) => [tag, cut(tidy(text), length, notes)]))

/** A concept of SKOS; `@@@` is what some editors leave where words are still to come. */
export function skosConceptRow(place: string, vocabulary: string, concept: SkosConcept, notes: Note[] = []): Row {
  const told = (map: LanguageMap) =>
    Object.fromEntries(Object.entries(map).flatMap(([tag, text]) => (text === '@@@' ? [] : [[tag, tidy(text)]])))
  const tail = concept.uri.replace(/^.*[/#]/, '')
  const hasLabel = Object.keys(concept.prefLabel).length > 0
  const added: Note[] = [
    ...(hasLabel ? [] : [{ code: 'labelMissing' }]),
    ...(concept.inferredBroader.length > 0 ? [{ code: 'broaderFromNarrower' }] : []),
  ]
  const otherLabels = Object.fromEntries(
    Object.entries(concept.altLabel).map(([tag, labels]) => [
      tag,
      unique(labels.map((label) => tidy(label).slice(0, 500))).slice(0, 200),
    ]),
  )
  return conceptRow(
    place,
    vocabulary,
    {
      uri: concept.uri,
      ...(concept.prefLabel['en'] && { originalLanguage: 'en' }),
      title: hasLabel ? shorten(concept.prefLabel, 1_000, added) : { und: tail },
      otherLabels,
      definition: told(concept.definition),
      note: told(concept.note),
      ...(concept.notation && { notation: concept.notation.slice(0, 100) }),
      broader: concept.broader,
      related: concept.related,
      matches: concept.matches,
    },
    [...notes, ...added],
  )
}
