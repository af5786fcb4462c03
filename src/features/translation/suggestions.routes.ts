/** The pages of suggested translations, and of those whom curators trust with a language. */
import { Problem } from '#kernel/problem.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { languages } from '#kernel/i18n/languages.ts'
import { foundFor, personIn } from '#accounts/person-in-form.ts'
import { languageNamed as tagNamed } from '#records/vocabularies/language-names.ts'
import { provingBy } from '#accounts/proving.ts'
import { forSignedIn } from '#accounts/signed-in.ts'
import { orWrong, seeOther } from '#ui/form-post.ts'
import { errorsOf, type Errors } from '#ui/forms.ts'
import type { PageContext } from '#ui/page-context.ts'
import { suggestionPage, suggestionPath, suggestionsPage, translatorsPage } from './pages/suggestions.ts'
import {
  acceptSuggestion,
  declineSuggestion,
  listSuggestions,
  readSuggestion,
  withdrawSuggestion,
} from './suggestions.ts'
import { appointTranslator, dismissTranslator, listTranslators } from './translators.ts'

type More = { typed?: ReadonlyMap<string, string>; errors?: Errors; isConflict?: boolean }

export function mountSuggestions(web: Web, pageContext: PageContext) {
  mountList(web, pageContext)
  mountSuggestion(web, pageContext)
  mountJudging(web, pageContext)
  mountTranslators(web, pageContext)
}

function mountList(web: Web, pageContext: PageContext) {
  const { askAs, view: viewFor } = pageContext
  const { page } = forSignedIn(web, pageContext)

  const list = async (request: HttpRequest, isOwn: boolean): Promise<HttpResponse> => {
    const text = (name: string) => (request.query.get(name) ?? '').slice(0, 35)
    const filters = { language: text('language'), record: text('record') }
    const after = /^\d{1,6}$/.test(text('after')) ? { after: text('after') } : {}
    const given = Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== ''))
    const found = await askAs(request.who, listSuggestions, { ...given, ...after, mine: String(isOwn) })
    const known = new Set([
      ...languages,
      ...found.suggestions.map(({ language }) => language),
      ...(filters.language ? [filters.language] : []),
    ])
    return suggestionsPage(viewFor(request), { ...found, isOwn, filters, languages: [...known] })
  }
  page('/translations', (request) => list(request, false))
  page('/translations/mine', (request) => list(request, true))
}

function mountSuggestion(web: Web, pageContext: PageContext) {
  const { view: viewFor } = pageContext
  const { page } = forSignedIn(web, pageContext)
  page('/translations/:id', (request, { id = '' }) => show(pageContext, request, id))
  for (const act of ['accept', 'decline', 'withdraw'])
    page(`/translations/:id/${act}`, async (request, { id = '' }) =>
      seeOther(viewFor(request).href(suggestionPath(id))),
    )
}

async function show(
  { askAs, view: viewFor, kinds }: PageContext,
  request: HttpRequest,
  id: string,
  more: More = {},
): Promise<HttpResponse> {
  const one = await askAs(request.who, readSuggestion, { id: id.slice(0, 16) })
  const told = request.query.get('told') === 'true'
  return suggestionPage(viewFor(request), { one, kind: kinds.get(one.kind), told, ...more })
}

function mountJudging(web: Web, pageContext: PageContext) {
  const { askAs, view: viewFor } = pageContext
  const { take } = forSignedIn(web, pageContext)

  const judged = async (
    request: HttpRequest,
    form: URLSearchParams,
    id: string,
    fields: readonly string[],
    act: () => Promise<unknown>,
  ): Promise<HttpResponse> => {
    const typed = new Map(form)
    try {
      return await orWrong(
        async () => {
          await act()
          return seeOther(viewFor(request).href(`${suggestionPath(id)}?told=true`))
        },
        (violations) =>
          show(pageContext, request, id, { typed, errors: errorsOf(viewFor(request), violations, fields) }),
      )
    } catch (error) {
      if (error instanceof Problem && error.code === 'conflict')
        return show(pageContext, request, id, { typed, isConflict: true })
      throw error
    }
  }

  take('/translations/:id/accept', async (request, form, { id = '' }) => {
    const one = await askAs(request.who, readSuggestion, { id: id.slice(0, 16) })
    const places = one.texts.map(({ place }) => place)
    const texts = Object.fromEntries(
      places.flatMap((place) => (form.get(place)?.trim() ? [[place, form.get(place)!.trim()]] : [])),
    )
    const plain = (text: string) => text.replaceAll('\r\n', '\n').trim()
    const isAsSuggested =
      Object.keys(texts).length === places.length &&
      one.texts.every(({ place, suggested }) => plain(texts[place]!) === plain(suggested))
    return judged(request, form, id, places, () =>
      askAs(request.who, acceptSuggestion, {
        id,
        revision: Number(form.get('revision')) || 1,
        ...(!isAsSuggested && { texts }),
      }),
    )
  })
  take('/translations/:id/decline', (request, form, { id = '' }) =>
    judged(request, form, id, ['reason'], () =>
      askAs(request.who, declineSuggestion, { id, reason: (form.get('reason') ?? '').trim() }),
    ),
  )
  take('/translations/:id/withdraw', (request, form, { id = '' }) =>
    judged(request, form, id, [], () => askAs(request.who, withdrawSuggestion, { id })),
  )
}

function mountTranslators(web: Web, pageContext: PageContext) {
  const { askAs, view: viewFor } = pageContext
  const { page, take } = forSignedIn(web, pageContext)
  const expectProof = provingBy(pageContext)

  const showTranslators = async (request: HttpRequest, more: Omit<More, 'isConflict'> = {}) =>
    translatorsPage(viewFor(request), {
      ...(await askAs(request.who, listTranslators, {})),
      ...(more.typed && { found: await foundFor(pageContext, request.who, more.typed) }),
      ...more,
    })
  page('/translators', (request) => showTranslators(request))

  const here = (request: HttpRequest) => seeOther(viewFor(request).href('/translators'))
  take('/translators', (request, form) => {
    const text = (name: string) => form.get(name)?.trim() || undefined
    const suggestion = text('suggestion')
    const wrong = (errors: Errors) =>
      suggestion
        ? show(pageContext, request, suggestion, { errors })
        : showTranslators(request, { typed: new Map(form), errors })
    return orWrong(
      async () => {
        try {
          await expectProof(request, form, 'appointPassword')
          await askAs(request.who, appointTranslator, {
            language: tagNamed(text('language') ?? '') ?? text('language') ?? '',
            ...(suggestion ? { suggestion } : personIn(form)),
          })
          return here(request)
        } catch (error) {
          if (!(error instanceof Problem) || error.code !== 'unknownLanguage') throw error
          return wrong(new Map([['language', viewFor(request).t('problem.unknownLanguage.detail', error.values)]]))
        }
      },
      (violations) => wrong(errorsOf(viewFor(request), violations, ['email', 'language', 'appointPassword'])),
    )
  })
  take('/translators/dismiss', async (request, form) => {
    await askAs(request.who, dismissTranslator, {
      account: form.get('account') ?? '',
      language: form.get('language') ?? '',
    })
    return here(request)
  })
  page('/translators/dismiss', async (request) => here(request))
}
