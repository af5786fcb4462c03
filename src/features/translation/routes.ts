/** Translating a record side by side. */
import { Problem, noSuch } from '#kernel/problem.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { knownLanguage } from '#kernel/i18n/known-language.ts'
import { languages } from '#kernel/i18n/languages.ts'
import { languageNamed } from '#records/vocabularies/language-names.ts'
import { recordPath } from '#ui/cards.ts'
import { translatePath } from '#ui/translation-notice.ts'
import { errorsOf, type Errors } from '#ui/forms.ts'
import { suggestionPath } from './pages/suggestions.ts'
import { chooseLanguagePage } from './pages/choose-language.ts'
import { translatablesOf, translatePage } from './pages/translate.ts'
import { read, version } from '#records/operations.ts'
import { isOutOfDate, type StoredRecord } from '#records/record.ts'
import { orWrong, seeOther } from '#ui/form-post.ts'
import type { PageContext } from '#ui/page-context.ts'
import { forSignedIn } from '#accounts/signed-in.ts'
import { suggest, translate, translationRight } from './translate.ts'

type Sent = { typed?: ReadonlyMap<string, string>; errors?: Errors; isConflict?: boolean }
type Found = {
  record: StoredRecord
  language: string
  right: 'publish' | 'suggest'
  suggested?: Readonly<Record<string, string>>
}

export function mountTranslating(web: Web, pageContext: PageContext) {
  const { askAs, refuse, view: viewFor, kinds } = pageContext
  const { page, take } = forSignedIn(web, pageContext)
  async function find(request: HttpRequest, id: string, tag: string): Promise<Found> {
    const record = await askAs(request.who, read, { id })
    if (!/^[\w-]{1,35}$/.test(tag) || tag === record.body.originalLanguage)
      throw noSuch('translationInto', tag.slice(0, 35))
    const { language, right, waiting, texts } = await askAs(request.who, translationRight, { id, language: tag })
    if (right === 'none') return refuse(request.who, 'records.translate')
    return { record, language, right, ...(waiting && right === 'suggest' && { suggested: texts }) }
  }

  async function show(request: HttpRequest, found: Found, sent: Sent = {}): Promise<HttpResponse> {
    const { record, language } = found
    const made = record.translations[language]
    const before =
      made && isOutOfDate(record, language)
        ? await askAs(request.who, version, { id: record.id, revision: made.ofRevision })
        : undefined
    return translatePage(viewFor(request), { kind: kinds.get(record.kind)!, ...found, before, ...sent })
  }

  page('/records/:id/translate', async (request, { id = '' }) => {
    const record = await askAs(request.who, read, { id })
    const view = viewFor(request)
    const typed = request.query.get('language')?.trim().slice(0, 100)
    const tag = typed && (knownLanguage(typed) ?? languageNamed(typed))
    if (tag && tag !== record.body.originalLanguage) return seeOther(view.href(translatePath(id, tag)))
    // Who may translate a record at all may do so into any language, if only as a suggestion.
    const language = languages.find((one) => one !== record.body.originalLanguage)!
    const { right } = await askAs(request.who, translationRight, { id, language })
    if (right === 'none') return refuse(request.who, 'records.translate')
    return chooseLanguagePage(view, { kind: kinds.get(record.kind)!, record, typed })
  })
  page('/records/:id/translate/:language', async (request, { id = '', language = '' }) =>
    show(request, await find(request, id, language)),
  )

  const save = async (
    request: HttpRequest,
    form: URLSearchParams,
    { id = '', language: tag = '' }: Record<string, string>,
  ) => {
    const found = await find(request, id, tag)
    const { record, language, right } = found
    const places = translatablesOf(kinds.get(record.kind)!, record).map(({ place }) => place)
    const typed = new Map(form)
    const texts: Record<string, string> = Object.fromEntries(
      places.flatMap((place) => (form.get(place)?.trim() ? [[place, form.get(place)!.trim()]] : [])),
    )
    const revision = Number(form.get('revision')) || 1
    const machine = form.get('machine') === 'true'
    const view = viewFor(request)
    const send = async (): Promise<HttpResponse> => {
      const translation = { id, language, revision, texts, machine }
      if (right === 'suggest') {
        const { id: suggested } = await askAs(request.who, suggest, translation)
        return seeOther(view.href(`${suggestionPath(suggested)}?told=true`))
      }
      await askAs(request.who, translate, translation)
      return seeOther(view.href(`${recordPath(id)}?translated=${encodeURIComponent(language)}`))
    }
    try {
      return await orWrong(send, (violations) =>
        show(request, found, { typed, errors: errorsOf(view, violations, places) }),
      )
    } catch (error) {
      // Somebody changed the record meanwhile: the newest original is shown beside what was typed.
      if (error instanceof Problem && error.code === 'conflict')
        return show(request, found, { typed, isConflict: true })
      throw error
    }
  }
  take('/records/:id/translate/:language', save)
}
