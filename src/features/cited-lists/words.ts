/** How a cited list is named and cited: for people, and as CSL-JSON. */
import type { CslItem } from '#features/export/citation.ts'
import { filtersInWords } from '#search/pages/search-filters.ts'
import type { SearchInput } from '#search/input.ts'
import { plainTitle, type View } from '#ui/view.ts'
import type { CitedList } from './operations.ts'

export const pathOfList = (id: string, ending = '') => `/cited-lists/${id}${ending}`

const longestWords = 200

/** The question in words: `“radio”; Country: Kenya`. */
export function questionOf(view: View, input: SearchInput): string {
  const words = input.q ? [`“${input.q.slice(0, longestWords)}”`] : []
  return [...words, ...filtersInWords(view, input)].join('; ') || view.t('cited.everything')
}

export function citationOf(view: View, list: CitedList, input: SearchInput): string {
  return view.t('cited.sentence', {
    site: view.site.name,
    question: questionOf(view, input),
    count: list.total,
    date: view.f.day(list.citedAt.slice(0, 10)),
    address: view.absolute(pathOfList(list.id)),
  })
}

export const cslOf = (view: View, list: CitedList, input: SearchInput): CslItem => ({
  id: `list-${list.id}`,
  type: 'dataset',
  title: view.t('cited.title', { count: list.total, question: questionOf(view, input) }),
  publisher: view.site.name,
  issued: { 'date-parts': [list.citedAt.slice(0, 10).split('-').map(Number)] },
  URL: view.absolute(pathOfList(list.id)),
  source: view.site.name,
  note: `SHA-256: ${list.checksum}`,
})

/** The title that a record had in the version that was cited. */
export const titleOf = (view: View, { record, id }: CitedList['entries'][number]): string =>
  record ? plainTitle(view, record.body) : id
