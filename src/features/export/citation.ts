/** How to cite a record: for people, and as CSL-JSON, from which BibTeX and RIS are made. */
import type { Formats } from '#kernel/i18n/format.ts'
import type { Translate } from '#kernel/i18n/messages.ts'
import { fieldsOf } from '#records/field-plan.ts'
import type { Kind } from '#records/kind.ts'
import { nameOf } from '#records/names.ts'
import type { StoredRecord, Texts } from '#records/record.ts'
import { labelOf } from '#records/vocabularies/index.ts'
import { isPublishedHere, peopleOf, withCitation, type CslName, type Role, type Titles } from './people.ts'

/** CSL 1.0.2 data, as far as it is used here. */
export type CslItem = {
  id: string
  type: string
  title: string
  language?: string
  author?: CslName[]
  editor?: CslName[]
  translator?: CslName[]
  illustrator?: CslName[]
  contributor?: CslName[]
  'container-title'?: string
  volume?: string
  issue?: string
  page?: string
  publisher?: string
  'publisher-place'?: string
  issued?: { 'date-parts': number[][] }
  /** When that happened which a text published here tells of. */
  'event-date'?: { 'date-parts': number[][] }
  DOI?: string
  ISBN?: string
  /** Of the work itself; of what is published here, its address here. */
  URL: string
  source?: string
  abstract?: string
  /** Parted by commas, as CSL has it. */
  keyword?: string
  /** Where it is described here, when its own address is another. */
  note?: string
}

type Address = {
  absolute: (path: string) => string
  site: { name: string; kinds: ReadonlyMap<string, Kind> }
  /** Names of what the record links to. */
  titles?: Titles
}
const publicationTypes: Record<string, string> = {
  article: 'article-journal',
  chapter: 'chapter',
  'conference-paper': 'paper-conference',
  thesis: 'thesis',
  report: 'report',
}
const typeOf = (kind: Kind | undefined, { publicationType, type }: StoredRecord['body']): string =>
  publicationTypes[String(publicationType)] ?? kind?.citationTypeOf?.[String(type)] ?? kind?.citationType ?? 'entry'

/** Sources that know no language say so with codes of ISO 639-2 that name none. */
const noLanguages = new Set(['und', 'mul', 'mis', 'zxx'])

export function toCsl({ absolute, site, titles }: Address, record: StoredRecord): CslItem {
  const body = withCitation(record.body)
  const kind = site.kinds.get(record.kind)
  const isHere = isPublishedHere(kind)
  const issued = isHere ? record.createdAt.slice(0, 10) : [body.publishedOn, body.year, body.since].find(Boolean)
  const here = absolute(`/records/${record.id}`)
  const own = isHere ? undefined : body.url
  return {
    id: record.id,
    type: typeOf(kind, body),
    title: plain(body.title, body.originalLanguage),
    ...(!noLanguages.has(body.originalLanguage) && { language: body.originalLanguage }),
    ...namesOf(kind, body, titles),
    ...told('container-title', body.container),
    ...told('volume', body.volume),
    ...told('issue', body.issue),
    ...told('page', body.pages),
    ...told('publisher', isHere ? site.name : (body.publisher ?? body.provider)),
    ...told('publisher-place', body.publisherPlace),
    ...(issued !== undefined && { issued: { 'date-parts': [datePart(issued)] } }),
    ...(isHere && ownDates(body)),
    ...numbersOf(body.identifiers),
    URL: typeof own === 'string' ? own.replaceAll(/[^\x21-\x7e]+/g, encodeURIComponent) : here,
    source: site.name,
    ...told('abstract', kind && abstractOf(kind, body)),
    ...told('keyword', kind && keywordsOf(kind, body).join(', ')),
    ...(typeof own === 'string' && { note: `${site.name}: ${here}` }),
  }
}

const told = (name: string, value: unknown) => (typeof value === 'string' && value ? { [name]: value } : {})
const datePart = (date: unknown): number[] => String(date).split('-').map(Number)

/** What tells in short what it is, as schema.org calls it; the first that a record has. */
const introducing = ['abstract', 'description', 'reviewBody']

/** In the language of the original, as the title is. */
function abstractOf(kind: Kind, body: StoredRecord['body']): string | undefined {
  const texts = introducing.flatMap((property) =>
    fieldsOf(kind).flatMap(({ field, valuesIn }) =>
      field.property === property && field.type === 'text' ? (valuesIn(body) as Texts[]) : [],
    ),
  )
  return texts[0] && plain(texts[0], body.originalLanguage)
}

const namedByTerms: ReadonlySet<string | undefined> = new Set(['subject', 'technology'])

