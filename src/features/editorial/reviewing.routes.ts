/** Writing a review of a submission, and reading those that are there. */
import type { HttpResponse } from '#kernel/http/response.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { listCollections } from './collections/keeping.ts'
import { queue } from './drafts/queue.ts'
import { readDraft } from './drafts/write.ts'
import { errorsOf, type Errors } from '#ui/forms.ts'
import { assign, declareInterest } from './drafts/assigning.ts'
import { draftOverview } from './draft-overview.ts'
import { draftPath } from './pages/draft.ts'
import { fieldsOfReview, reviewFormPage, reviewsPage } from './pages/reviewing.ts'
import { queuePage } from './pages/queue.ts'
import { workload } from './reviewing/workload.ts'
import { writeReview, writtenReviews, type WrittenReviews } from './reviewing/write.ts'
import { orWrong, seeOther } from '#ui/form-post.ts'
import type { PageContext } from '#ui/page-context.ts'
import { forSignedIn } from '#accounts/signed-in.ts'

const queueLength = 50

export function mountReviewing(web: Web, pageContext: PageContext) {
  mountReviews(web, pageContext)
  mountQueue(web, pageContext)
  mountAssigning(web, pageContext)
}

function mountReviews(web: Web, pageContext: PageContext) {
  const { askAs, view: viewFor } = pageContext
  const { page, take } = forSignedIn(web, pageContext)

  async function partsOf(request: HttpRequest, id: string) {
    const [draft, written] = await Promise.all([
      askAs(request.who, readDraft, { id }),
      askAs(request.who, writtenReviews, { id }),
    ])
    return { draft, written }
  }

  page('/drafts/:id/review', async (request, { id = '' }) => {
    const parts = await partsOf(request, id)
    if (!parts.written.mayWrite) return seeOther(viewFor(request).href(`${draftPath(id)}/reviews`))
    return reviewFormPage(viewFor(request), {
      ...parts,
      typed: savedFields(parts.written),
      isSaved: request.query.get('saved') === 'true',
    })
  })

  page('/drafts/:id/reviews', async (request, { id = '' }) => {
    const { draft, written } = await partsOf(request, id)
    return reviewsPage(viewFor(request), draft, written)
  })

  const write = async (
    request: HttpRequest,
    form: URLSearchParams,
    { id = '' }: Record<string, string>,
  ): Promise<HttpResponse> => {
    const parts = await partsOf(request, id)
    const view = viewFor(request)
    const codes = (parts.written.rubric?.criteria ?? []).map(({ code }) => code)
    const handIn = form.get('go') === 'handIn'
    const verdict = form.get('verdict')
    const text = (name: string) => (form.get(name) ?? '').trim()
    const send = () =>
      askAs(request.who, writeReview, {
        id,
        language: request.language,
        scores: codes.flatMap((code) => scoreIn(form, code)),
        ...(verdict && { verdict }),
        summary: text('summary'),
        strong: text('strong'),
        weak: text('weak'),
        handIn,
      })
    return orWrong(
      async () => {
        await send()
        return seeOther(view.href(`${draftPath(id)}/${handIn ? 'reviews' : 'review?saved=true'}`))
      },
      (violations) => {
        const errors: Errors = errorsOf(view, violations, [
          ...fieldsOfReview(parts.written.rubric?.criteria ?? []),
          'review',
        ])
        return reviewFormPage(view, { ...parts, typed: new Map(form), errors })
      },
    )
  }
  take('/drafts/:id/review', write)
}

function mountQueue(web: Web, pageContext: PageContext) {
  const { askAs, askForPart, view: viewFor, kinds } = pageContext
  const { page } = forSignedIn(web, pageContext)
  page('/queue', async (request) => {
    const text = (name: string) => (request.query.get(name) ?? '').slice(0, 50)
    const flag = (name: string) => request.query.get(name) === 'true'
    const filters = {
      state: text('state'),
      kind: text('kind'),
      collection: text('collection'),
      reviewer: text('reviewer'),
      overdue: flag('overdue'),
      mine: flag('mine'),
    }
    const after = text('after')
    const given = Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== '' && value !== false))
    const { drafts, next } = await askAs(request.who, queue, {
      ...given,
      limit: queueLength,
      ...(/^\d{1,6}$/.test(after) && { after }),
    })
    const loads = await askForPart(request.who, workload, {})
    const { collections } = await askAs(request.who, listCollections, { limit: 100 })
    return queuePage(viewFor(request), {
      lines: drafts,
      next,
      filters,
      kinds: [...kinds.values()].filter(({ isAid }) => !isAid).map(({ name }) => name),
      collections: collections.map(({ collection: { id, body } }) => ({ id, ...body })),
      reviewers: loads?.reviewers,
    })
  })
}

function mountAssigning(web: Web, pageContext: PageContext) {
  const { askAs, view: viewFor } = pageContext
  const { take } = forSignedIn(web, pageContext)
  const { onDraft } = draftOverview(pageContext)

  take('/queue/:id/assign', async (request, form, { id = '' }) => {
    const dueOn = form.get('dueOn')
    return onDraft(request, { id, form, fields: ['reviewer', 'dueOn'] }, async () => {
      await askAs(request.who, assign, { id, reviewer: form.get('reviewer') ?? '', ...(dueOn && { dueOn }) })
      return seeOther(viewFor(request).href(draftPath(id)))
    })
  })

  take('/queue/:id/declare', (request, form, { id = '' }) => {
    const said = form.get('hasInterest')
    const hasInterest = said === 'true' || (said === 'false' ? false : undefined)
    return onDraft(request, { id, form, fields: ['hasInterest'] }, async () => {
      await askAs(request.who, declareInterest, { id, hasInterest })
      return seeOther(viewFor(request).href(hasInterest ? '/queue' : draftPath(id)))
    })
  })
}

/** A criterion that was left open is none yet. */
function scoreIn(form: URLSearchParams, criterion: string) {
  const level = form.get(`level.${criterion}`)
  const reason = (form.get(`reason.${criterion}`) ?? '').trim()
  const isNumber = level !== null && /^\d{1,3}(\.\d+)?$/.test(level)
  return isNumber || reason ? [{ criterion, reason, ...(isNumber && { level: Number(level) }) }] : []
}

/** The values of the form of a review. */
function savedFields({ reviews }: WrittenReviews): Map<string, string> {
  const own = reviews.find(({ isOwn, isEarlier }) => isOwn && !isEarlier)
  if (!own) return new Map()
  const { scores, verdict, summary, strong, weak } = own
  return new Map<string, string>([
    ...scores.flatMap(({ criterion, level, reason }): [string, string][] => [
      [`level.${criterion}`, level === undefined ? '' : String(level)],
      [`reason.${criterion}`, reason],
    ]),
    ['verdict', verdict ?? ''],
    ['summary', summary],
    ['strong', strong],
    ['weak', weak],
  ])
}
