/** What Zotero and Google Scholar read in the head of a page: `citation_*`, as Highwire Press named them. */
import { nameIn, type CslItem } from './citation.ts'

const published = ({ issued }: CslItem): string =>
  (issued?.['date-parts'][0] ?? []).map((part) => String(part).padStart(2, '0')).join('/')

const inPages = ({ page }: CslItem): readonly [string?, string?] => {
  const [, first, last] = /^\s*(\w+)(?:\s*[-–—]+\s*(\w+))?\s*$/.exec(page ?? '') ?? []
  return [first, last]
}

/**
 * Names and contents of `meta` elements, authors one by one in their order, dates as `2015/05/23` or what is known of them.
 * (https://scholar.google.com/intl/en/scholar/inclusion.html#indexing)
 */
export function citationMeta(item: CslItem): [name: string, content: string][] {
  const [first, last] = inPages(item)
  const known: [string, string | undefined][] = [
    ['title', item.title],
    ...(item.author ?? item.editor ?? []).map((name): [string, string] => ['author', nameIn(name)]),
    ['publication_date', published(item)],
    ['journal_title', item.type === 'article-journal' ? item['container-title'] : undefined],
    ['inbook_title', item.type === 'chapter' ? item['container-title'] : undefined],
    ['conference_title', item.type === 'paper-conference' ? item['container-title'] : undefined],
    ['volume', item.volume],
    ['issue', item.issue],
    ['firstpage', first],
    ['lastpage', last],
    ['publisher', item.publisher],
    ['doi', item.DOI],
    ['isbn', item.ISBN],
    ['language', item.language],
    ['public_url', item.URL],
  ]
  return known.flatMap(([name, content]): [string, string][] => (content ? [[`citation_${name}`, content]] : []))
}
