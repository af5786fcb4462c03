/** A framework published as SKOS: its scheme becomes a framework, its concepts competencies in the order of the file. */
import { Problem } from '#kernel/problem.ts'
import type { Note, Row } from '#records/sources/source.ts'
import { licenceAt } from '#records/vocabularies/licence-names.ts'
import { known, refuse, rowOf } from '#records/sources/row.ts'
import { idOf } from '#records/identifier.ts'
import { readSkos, type SkosConcept, type SkosScheme } from '#codecs/skos/read-skos.ts'

export type SkosFramework = {
  file: string
  base: string
  /** What the node knows and the file does not say. */
  framework: Record<string, unknown>
  /** The code of a concept, from its address or label. */
  codeOf(concept: SkosConcept): string | undefined
  /** Labels without the code that they begin with. */
  labelOf?(label: string): string
  levels?: string[]
}

const mapLabels = (labels: Record<string, string>, change: (label: string) => string) =>
  Object.fromEntries(Object.entries(labels).map(([tag, label]) => [tag, change(label)]))

function frameworkRow(
  { file, framework }: SkosFramework,
  scheme: SkosScheme,
  languages: string[],
  licence: string,
): Row {
  const notes: Note[] = scheme.licence ? [] : [{ code: 'licenceUnstated' }]
  const body = known({
    title: scheme.title,
    originalLanguage: languages[0],
    description: scheme.description,
    uri: scheme.uri,
    url: scheme.uri,
    licence: licenceAt(scheme.licence ?? '') ?? licence,
    languages,
    createdOn: scheme.created,
    ...framework,
  })
  return rowOf(file, { kind: 'framework', identifier: scheme.uri, url: scheme.uri, body }, notes)
}

/** `licence` is that of the repository, for files that state none. */
export function* skosFrameworkRows(options: SkosFramework, text: string, licence: string): Generator<Row> {
  const { schemes, concepts } = readSkos(text, options.base)
  const [scheme] = schemes
  if (!scheme) throw new Problem('invalid', { rule: 'concept-scheme', line: 1 })
  const languages = [...new Set(concepts.flatMap(({ prefLabel }) => Object.keys(prefLabel)))]
  yield frameworkRow(options, scheme, languages, licence)

  const byUri = new Map(concepts.map((concept) => [concept.uri, concept]))
  for (const [position, concept] of concepts.entries()) {
    const place = `${options.file}#${concept.uri.slice(options.base.length)}`
    if (Object.keys(concept.prefLabel).length === 0) {
      yield refuse(place, 'titleMissing')
      continue
    }
    const notes: Note[] = []
    const parent = concept.broader.find((uri) => uri !== concept.uri && byUri.has(uri))
    if (parent && concept.inferredBroader.includes(parent)) notes.push({ code: 'broaderFromNarrower' })
    const body = known({
      title: options.labelOf ? mapLabels(concept.prefLabel, options.labelOf) : concept.prefLabel,
      originalLanguage: Object.keys(concept.prefLabel)[0],
      code: options.codeOf(concept),
      uri: concept.uri,
      note: concept.definition,
      framework: idOf(scheme.uri),
      parent: parent && idOf(parent),
      related: concept.related.map(idOf),
      position,
      levels: options.levels,
      matches: concept.matches,
      areas: options.framework['areas'],
    })
    yield rowOf(place, { kind: 'competency', identifier: concept.uri, url: concept.uri, body }, notes)
  }
}
