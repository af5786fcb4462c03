/** BibTeX, in UTF-8 as biber reads it. */
import type { CslItem } from './citation.ts'
import type { CslName } from './people.ts'

const entryTypes: Record<string, string> = {
  'article-journal': 'article',
  chapter: 'incollection',
  'paper-conference': 'inproceedings',
  thesis: 'phdthesis',
  book: 'book',
  report: 'techreport',
  software: 'software',
  webpage: 'online',
  motion_picture: 'online',
}
/** Where each type of entry says in what it was published, and by whom. */
const containers: Record<string, string> = { article: 'journal', incollection: 'booktitle', inproceedings: 'booktitle' }
const publishers: Record<string, string> = { techreport: 'institution', phdthesis: 'school' }

const escapes: Record<string, string> = {
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
/** Two hyphens would become a dash. */
const escaped = (text: string) => text.replace(/[\\{}%#$&_~^]/g, (sign) => escapes[sign]!).replaceAll(/-(?=-)/g, '-{}')
/** BibLaTeX takes addresses and DOIs as they are. */
const verbatim = (text: string | undefined) => text?.replaceAll(/[{}\\]/g, encodeURIComponent)

/** Braces keep a name that is not a person's from being taken apart. */
const nameOf = (name: CslName): string =>
  'literal' in name
    ? `{${escaped(name.literal)}}`
    : [name.family, name.suffix, name.given].flatMap((part) => (part ? [escaped(part)] : [])).join(', ')
const namesOf = (names: readonly CslName[] | undefined) => names?.map(nameOf).join(' and ')

/** What babel calls the languages of most records: BibLaTeX takes no codes. */
const babelNames: Readonly<Record<string, string>> = {
  ar: 'arabic',
  de: 'german',
  en: 'english',
  es: 'spanish',
  fr: 'french',
  pt: 'portuguese',
  ru: 'russian',
  sw: 'swahili',
  zh: 'chinese',
}
const babelName = (language: string | undefined) => language && babelNames[language.split('-')[0]!.toLowerCase()]
const dateOf = (date: { 'date-parts': number[][] } | undefined) =>
  date?.['date-parts'].map((parts) => parts.map((part) => String(part).padStart(2, '0')).join('-')).join('/')

export function toBibtex(item: CslItem): string {
  const type = entryTypes[item.type] ?? 'misc'
  const escapedOr = (value: string | undefined) => value && escaped(value)
  const fields: [string, string | undefined][] = [
    ['title', `{${escaped(item.title)}}`],
    ['author', namesOf(item.author)],
    ['editor', namesOf(item.editor)],
    ['translator', namesOf(item.translator)],
    [containers[type] ?? 'howpublished', escapedOr(item['container-title'])],
    ['volume', escapedOr(item.volume)],
    ['number', escapedOr(item.issue)],
    ['pages', escapedOr(item.page)?.replace('–', '--')],
    [publishers[type] ?? 'publisher', escapedOr(item.publisher)],
    ['address', escapedOr(item['publisher-place'])],
    ['year', item.issued && String(item.issued['date-parts'][0]![0])],
    ['date', dateOf(item.issued)],
    ['eventdate', dateOf(item['event-date'])],
    ['isbn', escapedOr(item.ISBN)],
    ['doi', verbatim(item.DOI)],
    ['url', verbatim(item.URL)],
    ['langid', babelName(item.language)],
    ['language', item.language],
    ['abstract', escapedOr(item.abstract)],
    ['keywords', escapedOr(item.keyword)],
    ['note', escapedOr(item.note)],
  ]
  return `@${type}{qingdao-${item.id},\n${fields.flatMap(([name, value]) => (value ? [`  ${name} = {${value}},`] : [])).join('\n')}\n}\n`
}
