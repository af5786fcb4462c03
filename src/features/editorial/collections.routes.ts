/** The addresses of collections: reading them, keeping them, inviting into them, answering invitations. */
import type { HttpResponse } from '#kernel/http/response.ts'
import type { HttpRequest, Web, Who } from '#kernel/http/server.ts'
import { appoint, dismiss, listCollections, readSource } from './collections/keeping.ts'
import { answerInvitation, invitations, inviteRecord, membersOf, takeOut } from './collections/members.ts'
import { chooseCollection } from './drafts/choose-collection.ts'
import { stepsOf, type Step } from '#records/form/plan.ts'
import { readStep } from '#records/form/read.ts'
import { mountList } from '#features/export/list-page.ts'
import {
  collectionFormPage,
  collectionPage,
  collectionPath,
  collectionsPage,
  type CollectionPage,
} from './pages/collections.ts'
import { draftOverview } from './draft-overview.ts'
import { draftPath } from './pages/draft.ts'
import { errorsOf, type Errors } from '#ui/forms.ts'
import { may } from '#kernel/permission.ts'
import { kindOperations } from '#records/kind-operations.ts'
import { ownIdIn } from '#records/names.ts'
import { read } from '#records/operations.ts'
import type { StoredRecord } from '#records/record.ts'
import { recordsCalled } from './record-choices.ts'
import { violation } from '#kernel/problem.ts'
import { linksFrom } from './links-of-forms.ts'
import { plainTitle } from '#ui/view.ts'
import { orWrong, seeOther } from '#ui/form-post.ts'
import type { PageContext } from '#ui/page-context.ts'
import { foundFor, personIn } from '#accounts/person-in-form.ts'
import { provingBy } from '#accounts/proving.ts'
import { forSignedIn, isSignedIn } from '#accounts/signed-in.ts'

type Body = Record<string, unknown>

export function mountCuration(web: Web, pageContext: PageContext) {
  mountCollections(web, pageContext)
  mountCollection(web, pageContext)
  mountCollectionForm(web, pageContext)
  mountMembers(web, pageContext)
  mountCurators(web, pageContext)
  mountChoice(web, pageContext)
}

function after(request: HttpRequest) {
  const text = request.query.get('after') ?? ''
  return /^\d{1,6}$/.test(text) ? { after: text } : {}
}

const mayKeep = (request: HttpRequest) => may(request.who.actor, 'record.publish')

function mountCollections(web: Web, pageContext: PageContext) {
  const { askAs } = pageContext
  mountList(web, pageContext, {
    path: '/collections',
    title: ({ t }) => t('collections.title'),
    takes: {},
    read: async (request) => {
      const { collections, next } = await askAs(request.who, listCollections, after(request))
      const own = isSignedIn(request) ? await askAs(request.who, invitations, {}) : { invitations: [] }
      return { collections, next, ...own, mayBegin: mayKeep(request) }
    },
    records: (_view, { collections }) => collections.map(({ collection }) => collection as StoredRecord),
    next: ({ next }) => next,
    page: collectionsPage,
  })
}

function mountCollection(web: Web, pageContext: PageContext) {
  mountList(web, pageContext, {
    path: '/collections/:id',
    title: (view, { board }) => plainTitle(view, board.collection.body),
    takes: {},
    read: (request, { id = '' }) => shown(pageContext, request, id),
    records: (_view, { records }) => records,
    next: ({ next }) => next,
    page: collectionPage,
  })
}

type Again = { errors?: Errors; typed?: URLSearchParams }

async function shown(
  pageContext: PageContext,
  request: HttpRequest,
  id: string,
  { errors, typed }: Again = {},
): Promise<CollectionPage> {
  const { askAs, kinds } = pageContext
  const { who } = request
  const board = await askAs(who, readSource, { id })
  const { rubric, owner } = board.collection.body
  const linked = async (one: string | undefined) =>
    one === undefined ? undefined : askAs(who, read, { id: one }).catch(() => undefined)
  const { records, next } = await askAs(who, membersOf, { id, ...after(request) })
  const invited = board.mayCurate ? await askAs(who, membersOf, { id, state: 'invited', limit: 100 }) : undefined
  return {
    board,
    records,
    next,
    invited: invited?.records ?? [],
    kinds,
    rubric: await linked(rubric),
    owner: await linked(owner),
    ...(errors && { errors }),
    ...(typed && {
      typed,
      found: await foundFor(pageContext, who, typed),
      meant: await recordsMeant(pageContext, who, typed),
    }),
  }
}

async function recordsMeant(
  pageContext: PageContext,
  who: Who,
  form: URLSearchParams,
): Promise<readonly StoredRecord[]> {
  const typed = (form.get('record') ?? '').trim()
  return typed && !ownIdIn(typed) ? (await recordsCalled(pageContext, who, { typed, to: [] })).offered : []
}

