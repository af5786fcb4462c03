import type { Folder } from '#kernel/folder.ts'
import type { Source, Note, Row } from '#records/sources/source.ts'
import { isLanguageTag, languageTag } from '#records/sources/language-tag.ts'
import { known, rowOf, unique } from '#records/sources/row.ts'
import { withoutMarks } from '#records/sources/mend.ts'
import { idOf } from '#records/identifier.ts'
import { readCase, type CaseAssociation, type CaseItem, type CasePackage } from '#codecs/case/read-case.ts'
import { levelsOfGrades } from './grades.ts'

const file = 'what-standards-could-be.case.json'

const gradesOf = (item: CaseItem) =>
  (item.grades ?? '')
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((grade) => grade.replace(/^0(?=\d)/, ''))

/** The server put its own address before addresses of others. */
const mendUri = (uri: string) => uri.replace(/^https?:\/\/[^/]+\/uri\/(?=https?:\/\/)/, '')

function documentRow({ document, items }: CasePackage): Row {
  const language = languageTag(document.language ?? items[0]?.language ?? 'en')
  const notes: Note[] = document.language ? [] : [{ code: 'languageUnstated', values: { language } }]
  const body = known({
    title: { [language]: document.title },
    originalLanguage: language,
    description: document.description ? { [language]: document.description } : undefined,
    uri: document.uri,
    publisher: document.publisher ?? document.creator,
    licence: 'MIT',
    adoptionStatus: document.adoptionStatus,
    languages: unique(items.map((item) => languageTag(item.language ?? language)).filter(isLanguageTag)),
    subjects: ['0541'],
    levels: unique(items.flatMap((item) => levelsOfGrades(gradesOf(item)))).sort(),
    audiences: ['learner', 'teacher'],
    createdOn: document.changedAt?.slice(0, 10),
    areas: ['quality'],
  })
  return rowOf(`${file}#CFDocument`, { kind: 'framework', identifier: document.uri, body }, notes)
}

function itemRow(
  item: CaseItem,
  place: string,
  position: number,
  document: string,
  own: CaseAssociation[],
  inside: Set<string>,
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
  const body = known({
    title: { [language]: withoutMarks(item.statement).slice(0, 1_000) },
    originalLanguage: language,
    code: item.code,
    uri: item.uri,
    note: item.notes ? { [language]: withoutMarks(item.notes) } : undefined,
    itemType: item.type,
    framework: idOf(document),
    parent: parents[0] && idOf(parents[0]),
    related: related.filter((uri) => inside.has(uri)).map(idOf),
    position,
    gradesAtSource: item.grades,
    levels: levelsOfGrades(gradesOf(item)),
    subjects: ['0541'],
    matches: unique(
      [...targets('exactMatchOf'), ...targets('exemplar'), ...related.filter((uri) => !inside.has(uri))].map(mendUri),
    ),
    areas: ['quality'],
  })
  return rowOf(place, { kind: 'competency', identifier: item.uri, body }, notes)
}

async function* read(folder: Folder): AsyncGenerator<Row> {
  const pack = readCase(await folder.text(file))
  const inside = new Set([pack.document.uri, ...pack.items.map(({ uri }) => uri)])
  const byOrigin = Map.groupBy(pack.associations, ({ origin }) => origin)
  yield documentRow(pack)
  for (const [position, item] of pack.items.entries())
    yield itemRow(
      item,
      `${file}#CFItems/${position}`,
      position,
      pack.document.uri,
      byOrigin.get(item.uri) ?? [],
      inside,
    )
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
  read,
}
