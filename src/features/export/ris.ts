/** RIS, one tag a line, lines ended as the format asks. */
import { nameIn, type CslItem } from './citation.ts'

const types: Record<string, string> = {
  'article-journal': 'JOUR',
  chapter: 'CHAP',
  'paper-conference': 'CPAPER',
  thesis: 'THES',
  book: 'BOOK',
  report: 'RPRT',
  software: 'COMP',
  dataset: 'DATA',
  motion_picture: 'VIDEO',
  webpage: 'ELEC',
  standard: 'STAND',
}

const oneLine = (text: string) => text.replaceAll(/[\r\n]+/g, ' ')

export function toRis(item: CslItem): string {
  const year = item.issued?.['date-parts'][0]?.[0]
  const [first, last] = (item.page ?? '').split('–')
  const tags: [string, string | undefined][] = [
    ['TY', types[item.type] ?? 'GEN'],
    ['TI', item.title],
    ...(item.author ?? []).map((name): [string, string] => ['AU', nameIn(name)]),
    ...(item.editor ?? []).map((name): [string, string] => ['ED', nameIn(name)]),
    [item.type === 'article-journal' ? 'JO' : 'T2', item['container-title']],
    ['VL', item.volume],
    ['IS', item.issue],
    ['SP', first],
    ['EP', last],
    ['PB', item.publisher],
    ['PY', year ? String(year) : undefined],
    ['DO', item.DOI],
    ['LA', item.language],
    ['UR', item.URL],
    ['DP', item.source],
    ['ID', item.id],
  ]
  const lines = tags.flatMap(([tag, value]) => (value ? [`${tag}  - ${oneLine(value)}`] : []))
  return `${[...lines, 'ER  - '].join('\r\n')}\r\n\r\n`
}