function mountCollectionForm(web: Web, pageContext: PageContext) {
  const { askAs, refuse, view: viewFor, kinds } = pageContext
  const kind = kinds.get('curated-collection')!
  const { share, revise } = kindOperations(kind)
  const step: Step = { name: 'all', asked: stepsOf(kind).flatMap(({ asked: request }) => request) }
  const fields = step.asked.map(({ name }) => name)
  const { page, take } = forSignedIn(web, pageContext)

  const formPage = async (
    request: HttpRequest,
    collection: StoredRecord | undefined,
    { values, typed = new Map(), errors = new Map() }: { values: Body; typed?: Map<string, string>; errors?: Errors },
  ) =>
    collectionFormPage(viewFor(request), {
      kind,
      step,
      collection,
      values,
      typed,
      errors,
      links: await linksFrom(pageContext, request.who, { kind, body: values }, step),
    })

  /** Reads the form, and has the rest of it judged by the operation that keeps it. */
  async function keep(
    request: HttpRequest,
    form: URLSearchParams,
    collection: StoredRecord | undefined,
  ): Promise<HttpResponse> {
    const language = collection?.body.originalLanguage ?? request.language
    const before: Body = collection?.body ?? { originalLanguage: language }
    const { values, violations } = readStep(step, form, language, before)
    const body = Object.fromEntries(Object.entries({ ...before, ...values }).filter(([, value]) => value !== null))
    const wrong = (all: Parameters<typeof errorsOf>[1]) =>
      formPage(request, collection, {
        values: body,
        typed: new Map(form),
        errors: errorsOf(viewFor(request), all, fields),
      })
    if (violations.length > 0) return wrong(violations)
    return orWrong(async () => {
      const { id } = collection
        ? await askAs(request.who, revise, {
            id: collection.id,
            revision: Number(form.get('revision')) || collection.revision,
            body,
          })
        : await askAs(request.who, share, body)
      return seeOther(viewFor(request).href(collectionPath(id)))
    }, wrong)
  }

  page('/collections/new', async (request) => {
    if (!mayKeep(request)) return refuse(request.who, 'curated-collections.share')
    return formPage(request, undefined, { values: {} })
  })

  page('/collections/:id/change', async (request, { id = '' }) => {
    if (!mayKeep(request)) return refuse(request.who, 'curated-collections.revise')
    const { collection } = await askAs(request.who, readSource, { id })
    return formPage(request, collection, { values: collection.body })
  })

  take('/collections/new', async (request, form) => keep(request, form, undefined))
  take('/collections/:id/change', async (request, form, { id = '' }) =>
    keep(request, form, (await askAs(request.who, readSource, { id })).collection),
  )
}

/** Takes forms on the page of a collection; what does not fit is told there. */
function formsOn(web: Web, pageContext: PageContext) {
  const { view: viewFor } = pageContext
  const { take } = forSignedIn(web, pageContext)
  const show = async (request: HttpRequest, id: string, again: Again): Promise<HttpResponse> =>
    collectionPage(viewFor(request), await shown(pageContext, request, id, again))
  return (path: string, work: (request: HttpRequest, form: URLSearchParams, id: string) => Promise<unknown>) =>
    take(`/collections/:id/${path}`, async (request, form, { id = '' }) =>
      orWrong(
        async () => {
          await work(request, form, id)
          return seeOther(viewFor(request).href(path === 'answer' ? '/collections' : collectionPath(id)))
        },
        async (violations) =>
          show(request, id, {
            errors: errorsOf(viewFor(request), violations, ['record', 'email', 'note', 'appointPassword']),
            typed: form,
          }),
      ),
    )
}

function mountMembers(web: Web, pageContext: PageContext) {
  const { askAs } = pageContext
  const takeOn = formsOn(web, pageContext)
  takeOn('invite', async (request, form, id) => {
    const record =
      recordIn(form) || pickedIn(form) || (await recordCalled(pageContext, request, (form.get('record') ?? '').trim()))
    return askAs(request.who, inviteRecord, { id, record, note: form.get('note') ?? '' })
  })
  takeOn('answer', (request, form, id) =>
    askAs(request.who, answerInvitation, { id, record: recordIn(form), accepts: form.get('accepts') === 'true' }),
  )
  takeOn('out', (request, form, id) => askAs(request.who, takeOut, { id, record: recordIn(form) }))
}

const recordIn = (form: URLSearchParams) => ownIdIn((form.get('record') ?? '').trim()) ?? ''

/** What was picked for the title that still stands there. */
const pickedIn = (form: URLSearchParams) =>
  form.get('pickedFor') === form.get('record') ? (form.get('picked') ?? '') : ''

/** @throws Problem invalid at `record` where not one is called so */
async function recordCalled(pageContext: PageContext, request: HttpRequest, typed: string): Promise<string> {
  if (!typed) throw violation('record', 'required')
  const { called, offered } = await recordsCalled(pageContext, request.who, { typed, to: [] })
  if (called.length === 1) return called[0]!.id
  throw violation('record', offered.length > 0 ? 'severalRecords' : 'unknownRecord')
}

function mountCurators(web: Web, pageContext: PageContext) {
  const { askAs } = pageContext
  const takeOn = formsOn(web, pageContext)
  const expectProof = provingBy(pageContext)
  takeOn('curators', async (request, form, id) => {
    await expectProof(request, form, 'appointPassword')
    return askAs(request.who, appoint, { id, ...personIn(form) })
  })
  takeOn('dismiss', (request, form, id) => askAs(request.who, dismiss, { id, account: form.get('account') ?? '' }))
}

function mountChoice(web: Web, pageContext: PageContext) {
  const { askAs, view: viewFor } = pageContext
  const { take } = forSignedIn(web, pageContext)
  const { onDraft } = draftOverview(pageContext)
  take('/drafts/:id/collection', async (request, form, { id = '' }) => {
    return onDraft(request, { id, form, fields: ['collection'] }, async () => {
      await askAs(request.who, chooseCollection, { id, collection: form.get('collection') || null })
      return seeOther(viewFor(request).href(draftPath(id)))
    })
  })
}
