/** How to cite a record: for people, and as CSL-JSON, BibTeX and RIS. */
import type { Formats } from '#core/languages/format.ts'
import type { Kind } from '../kind.ts'
import type { Kept, Texts } from '../record/record.ts'

/** CSL 1.0.2 data, as far as it is used here. */
export type CslItem = {
  id: string
  type: string
  title: string
  language?: string
  author?: { literal: string }[]
  publisher?: string
  issued?: { 'date-parts': number[][] }
  URL: string
  source?: string
}

type Address = {
  absolute: (path: string) => string
  site: { name: string; kinds: ReadonlyMap<string, Kind> }
}

export function toCsl({ absolute, site }: Address, record: Kept): CslItem {
  const { body } = record
  const creators = ((body.creators ?? []) as { name: string; role: string }[]).filter(
    ({ role }) => role === 'author' || role === 'adapter',
  )
  const date = [body.publishedOn, body.year, body.startedOn, body.startsOn, body.since].find((one) => one !== undefined)
  const parts = date === undefined ? [] : String(date).split('-').map(Number)
  const publisher = [body.publisher, body.provider, body.publication].find((one) => typeof one === 'string') as
    string | undefined
  return {
    id: record.id,
    type: site.kinds.get(record.kind)?.citationType ?? 'entry',
    title: plain(body.title, body.originalLanguage),
    language: body.originalLanguage,
    ...(creators.length && { author: creators.map(({ name }) => ({ literal: name })) }),
    ...(publisher && { publisher }),
    ...(parts.length && { issued: { 'date-parts': [parts] } }),
    URL: absolute(`/records/${record.id}`),
    source: site.name,
  }
}

const plain = (texts: Texts, language: string) =>
  (texts[language] ?? Object.values(texts)[0] ?? '').replaceAll(/\s+/g, ' ').trim()

/** Author, title, publisher, year, house, address and version; of an old version its own address, which never changes. */
export function citationText(view: Address & { f: Formats }, record: Kept, isOld = false): string {
  const item = toCsl(view, record)
  const address = isOld ? `${item.URL}/versions/${record.revision}` : item.URL
  const year = item.issued?.['date-parts'][0]?.[0]
  const who = item.author && view.f.list(item.author.map(({ literal }) => literal))
  const published = [item.publisher, year && `(${year})`].filter(Boolean).join(' ')
  const here = `${view.site.name}, v${record.revision}, ${view.f.day(record.changedAt.slice(0, 10))}`
  const parts = [who, item.title, published, here].flatMap((part) => (part ? [part.replace(/[.\s]+$/, '')] : []))
  return `${parts.join('. ')}. ${address}`
}

const bibtexTypes: Record<string, string> = {
  article: 'article',
  report: 'techreport',
  software: 'software',
  dataset: 'misc',
  webpage: 'online',
  standard: 'misc',
  review: 'misc',
  document: 'misc',
  entry: 'misc',
}
const bibtexEscapes: Record<string, string> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  '%': '\\%',
  '#': '\\#',
  $: '\\$',
  '&': '\\&',
  _: '\\_',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
}
const bibtexText = (text: string) => text.replace(/[\\{}%#$&_~^]/g, (sign) => bibtexEscapes[sign]!)

/** BibTeX, in UTF-8 as biber reads it. */
export function toBibtex(item: CslItem): string {
  const fields: [string, string | undefined][] = [
    ['title', `{${bibtexText(item.title)}}`],
    ['author', item.author?.map(({ literal }) => `{${bibtexText(literal)}}`).join(' and ')],
    ['publisher', item.publisher && bibtexText(item.publisher)],
    ['year', item.issued && String(item.issued['date-parts'][0]![0])],
    ['url', item.URL.replaceAll(/[{}\\]/g, encodeURIComponent)],
    ['langid', item.language],
  ]
  return `@${bibtexTypes[item.type] ?? 'misc'}{qingdao-${item.id},\n${fields.flatMap(([name, value]) => (value ? [`  ${name} = {${value}},`] : [])).join('\n')}\n}\n`
}

const risTypes: Record<string, string> = {
  article: 'JOUR',
  report: 'RPRT',
  software: 'COMP',
  dataset: 'DATA',
  webpage: 'ELEC',
  standard: 'STAND',
  review: 'GEN',
  document: 'GEN',
  entry: 'GEN',
}
const risText = (text: string) => text.replaceAll(/[\r\n]+/g, ' ')

/** RIS, one tag a line, lines ended as the format asks. */
export function toRis(item: CslItem): string {
  const year = item.issued?.['date-parts'][0]?.[0]
  const lines = [
    `TY  - ${risTypes[item.type] ?? 'GEN'}`,
    `TI  - ${risText(item.title)}`,
    ...(item.author ?? []).map(({ literal }) => `AU  - ${risText(literal)}`),
    ...(item.publisher ? [`PB  - ${risText(item.publisher)}`] : []),
    ...(year ? [`PY  - ${year}`] : []),
    ...(item.language ? [`LA  - ${item.language}`] : []),
    `UR  - ${item.URL}`,
    `DP  - ${item.source}`,
    `ID  - ${item.id}`,
    'ER  - ',
  ]
  return `${lines.join('\r\n')}\r\n\r\n`
}
