/** Lessons of all practices, to be chosen from. */
import type { Web } from '#core/web/server.ts'
import { lessonFilters, lessonsPage, type LessonChoice } from '#house/pages/lessons.ts'
import { search, type Found } from '#house/search/operation.ts'
import { termOf } from '#house/vocabularies/index.ts'
import type { Asking } from './records.ts'

const mostLessons = 500

export function mountLessons(web: Web, { ask, view }: Asking) {
  web.route('GET', '/lessons', async (asked) => {
    const { records } = await ask(search, { kind: 'lesson', sort: 'newest', limit: mostLessons, facets: [] })
    return lessonsPage(view(asked), { lessons: records, chosen: chosenIn(asked.query) })
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
