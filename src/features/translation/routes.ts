/** Translating a record side by side. */
import { Problem } from '#kernel/problem.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { errorsOf, type Errors } from '#ui/forms.ts'
import { translatablesOf, translatePage } from './pages/translate.ts'
import { languageTag } from '#records/fields.ts'
import { read, translate, version } from '#records/operations.ts'
import { isOutOfDate, type StoredRecord } from '#records/record.ts'
import { orWrong, seeOther } from '#ui/form-post.ts'
import type { PageContext } from '#ui/page-context.ts'
import { forSignedIn } from '#accounts/signed-in.ts'

type Sent = { typed?: ReadonlyMap<string, string>; errors?: Errors; isConflict?: boolean }
const tag = new RegExp(languageTag)

export function mountTranslating(web: Web, pageContext: PageContext) {
  const { askAs, view: viewFor, kinds } = pageContext
  const { page, take } = forSignedIn(web, pageContext)
  async function find(request: HttpRequest, id: string, language: string): Promise<StoredRecord> {
    const record = await askAs(request.who, read, { id })
    if (!tag.test(language) || language.length > 35 || language === record.body.originalLanguage)
      throw new Problem('notFound', { what: language.slice(0, 35) })
    return record
  }

  async function show(
    request: HttpRequest,
    record: StoredRecord,
    language: string,
    sent: Sent = {},
  ): Promise<HttpResponse> {
    const made = record.translations[language]
    const before =
      made && isOutOfDate(record, language)
        ? await askAs(request.who, version, { id: record.id, revision: made.ofRevision })
        : undefined
    return translatePage(viewFor(request), { kind: kinds.get(record.kind)!, record, language, before, ...sent })
  }

  page('/records/:id/translate/:language', async (request, { id = '', language = '' }) =>
    show(request, await find(request, id, language), language),
  )

  const save = async (
    request: HttpRequest,
    form: URLSearchParams,
    { id = '', language = '' }: Record<string, string>,
  ) => {
    const record = await find(request, id, language)
    const places = translatablesOf(kinds.get(record.kind)!, record).map(({ place }) => place)
    const typed = new Map(form)
    const texts = Object.fromEntries(
      places.flatMap((place) => (form.get(place)?.trim() ? [[place, form.get(place)!.trim()]] : [])),
    )
    const revision = Number(form.get('revision')) || 1
    const machine = form.get('machine') === 'true'
    try {
      return await orWrong(
        async () => {
          await askAs(request.who, translate, { id, language, revision, texts, machine })
          return seeOther(viewFor(request).href(`/records/${id}`))
        },
        (violations) =>
          show(request, record, language, { typed, errors: errorsOf(viewFor(request), violations, places) }),
      )
    } catch (error) {
      // Somebody changed the record meanwhile: the newest original is shown beside what was typed.
      if (error instanceof Problem && error.code === 'conflict')
        return show(request, record, language, { typed, isConflict: true })
      throw error
    }
  }
  take('/records/:id/translate/:language', save)
}
