/** Lessons of all practices, to be chosen from. */
import { codesIn, codesTaken } from '#ui/code-choices.ts'
import type { Web } from '#kernel/http/server.ts'
import { allFilters, lessonsByPhase, lessonsPage, type LessonPlaces, type Lessons } from './pages/lessons.ts'
import { mountList } from '#features/export/list-page.ts'
import { mostAtOnce, readMany } from '#records/read-many.ts'
import type { StoredRecord } from '#records/record.ts'
import { search } from '#search/search.ts'
import type { PageContext } from '#ui/page-context.ts'

const mostLessons = 500

export function mountLessons(web: Web, pageContext: PageContext) {
  mountList<Lessons>(web, pageContext, {
    path: '/lessons',
    title: ({ t }) => t('lessons.title'),
    takes: codesTaken(allFilters),
    read: async ({ query }) => {
      const asked = { kind: 'lesson', sort: 'newest', limit: mostLessons, facets: [] }
      const lessons = (await pageContext.askOnce(search, asked)).records
      return { lessons, places: await placesOf(pageContext, lessons), chosen: codesIn(query, allFilters) }
    },
    records: (_view, lessons) => lessonsByPhase(lessons).flatMap(([, all]) => all),
    page: lessonsPage,
  })
}

const listIn = ({ body }: StoredRecord, field: string) => (body[field] ?? []) as readonly string[]

/** A lesson that names no country is of the countries of the practices that it was learned from. */
async function placesOf({ askOnce }: PageContext, lessons: readonly StoredRecord[]): Promise<LessonPlaces> {
  const silent = lessons.filter((lesson) => listIn(lesson, 'countries').length === 0)
  const ids = [...new Set(silent.flatMap((lesson) => listIn(lesson, 'practices')))]
  const practices = new Map<string, StoredRecord>()
  for (let at = 0; at < ids.length; at += mostAtOnce)
    for (const one of (await askOnce(readMany, { ids: ids.slice(at, at + mostAtOnce) })).records as StoredRecord[])
      practices.set(one.id, one)
  return new Map(
    lessons.map((lesson) => {
      const own = listIn(lesson, 'countries')
      const from = listIn(lesson, 'practices').flatMap((id) => practices.get(id) ?? [])
      return [lesson.id, own.length > 0 ? own : [...new Set(from.flatMap((one) => listIn(one, 'countries')))]]
    }),
  )
}
