/** BibTeX, in UTF-8 as biber reads it. */
import type { CslItem, CslName } from './citation.ts'

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
const escaped = (text: string) => text.replace(/[\\{}%#$&_~^]/g, (sign) => escapes[sign]!)

/** Braces keep a name that is not a person's from being taken apart. */
const nameOf = (name: CslName): string =>
  'literal' in name ? `{${escaped(name.literal)}}` : `${escaped(name.family)}, ${escaped(name.given)}`
const namesOf = (names: readonly CslName[] | undefined) => names?.map(nameOf).join(' and ')

export function toBibtex(item: CslItem): string {
  const type = entryTypes[item.type] ?? 'misc'
  const escapedOr = (value: string | undefined) => value && escaped(value)
  const fields: [string, string | undefined][] = [
    ['title', `{${escaped(item.title)}}`],
    ['author', namesOf(item.author)],
    ['editor', namesOf(item.editor)],
    [containers[type] ?? 'howpublished', escapedOr(item['container-title'])],
    ['volume', escapedOr(item.volume)],
    ['number', escapedOr(item.issue)],
    ['pages', escapedOr(item.page?.replace('–', '--'))],
    [publishers[type] ?? 'publisher', escapedOr(item.publisher)],
    ['year', item.issued && String(item.issued['date-parts'][0]![0])],
    ['doi', escapedOr(item.DOI)],
    ['url', item.URL.replaceAll(/[{}\\]/g, encodeURIComponent)],
    ['langid', item.language],
  ]
  return `@${type}{qingdao-${item.id},\n${fields.flatMap(([name, value]) => (value ? [`  ${name} = {${value}},`] : [])).join('\n')}\n}\n`
}
