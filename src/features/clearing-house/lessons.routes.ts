/** Lessons of all practices, to be chosen from. */
import type { Web } from '#kernel/http/server.ts'
import { lessonFilters, lessonsPage, type LessonChoice } from './pages/lessons.ts'
import { search } from '#search/search.ts'
import { termOf } from '#records/vocabularies/index.ts'
import type { PageContext } from '#ui/page-context.ts'

const mostLessons = 500

export function mountLessons(web: Web, { askOnce, view }: PageContext) {
  web.route('GET', '/lessons', async (request) => {
    const { records } = await askOnce(search, { kind: 'lesson', sort: 'newest', limit: mostLessons, facets: [] })
    return lessonsPage(view(request), { lessons: records, chosen: chosenIn(request.query) })
  })
}

/** What is no code of its list is passed over, as an empty choice is. */
const chosenIn = (query: URLSearchParams): LessonChoice =>
  Object.fromEntries(
    lessonFilters.flatMap(({ name, list }) => {
      const value = query.get(name) ?? ''
      return termOf(list, value) ? [[name, value]] : []
    }),
  )
