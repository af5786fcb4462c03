/** Approaches beside one another. */
import type { Web } from '#core/web/server.ts'
import { approachComparison, type ApproachLine } from '#house/approaches/summary.ts'
import { approachesPage, approachFilters, approachSorts, type ApproachChoice } from '#house/pages/approaches.ts'
import { readMany } from '#house/record/read-many.ts'
import type { Kept } from '#house/record/record.ts'
import { termOf } from '#house/vocabularies/index.ts'
import type { Asking } from './records.ts'

const mostShown = 100

export function mountApproaches(web: Web, { ask, view }: Asking) {
  web.route('GET', '/approaches', async (asked) => {
    const chosen = chosenIn(asked.query)
    const filters = Object.fromEntries(Object.entries(chosen).map(([name, value]) => [name, [value]]))
    const { approaches } = await ask(approachComparison, filters)
    const shown = approaches.slice(0, mostShown)
    const { records } = await ask(readMany, { ids: shown.map(({ id }) => id) })
    const technologies = new Map(records.map(({ id, body }) => [id, (body.technologies ?? []) as string[]]))
    return approachesPage(view(asked), {
      lines: shown.map((line) => ({ ...line, technologies: technologies.get(line.id) ?? [] })),
      chosen,
      sort: approachSorts.find((one) => one === asked.query.get('sort')) ?? approachSorts[0],
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
