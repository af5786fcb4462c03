/** Lessons of all practices, to be chosen from. */
import type { Web } from '#kernel/http/server.ts'
import { lessonFilters, lessonsByPhase, lessonsPage, type LessonChoice, type Lessons } from './pages/lessons.ts'
import { mountList } from '#features/export/list-page.ts'
import { search } from '#search/search.ts'
import { termOf } from '#records/vocabularies/index.ts'
import type { PageContext } from '#ui/page-context.ts'

const mostLessons = 500

export function mountLessons(web: Web, pageContext: PageContext) {
  mountList<Lessons>(web, pageContext, {
    path: '/lessons',
    title: ({ t }) => t('lessons.title'),
    read: async ({ query }) => {
      const asked = { kind: 'lesson', sort: 'newest', limit: mostLessons, facets: [] }
      return { lessons: (await pageContext.askOnce(search, asked)).records, chosen: chosenIn(query) }
    },
    records: (_view, lessons) => lessonsByPhase(lessons).flatMap(([, all]) => all),
    page: lessonsPage,
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
