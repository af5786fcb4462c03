/** The way in: what one may describe, and the beginning of a draft or of a change of a record. */
import { taking } from '#kernel/http/asked-names.ts'
import type { Violation } from '#kernel/problem.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { signInPage } from '#accounts/pages/login.ts'
import { forSignedIn } from '#accounts/signed-in.ts'
import { stepsOf } from '#records/form/plan.ts'
import { describable, type Kind } from '#records/kind.ts'
import { termOf } from '#records/vocabularies/index.ts'
import { errorsOf } from '#ui/forms.ts'
import { orWrong, post, seeOther, type Handle } from '#ui/form-post.ts'
import type { PageContext } from '#ui/page-context.ts'
import { readRecord } from '#ui/read-record.ts'
import { chooseCollection } from './drafts/choose-collection.ts'
import type { DraftShape } from './drafts/shapes.ts'
import { beginDraft } from './drafts/write.ts'
import { usualLicence } from './pages/check.ts'
import { sharedFrom, sharePage, suggestPage, type ShareStart } from './pages/desk.ts'
import { draftPath } from './pages/draft.ts'

/** What the address may say of what is begun. */
const startNames: readonly string[] = ['kind', 'language', ...sharedFrom]

export function mountSharing(web: Web, pageContext: PageContext) {
  const { askAs, view: viewFor, kinds } = pageContext
  const { page, take } = forSignedIn(web, pageContext)
  const shareable = describable(kinds)

  const startOf = (given: URLSearchParams): ShareStart =>
    Object.fromEntries(
      [...given].filter(([name]) => startNames.includes(name)).map(([name, value]) => [name, value.slice(0, 100)]),
    )

  web.route('GET', '/share', async (request) => sharePage(viewFor(request), shareable, startOf(request.query)), {
    takes: taking(...startNames),
  })

  const toFirstStep = (request: HttpRequest, { id, kind }: DraftShape) =>
    seeOther(viewFor(request).href(draftPath(id, stepsOf(kinds.get(kind)!)[0]!.name)))

  const share: Handle = async (request, form) => {
    const kind = form.get('kind') ?? ''
    const wrong = (violations: readonly Violation[]) => {
      const view = viewFor(request)
      return sharePage(view, shareable, startOf(form), errorsOf(view, violations, ['kind', 'language']))
    }
    if (!shareable.some(({ name }) => name === kind)) return wrong([{ place: 'kind', rule: 'required', values: {} }])
    return orWrong(async () => {
      const draft = await askAs(request.who, beginDraft, {
        kind,
        language: form.get('language') ?? request.language,
        values: knownValues(kinds.get(kind), form),
      })
      const collection = form.get('collection')
      if (collection) await askAs(request.who, chooseCollection, { id: draft.id, collection })
      return toFirstStep(request, draft)
    }, wrong)
  }
  post(web, '/share', share, {
    // Whoever signs in goes on at once; whoever signs up first comes back to what they chose.
    signedOut: (request, form) => {
      const next = `${request.prefix}/share`
      const query = new URLSearchParams(Object.entries(startOf(form)))
      return signInPage(viewFor(request), { next, resume: form.toString(), onward: `${next}?${query}` })
    },
  })

  page('/records/:id/change', async (request, { id = '' }) =>
    suggestPage(viewFor(request), await readRecord(pageContext, id)),
  )
  take('/records/:id/change', async (request, _form, { id }) =>
    toFirstStep(request, await askAs(request.who, beginDraft, { record: id })),
  )
}

/** What is known of a new draft: where it was begun from, and the licence of all contributions where the text has one. */
function knownValues(kind: Kind | undefined, form: URLSearchParams): Record<string, unknown> {
  const has = (field: string) => kind !== undefined && field in kind.body.properties
  const [country = '', area = ''] = ['country', 'area'].map((name) => form.get(name) ?? '')
  return {
    ...(has('countries') && termOf('countries', country) && { countries: [country] }),
    ...(has('areas') && termOf('areas', area) && { areas: [area] }),
    ...(kind?.isOwnLicence && { licence: usualLicence }),
  }
}