/** Its own words, and what it is about and was made with, by the names that these have in its language. */
function keywordsOf(kind: Kind, body: StoredRecord['body']): string[] {
  const language = body.originalLanguage
  const all = fieldsOf(kind).flatMap(({ field, valuesIn }) => {
    if (field.type === 'words')
      return valuesIn(body).flatMap((words) => (words as Record<string, string[]>)[language] ?? [])
    if (!field.vocabulary || !namedByTerms.has(field.facet)) return []
    return valuesIn(body).map((code) => labelOf(field.vocabulary!, String(code), language)?.text ?? String(code))
  })
  // A comma parts keywords from one another.
  return [...new Set(all.map((word) => word.replaceAll(/\s*[,،，]\s*/g, ' ').trim()).filter(Boolean))]
}

/** A practice ran in years of its own, which are not those of its publication. */
function ownDates({ startedOn, startsOn, endedOn, endsOn }: StoredRecord['body']): Pick<CslItem, 'event-date'> {
  const dates = [startedOn ?? startsOn, endedOn ?? endsOn].filter(Boolean)
  return dates.length > 0 ? { 'event-date': { 'date-parts': dates.map(datePart) } } : {}
}

function numbersOf(identifiers: unknown): Pick<CslItem, 'DOI' | 'ISBN'> {
  const all = (identifiers ?? []) as string[]
  const doi = all.map((one) => /\b10\.\d{4,9}\/\S+$/.exec(one)?.[0]).find(Boolean)
  const isbn = all.map((one) => /^isbn:(.+)$/.exec(nameOf(one) ?? '')?.[1]).find(Boolean)
  return { ...(doi && { DOI: doi }), ...(isbn && { ISBN: isbn }) }
}

function namesOf(
  kind: Kind | undefined,
  body: StoredRecord['body'],
  titles?: Titles,
): Partial<Record<Role, CslName[]>> {
  return Object.fromEntries(
    [...Map.groupBy(peopleOf(kind, body, titles), ({ role }) => role)].map(([role, all]) => [
      role,
      all.map(({ name }) => name),
    ]),
  )
}

export function nameIn(name: CslName, order: 'family' | 'given' = 'family'): string {
  if ('literal' in name) return name.literal
  const { family, given, suffix } = name
  const parts = order === 'family' ? [family, given, suffix] : [given, family, suffix]
  return parts.filter(Boolean).join(order === 'family' ? ', ' : ' ')
}

const plain = (texts: Texts, language: string) =>
  (texts[language] ?? Object.values(texts)[0] ?? '').replaceAll(/\s+/g, ' ').trim()

type Telling = Address & { f: Formats; t: Translate }

/**
 * Author, title, publisher and year, node, version and address; of an old version its own address, which never changes.
 * Of a practice its own years stand apart, and the year is that of its publication here.
 */
export function citationText(view: Telling, record: StoredRecord, isOld = false): string {
  const item = toCsl(view, record)
  const here = view.absolute(`/records/${record.id}`)
  const address = isOld ? `${here}/versions/${record.revision}` : here
  const isHere = isPublishedHere(view.site.kinds.get(record.kind))
  const year = item.issued?.['date-parts'][0]?.[0]
  const version = `v${record.revision}, ${isolated(view.f.day(record.changedAt.slice(0, 10)))}`
  const parts = [
    whoIn(view, item),
    item.title,
    ownYears(view, item),
    !isHere && [placeOf(item), year && `(${year})`].filter(Boolean).join(' '),
    `${view.site.name}${isHere && year ? ` (${year})` : ''}, ${version}`,
  ]
  return `${sentences(parts)} ${address}`
}

/** A day in Arabic keeps its order among words that run from left to right (UAX 9: an isolate). */
const isolated = (day: string): string => (/\p{Script=Arabic}/u.test(day) ? `\u2068${day}\u2069` : day)

/** Authors, else editors: what else people did stands behind their names. */
function whoIn({ f, t }: Telling, { author, editor, translator }: CslItem): string {
  const listed = (names: readonly CslName[]) => f.list(names.map((name) => nameIn(name, 'given')))
  const first = author ? listed(author) : editor ? t('cite.editedBy', { names: listed(editor) }) : ''
  return sentences([first, translator && t('cite.translatedBy', { names: listed(translator) })])
}

function ownYears({ t }: Telling, item: CslItem): string | undefined {
  const [from, to] = item['event-date']?.['date-parts'].map(([year]) => year) ?? []
  return from ? t('cite.ownYears', { years: to && to !== from ? `${from}–${to}` : String(from) }) : undefined
}

/** One sentence after another; none has a second stop behind its question mark. */
const sentences = (parts: readonly (string | false | undefined)[]): string =>
  parts
    .flatMap((part) => (part ? [part.replace(/[.\s]+$/, '')] : []))
    .map((part) => (/[?!…؟。？！]$/u.test(part) ? part : `${part}.`))
    .join(' ')

/** `Journal 3(1), 5–9`, else the place and the publisher. */
function placeOf(item: CslItem): string | undefined {
  const { 'container-title': container, volume, issue, page, publisher, 'publisher-place': place } = item
  if (!container) return publisher && [place, publisher].filter(Boolean).join(': ')
  const number = volume && ` ${volume}${issue ? `(${issue})` : ''}`
  return `${container}${number ?? ''}${page ? `, ${page}` : ''}`
}
