import type { Folder } from '#kernel/folder.ts'
import type { Source, Row } from '#records/sources/source.ts'
import { licenceAt } from '#records/vocabularies/licence-names.ts'
import { known, refuse, rowOf } from '#records/sources/row.ts'
import { withoutMarks } from '#records/sources/mend.ts'
import { idOf } from '#records/identifier.ts'
import { readAsn, type AsnDocument, type AsnStatement } from '#codecs/asn/read-asn.ts'
import { levelsOfGrades } from './grades.ts'

const file = 'DC-science.json'

const topics: Record<string, string> = {
  Physics: '0533',
  Chemistry: '0531',
  Biology: '0511',
  'Environmental Science': '0521',
  'Earth Science': '0532',
}

function documentRow(document: AsnDocument): Row {
  const body = known({
    title: document.title,
    originalLanguage: Object.keys(document.title)[0],
    description: document.text,
    uri: document.uri,
    url: document.uri,
    publisher: document.publisher,
    licence: licenceAt(document.licence ?? ''),
    adoptionStatus: document.status,
    languages: Object.keys(document.title),
    subjects: ['05'],
    levels: levelsOfGrades(document.grades),
    audiences: ['learner', 'teacher'],
    countries: ['US'],
    createdOn: document.valid,
    areas: ['quality'],
  })
  return rowOf(`${file}#${document.uri}`, { kind: 'framework', identifier: document.uri, url: document.uri, body })
}

/** `PK.1. Broad Concept: …` and `3. Explain …`: the number that a statement begins with. */
/** A picture of a triangle stands for the sign of a change. */
const delta = /<img\b[^<>]*triangle\.gif[^<>]*>/gi

const codeOf = (text: string) => /^((?:PK|K|[A-Z]{1,2}|\d+)(?:\.[A-Z]?\d+)*)\.\s/.exec(text)?.[1]

function statementRow(
  statement: AsnStatement,
  place: string,
  framework: AsnDocument,
  parent: string | undefined,
  position: number,
): Row {
  const [language] = Object.keys(statement.text)
  if (!language) return refuse(place, 'titleMissing')
  const title = Object.fromEntries(
    Object.entries(statement.text).map(([tag, words]) => [tag, withoutMarks(words.replaceAll(delta, 'Δ'))]),
  )
  const body = known({
    title,
    originalLanguage: language,
    code: codeOf(title[language]!),
    uri: statement.uri,
    itemType: statement.children.length > 0 ? 'Strand' : 'Standard',
    framework: idOf(framework.uri),
    parent: parent && parent !== framework.uri ? idOf(parent) : undefined,
    position,
    gradesAtSource: statement.grades.join(', '),
    levels: levelsOfGrades(statement.grades),
    subjects: [...new Set(statement.topics.flatMap((topic) => topics[topic] ?? []))],
    matches: statement.identifiers,
    areas: ['quality'],
  })
  return rowOf(place, { kind: 'competency', identifier: statement.uri, url: statement.uri, body })
}

async function* read(folder: Folder): AsyncGenerator<Row> {
  const { document, statements } = readAsn(await folder.text(file))
  const parents = new Map<string, string>()
  const positions = new Map<string, number>()
  for (const { uri, children } of [document, ...statements])
    for (const [position, child] of children.entries()) {
      if (child === uri) continue
      if (!parents.has(child)) parents.set(child, uri)
      positions.set(child, position)
    }
  yield documentRow(document)
  for (const [index, statement] of statements.entries()) {
    const position = positions.get(statement.uri) ?? index
    yield statementRow(statement, `${file}#${statement.uri}`, document, parents.get(statement.uri), position)
  }
}

export const asnScience: Source = {
  name: 'asn-science',
  title: 'Science standards of the District of Columbia (Achievement Standards Network)',
  publisher: 'JES & Co., Achievement Standards Network',
  kinds: ['framework', 'competency'],
  folder: 'frameworks-asn',
  source: {
    address: 'https://github.com/SirFizX/standards-data',
    revision: '2f8f625e4d90',
    licence: 'https://creativecommons.org/licenses/by/3.0/us/',
    attribution: 'JES & Co., http://asn.jesandco.org/resources/D100035E, CC BY 3.0 US',
  },
  read,
}
