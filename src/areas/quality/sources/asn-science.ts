import type { Folder } from '#kernel/folder.ts'
import type { Source, Note, Row, Told } from '#records/sources/source.ts'
import { licenceAt } from '#records/vocabularies/licence-names.ts'
import { known, oneLine, refuse, rowOf, rowsOfFiles } from '#records/sources/row.ts'
import { codeNamed } from '#records/vocabularies/names.ts'

import { idOf } from '#records/identifier.ts'
import { readAsn, type AsnDocument, type AsnStatement } from '#codecs/asn/read-asn.ts'
import { levelsOfGrades } from './grades.ts'
import { statementOf, textsOf } from './statement.ts'
import { subjectsNamed } from './subjects.ts'

/** Jurisdictions of ASN are states of the United States by their postal code, or countries. */
const states = new Set(
  (
    'AL AK AS AZ AR CA CO CT DE DC FL GA GU HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND MP OH ' +
    'OK OR PA PR RI SC SD TN TX UT VT VA VI WA WV WI WY'
  ).split(' '),
)
const countryOf = (jurisdiction: string | undefined) => {
  if (!jurisdiction) return undefined
  return states.has(jurisdiction) ? 'US' : codeNamed('countries', jurisdiction)
}

function documentRow(file: string, document: AsnDocument, told: Told): Row {
  const notes: Note[] = []
  const licence = told.licence ?? licenceAt(document.licence ?? '')
  if (!licence)
    notes.push(
      document.licence
        ? { code: 'licenceUnknown', values: { licence: document.licence.slice(0, 100) } }
        : { code: 'licenceUnstated' },
    )
  const country = countryOf(document.jurisdiction)
  const body = known({
    title: document.title,
    originalLanguage: Object.keys(document.title)[0],
    description: structured(document.text),
    uri: document.uri,
    url: document.uri,
    publisher: told.publisher ?? document.publisher,
    licence,
    adoptionStatus: document.status,
    languages: Object.keys(document.title),
    subjects: [...(told.subjects ?? subjectsNamed(document.subjects, notes))],
    levels: levelsOfGrades(document.grades),
    audiences: ['learner', 'teacher'],
    countries: country ? [country] : undefined,
    createdOn: document.valid,
    areas: ['quality'],
  })
  return rowOf(
    `${file}#${document.uri}`,
    { kind: 'framework', identifier: document.uri, url: document.uri, body },
    notes,
  )
}

const structured = (texts: Record<string, string>) =>
  Object.assign({}, ...Object.entries(texts).map(([language, text]) => textsOf(language, text))) as Record<
    string,
    string
  >

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
  const told = Object.entries(statement.text).map(
    ([tag, words]) => [tag, statementOf(words.replaceAll(delta, 'Δ'))] as const,
  )
  const title = Object.fromEntries(told.map(([tag, { title: words }]) => [tag, words]))
  if (!title[language]) return refuse(place, 'titleMissing')
  const body = known({
    title,
    originalLanguage: language,
    code: statement.notation ?? codeOf(oneLine(statement.text[language])),
    note: Object.fromEntries(told.flatMap(([tag, { whole }]) => (whole ? [[tag, whole]] : []))),
    uri: statement.uri,
    itemType: statement.children.length > 0 ? 'Strand' : 'Standard',
    framework: idOf(framework.uri),
    parent: parent && parent !== framework.uri ? idOf(parent) : undefined,
    position,
    gradesAtSource: statement.grades.join(', '),
    levels: levelsOfGrades(statement.grades),
    subjects: subjectsNamed(statement.topics, []),
    matches: statement.identifiers,
    areas: ['quality'],
  })
  return rowOf(place, { kind: 'competency', identifier: statement.uri, url: statement.uri, body })
}

function* rowsOf(file: string, text: string, told: Told): Generator<Row> {
  const { document, statements } = readAsn(text)
  const parents = new Map<string, string>()
  const positions = new Map<string, number>()
  for (const { uri, children } of [document, ...statements])
    for (const [position, child] of children.entries()) {
      if (child === uri) continue
      if (!parents.has(child)) parents.set(child, uri)
      positions.set(child, position)
    }
  yield documentRow(file, document, told)
  for (const [index, statement] of statements.entries()) {
    const position = positions.get(statement.uri) ?? index
    yield statementRow(statement, `${file}#${statement.uri}`, document, parents.get(statement.uri), position)
  }
}

async function* read(folder: Folder, told: Told = {}): AsyncGenerator<Row> {
  yield* rowsOfFiles(folder, await folder.names(), (file, text) => rowsOf(file, text, told))
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
  expects: 'RDF/JSON: http://purl.org/ASN/schema/core/StandardDocument, …',
  whole: { of: 'framework' },
  recognise: (name, head) =>
    /(?:^|\/)DC-science\.json$/.test(name) || (/^\s*\{/.test(head) && /purl\.org\\?\/ASN\\?\//.test(head))
      ? name
      : undefined,
  read,
}
