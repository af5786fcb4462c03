/** How to cite a record: for people, and as CSL-JSON, from which BibTeX and RIS are made. */
import type { Formats } from '#kernel/i18n/format.ts'
import { citedIn } from './cited.ts'
import type { Kind } from '#records/kind.ts'
import type { StoredRecord, Texts } from '#records/record.ts'

/** A person where family and given names are known apart; else a name that is not to be taken apart. */
export type CslName = { family: string; given: string } | { literal: string }

/** CSL 1.0.2 data, as far as it is used here. */
export type CslItem = {
  id: string
  type: string
  title: string
  language?: string
  author?: CslName[]
  editor?: CslName[]
  'container-title'?: string
  volume?: string
  issue?: string
  page?: string
  publisher?: string
  issued?: { 'date-parts': number[][] }
  DOI?: string
  URL: string
  source?: string
}

type Address = {
  absolute: (path: string) => string
  site: { name: string; kinds: ReadonlyMap<string, Kind> }
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

export function toCsl({ absolute, site }: Address, record: StoredRecord): CslItem {
  const body: StoredRecord['body'] = { ...citedIn(record.body.citation), ...record.body }
  const date = [body.publishedOn, body.year, body.startedOn, body.startsOn, body.since].find((one) => one !== undefined)
  const parts = date === undefined ? [] : String(date).split('-').map(Number)
  const { author, editor } = namesOf(body)
  const doi = ((body.identifiers ?? []) as string[]).map((one) => /\b10\.\d{4,9}\/\S+$/.exec(one)?.[0]).find(Boolean)
  return {
    id: record.id,
    type: typeOf(site.kinds.get(record.kind), body),
    title: plain(body.title, body.originalLanguage),
    language: body.originalLanguage,
    ...(author.length && { author }),
    ...(editor.length && { editor }),
    ...told('container-title', body.container),
    ...told('volume', body.volume),
    ...told('issue', body.issue),
    ...told('page', body.pages),
    ...told('publisher', body.publisher ?? body.provider),
    ...(parts.length && { issued: { 'date-parts': [parts] } }),
    ...told('DOI', doi),
    URL: absolute(`/records/${record.id}`),
    source: site.name,
  }
}

const told = (name: string, value: unknown) => (typeof value === 'string' ? { [name]: value } : {})

/** The authors in the citation of a study; the creators of a resource, course or review. */
function namesOf({ authors, creators }: StoredRecord['body']): { author: CslName[]; editor: CslName[] } {
  const cited = ((authors ?? []) as { name: string; given?: string }[]).map(({ name, given }): CslName =>
    given ? { family: name, given } : { literal: name },
  )
  const makers = (creators ?? []) as { name: string; role: string }[]
  const inRole = (...roles: string[]) =>
    makers.filter(({ role }) => roles.includes(role)).map(({ name }): CslName => ({ literal: name }))
  return { author: [...cited, ...inRole('author', 'adapter')], editor: inRole('editor') }
}

export const nameIn = (name: CslName, order: 'family' | 'given' = 'family'): string =>
  'literal' in name
    ? name.literal
    : order === 'family'
      ? `${name.family}, ${name.given}`
      : `${name.given} ${name.family}`

const plain = (texts: Texts, language: string) =>
  (texts[language] ?? Object.values(texts)[0] ?? '').replaceAll(/\s+/g, ' ').trim()

/** Author, title, publisher, year, node, address and version; of an old version its own address, which never changes. */
export function citationText(view: Address & { f: Formats }, record: StoredRecord, isOld = false): string {
  const item = toCsl(view, record)
  const address = isOld ? `${item.URL}/versions/${record.revision}` : item.URL
  const year = item.issued?.['date-parts'][0]?.[0]
  const who = item.author && view.f.list(item.author.map((name) => nameIn(name, 'given')))
  const published = [placeOf(item), year && `(${year})`].filter(Boolean).join(' ')
  const here = `${view.site.name}, v${record.revision}, ${view.f.day(record.changedAt.slice(0, 10))}`
  const parts = [who, item.title, published, here].flatMap((part) => (part ? [part.replace(/[.\s]+$/, '')] : []))
  return `${parts.join('. ')}. ${address}`
}

/** `Journal 3(1), 5–9`, else the publisher. */
function placeOf({ 'container-title': container, volume, issue, page, publisher }: CslItem): string | undefined {
  if (!container) return publisher
  const number = volume && ` ${volume}${issue ? `(${issue})` : ''}`
  return `${container}${number ?? ''}${page ? `, ${page}` : ''}`
}
