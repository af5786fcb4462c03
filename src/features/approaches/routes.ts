/** Approaches beside one another. */
import { codesIn, codesTaken } from '#ui/code-choices.ts'
import { oneOf } from '#kernel/http/asked-names.ts'
import type { Web } from '#kernel/http/server.ts'
import { approachComparison } from './summary.ts'
import {
  approachesPage,
  approachFilters,
  approachSorts,
  inOrderOf,
  type ApproachChoice,
  type Table,
} from './pages/approaches.ts'
import { rulesPage } from './pages/rules-page.ts'
import { csvResponse } from '#features/export/csv-response.ts'
import { approachesCsv } from './csv.ts'
import { mountList } from '#features/export/list-page.ts'
import { readMany } from '#records/read-many.ts'
import type { StoredRecord } from '#records/record.ts'
import type { PageContext } from '#ui/page-context.ts'

const mostShown = 100

export function mountApproaches(web: Web, pageContext: PageContext) {
  const { askOnce, view } = pageContext
  const recordsOf = async (lines: readonly { id: string }[]): Promise<StoredRecord[]> =>
    (await askOnce(readMany, { ids: lines.map(({ id }) => id) })).records
  const tableFor = async (query: URLSearchParams): Promise<Table> => {
    const chosen: ApproachChoice = codesIn(query, approachFilters)
    const filters = Object.fromEntries(Object.entries(chosen).map(([name, value]) => [name, [value]]))
    const { approaches, offered } = await askOnce(approachComparison, filters)
    const shown = approaches.slice(0, mostShown)
    const technologies = new Map(
      (await recordsOf(shown)).map(({ id, body }) => [id, (body.technologies ?? []) as string[]]),
    )
    return {
      lines: shown.map((line) => ({ ...line, technologies: technologies.get(line.id) ?? [] })),
      chosen,
      offered,
      sort: approachSorts.find((one) => one === query.get('sort')) ?? approachSorts[0],
    }
  }
  mountList<Table>(web, pageContext, {
    path: '/approaches',
    title: ({ t }) => t('approaches.title'),
    takes,
    read: ({ query }) => tableFor(query),
    records: (view, { lines, sort }) => recordsOf(inOrderOf(view, lines, sort)),
    page: approachesPage,
  })
  web.route('GET', '/approaches/rules', (request) => rulesPage(view(request)))
  web.route(
    'GET',
    '/approaches.csv',
    async (request) => csvResponse(approachesCsv(view(request), await tableFor(request.query)), 'qingdao-approaches'),
    { takes },
  )
}

const takes = { ...codesTaken(approachFilters), sort: oneOf(approachSorts) }
