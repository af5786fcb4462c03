import type { Folder } from '#kernel/folder.ts'
import type { Source, Note, Row, Told } from '#records/sources/source.ts'
import { isLanguageTag, languageTag } from '#records/sources/language-tag.ts'
import { known, refuse, rowOf, rowsOfFiles, unique } from '#records/sources/row.ts'
import { codeNamed } from '#records/vocabularies/names.ts'
import { licenceAt, licenceNamed } from '#records/vocabularies/licence-names.ts'
import { idOf } from '#records/identifier.ts'
import { readCase, type CaseAssociation, type CaseItem, type CasePackage } from '#codecs/case/read-case.ts'
import { levelsOfGrades } from './grades.ts'
import { toldOf } from './known-frameworks.ts'
import { statementOf, textsOf } from './statement.ts'
import { subjectsNamed } from './subjects.ts'

const gradesOf = (item: CaseItem) =>
  (item.grades ?? '')
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((grade) => grade.replace(/^0(?=\d)/, ''))

/** The server put its own address before addresses of others. */
const mendUri = (uri: string) => uri.replace(/^https?:\/\/[^/]+\/uri\/(?=https?:\/\/)/, '')

function licenceOf(written: string | undefined, notes: Note[]): string | undefined {
  if (!written) return undefined
  const code = licenceAt(written) ?? licenceNamed(written) ?? codeNamed('licences', written)
  if (!code) notes.push({ code: 'licenceUnknown', values: { licence: written.slice(0, 100) } })
  return code
}

/** What the document says goes before what is known of it; what a person says of the file, before both. */
function documentRow(
  file: string,
  { document, items }: CasePackage,
  told: Told,
  subjects: string[],
  unnamed: Note[],
): Row {
  const language = languageTag(document.language ?? items[0]?.language ?? 'en')
  const notes: Note[] = [...unnamed, ...(document.language ? [] : [{ code: 'languageUnstated', values: { language } }])]
  const licence = told.licence ?? licenceOf(document.licence, notes)
  if (!licence && !document.licence) notes.push({ code: 'licenceUnstated' })
  const body = known({
    title: { [language]: document.title },
    originalLanguage: language,
    description: textsOf(language, document.description),
    uri: document.uri,
    publisher: told.publisher ?? document.publisher ?? document.creator,
    licence,
    adoptionStatus: document.adoptionStatus,
    languages: unique(items.map((item) => languageTag(item.language ?? language)).filter(isLanguageTag)),
    subjects,
    levels: unique(items.flatMap((item) => levelsOfGrades(gradesOf(item)))).sort(),
    audiences: ['learner', 'teacher'],
    createdOn: document.changedAt?.slice(0, 10),
    areas: ['quality'],
  })
  return rowOf(`${file}#CFDocument`, { kind: 'framework', identifier: document.uri, body }, notes)
}

type Around = { document: string; subjects: string[]; inside: Set<string> }

function itemRow(
  item: CaseItem,
  place: string,
  position: number,
  { document, subjects, inside }: Around,
  own: CaseAssociation[],
): Row {
  const language = languageTag(item.language ?? 'en')
  const targets = (type: string) =>
    own.filter((association) => association.type === type).map(({ destination }) => destination)
  const parents = targets('isChildOf').filter((uri) => uri !== document && uri !== item.uri)
  const related = unique([...targets('isRelatedTo'), ...targets('precedes')])
  const outside = own.filter(({ destination }) => !inside.has(destination)).length
  const notes: Note[] = outside > 0 ? [{ code: 'associationsOutside', values: { count: outside } }] : []
  for (const { destination } of own)
    if (mendUri(destination) !== destination)
      notes.push({ code: 'addressMended', values: { from: destination, to: mendUri(destination) } })
  const { title, whole } = statementOf(item.statement, item.abbreviated)
  if (!title) return refuse(place, 'titleMissing')
  const body = known({
    title: { [language]: title },
    originalLanguage: language,
    code: item.code,
    uri: item.uri,
    note: textsOf(language, whole, item.notes),
    itemType: item.type,
    framework: idOf(document),
    parent: parents[0] && idOf(parents[0]),
    related: related.filter((uri) => inside.has(uri)).map(idOf),
    position,
    gradesAtSource: item.grades,
    levels: levelsOfGrades(gradesOf(item)),
    subjects,
    matches: unique(
      [...targets('exactMatchOf'), ...targets('exemplar'), ...related.filter((uri) => !inside.has(uri))].map(mendUri),
    ),
    areas: ['quality'],
  })
  return rowOf(place, { kind: 'competency', identifier: item.uri, body }, notes)
}

function* rowsOf(file: string, text: string, said: Told): Generator<Row> {
  const pack = readCase(text)
  const told = toldOf(pack.document.uri, said)
  const unnamed: Note[] = []
  const subjects = [...(told.subjects ?? subjectsNamed(pack.document.subjects, unnamed))]
  const inside = new Set([pack.document.uri, ...pack.items.map(({ uri }) => uri)])
  const byOrigin = Map.groupBy(pack.associations, ({ origin }) => origin)
  yield documentRow(file, pack, told, subjects, unnamed)
  const around = { document: pack.document.uri, subjects, inside }
  for (const [position, item] of pack.items.entries())
    yield itemRow(item, `${file}#CFItems/${position}`, position, around, byOrigin.get(item.uri) ?? [])
}

async function* read(folder: Folder, told: Told = {}): AsyncGenerator<Row> {
  yield* rowsOfFiles(folder, await folder.names(), (file, text) => rowsOf(file, text, told))
}

export const caseExample: Source = {
  name: 'case-example',
  title: 'What Standards Could Be (CASE 1.0)',
  publisher: 'OpenSALT',
  kinds: ['framework', 'competency'],
  folder: 'frameworks-case',
  source: {
    address: 'https://github.com/opensalt/opensalt',
    revision: 'd138f0a28ec8',
    licence: 'https://spdx.org/licenses/MIT',
    attribution: 'OpenSALT, Public Consulting Group, MIT',
  },
  expects: 'JSON: CFDocument, CFItems, …',
  whole: { of: 'framework' },
  recognise: (name, head) =>
    name.endsWith('.case.json') || (/^\s*\{/.test(head) && /"CFDocument"\s*:/.test(head)) ? name : undefined,
  read,
}
