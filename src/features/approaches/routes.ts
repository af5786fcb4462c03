/** Approaches beside one another. */
import type { Web } from '#kernel/http/server.ts'
import { approachComparison } from './summary.ts'
import { approachesPage, approachFilters, approachSorts, type ApproachChoice } from './pages/approaches.ts'
import { readMany } from '#records/read-many.ts'
import { termOf } from '#records/vocabularies/index.ts'
import type { PageContext } from '#ui/page-context.ts'

const mostShown = 100

export function mountApproaches(web: Web, { askOnce, view }: PageContext) {
  web.route('GET', '/approaches', async (request) => {
    const chosen = chosenIn(request.query)
    const filters = Object.fromEntries(Object.entries(chosen).map(([name, value]) => [name, [value]]))
    const { approaches } = await askOnce(approachComparison, filters)
    const shown = approaches.slice(0, mostShown)
    const { records } = await askOnce(readMany, { ids: shown.map(({ id }) => id) })
    const technologies = new Map(records.map(({ id, body }) => [id, (body.technologies ?? []) as string[]]))
    return approachesPage(view(request), {
      lines: shown.map((line) => ({ ...line, technologies: technologies.get(line.id) ?? [] })),
      chosen,
      sort: approachSorts.find((one) => one === request.query.get('sort')) ?? approachSorts[0],
    })
  })
}

/** What is no code of its list is passed over, as an empty choice is. */
const chosenIn = (query: URLSearchParams): ApproachChoice =>
  Object.fromEntries(
    approachFilters.flatMap(({ name, list }) => {
      const value = query.get(name) ?? ''
      return termOf(list, value) ? [[name, value]] : []
    }),
  )
