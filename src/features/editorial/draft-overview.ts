/** The page of a draft, and the same page again with what was refused beside its field, for all forms that stand on it. */
import { Problem, type Violation } from '#kernel/problem.ts'
import type { Content } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { HttpRequest } from '#kernel/http/server.ts'
import { errorsOf } from '#ui/forms.ts'
import type { PageContext } from '#ui/page-context.ts'
import { listCollections } from './collections/keeping.ts'
import { reviewersFor } from './drafts/assigning.ts'
import { listComments } from './drafts/comments.ts'
import { invitedAuthors } from './drafts/invitations.ts'
import { assignmentsOf, type Assignment } from './drafts/queue.ts'
import type { DraftShape } from './drafts/shapes.ts'
import { listDraftNotes } from './drafts/notes.ts'
import { draftSteps } from './drafts/timeline.ts'
import { readDraft } from './drafts/write.ts'
import { collectionChoice } from './pages/collections.ts'
import { assignForm, declareForm } from './pages/desk.ts'
import { deleteLink } from './pages/deleting.ts'
import { draftPage } from './pages/draft.ts'
import { notesLink } from './pages/notes.ts'
import { nothingRefused, type RefusedForm } from './pages/refused.ts'
import { reviewLinks } from './pages/reviewing.ts'
import { writtenReviews } from './reviewing/write.ts'

type Sent = { id: string; form: URLSearchParams; fields: readonly string[]; ofTries?: Violation }

export function draftOverview(pageContext: PageContext) {
  const { askAs, askForPart, view: viewFor, kinds, namesOf, slot } = pageContext

  const find = (request: HttpRequest, id: string) => askAs(request.who, readDraft, { id })
  const commentsOf = async (request: HttpRequest, id: string) =>
    (await askAs(request.who, listComments, { id })).comments

  async function overview(
    request: HttpRequest,
    id: string,
    refused: RefusedForm = nothingRefused,
  ): Promise<HttpResponse> {
    const { who } = request
    const draft = await find(request, id)
    const [comments, { steps }, authors, { assignments }, { invited }, { notes }] = await Promise.all([
      commentsOf(request, id),
      askAs(who, draftSteps, { id }),
      namesOf(draft.authors),
      askAs(who, assignmentsOf, { id }),
      askAs(who, invitedAuthors, { id }),
      askAs(who, listDraftNotes, { id }),
    ])
    const more = await slot('draft', request, draft)
    const isSaved = request.query.get('saved') === 'true'
    const parts = { draft, kind: kinds.get(draft.kind)!, comments, steps, authors, assignments, invited, more, isSaved }
    const written = await askAs(who, writtenReviews, { id })
    const offered = draft.mayWrite && steps.length === 0 ? await offeredCollections(request) : []
    const part = await reviewPart(request, draft, { assignments, refused })
    const review = [
      part.form,
      reviewLinks(viewFor(request), id, written),
      collectionChoice(viewFor(request), draft, offered, refused.errors),
    ]
    const noted = notesLink(viewFor(request), id, notes.length)
    const end = deleteLink(viewFor(request), parts)
    return draftPage(viewFor(request), { ...parts, mayAssign: part.mayAssign, review, notes: noted, refused, end })
  }

  const offeredCollections = async (request: HttpRequest) =>
    (await askAs(request.who, listCollections, { limit: 100 })).collections.map(({ collection }) => collection)

  /** For curators: to whom to give it. For reviewers: whether they have an interest in it. */
  async function reviewPart(
    request: HttpRequest,
    { id, state, authors }: DraftShape,
    { assignments, refused }: { assignments: readonly Assignment[]; refused: RefusedForm },
  ): Promise<{ form?: Content; mayAssign?: boolean }> {
    const { actor } = request.who
    const self = actor.kind === 'person' ? actor.id : ''
    const mine = assignments.find(({ reviewerId }) => reviewerId === self)
    const isWaiting = state === 'submitted' || state === 'in-review'
    if (mine && mine.interest === null) return { form: declareForm(viewFor(request), id, refused.errors) }
    if (!isWaiting || authors.includes(self)) return {}
    const found = await askForPart(request.who, reviewersFor, { id })
    if (!found) return {}
    return { mayAssign: true, form: assignForm(viewFor(request), { draftId: id, reviewers: found.reviewers, refused }) }
  }

  /** Does what a form of this page asks for; what is refused is told beside its field, and what was typed stays. */
  async function onDraft(
    request: HttpRequest,
    { id, form, fields, ofTries }: Sent,
    work: () => Promise<HttpResponse>,
  ): Promise<HttpResponse> {
    try {
      return await work()
    } catch (error) {
      const violations = error instanceof Problem ? violationsIn(error, ofTries) : []
      if (violations.length === 0) throw error
      const errors = errorsOf(viewFor(request), violations, fields)
      return overview(request, id, { errors, typed: new Map(form) })
    }
  }

  return { find, commentsOf, overview, onDraft }
}

const violationsIn = ({ code, violations }: Problem, ofTries: Violation | undefined): readonly Violation[] =>
  code === 'tooManyTries' && ofTries ? [ofTries] : code === 'invalid' ? violations : []
