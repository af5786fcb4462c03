/** RIS, one tag a line, lines ended as the format asks. */
import { nameIn, type CslItem } from './citation.ts'
import type { CslName } from './people.ts'

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

/** Readers take names apart at commas, and no sign keeps an organisation whole: so it loses its own. */
const nameAs = (name: CslName): string =>
  'literal' in name ? name.literal.replaceAll(/\s*[,،，]\s*/g, ' ') : nameIn(name)
const namesAs = (tag: string, names: readonly CslName[] = []): [string, string][] =>
  names.map((name) => [tag, nameAs(name)])

export function toRis(item: CslItem): string {
  const year = item.issued?.['date-parts'][0]?.[0]
  const [first, last] = (item.page ?? '').split('–')
  const tags: [string, string | undefined][] = [
    ['TY', types[item.type] ?? 'GEN'],
    ['TI', item.title],
    ...namesAs('AU', item.author),
    ...namesAs('ED', item.editor),
    ...namesAs('A4', item.translator),
    [item.type === 'article-journal' ? 'JO' : 'T2', item['container-title']],
    ['VL', item.volume],
    ['IS', item.issue],
    ['SP', first],
    ['EP', last],
    ['PB', item.publisher],
    ['CY', item['publisher-place']],
    ['PY', year ? String(year) : undefined],
    ['SN', item.ISBN],
    ['DO', item.DOI],
    ['LA', item.language],
    ['AB', item.abstract],
    ...(item.keyword?.split(', ') ?? []).map((word): [string, string] => ['KW', word]),
    ['UR', item.URL],
    ['N1', item.note],
    ['DP', item.source],
    ['ID', item.id],
  ]
  const lines = tags.flatMap(([tag, value]) => (value ? [`${tag}  - ${oneLine(value)}`] : []))
  return `${[...lines, 'ER  - '].join('\r\n')}\r\n\r\n`
}
