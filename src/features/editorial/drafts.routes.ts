/** Describing something: the desk, drafts and their steps, comments; their forms are mounted here and stand beside. */
import type { Web } from '#kernel/http/server.ts'
import { forSignedIn } from '#accounts/signed-in.ts'
import { confirmStillTrue } from '#features/stewardship/stewardship.ts'
import { stepsOf } from '#records/form/plan.ts'
import { errorsOf, fieldId } from '#ui/forms.ts'
import { seeOther } from '#ui/form-post.ts'
import type { PageContext } from '#ui/page-context.ts'
import { deskOf } from './desk.ts'
import { mountDraftForm } from './draft-form.routes.ts'
import { draftOverview } from './draft-overview.ts'
import { checkDraft } from './drafts/check.ts'
import { comment, resolveComment } from './drafts/comments.ts'
import { rebaseDraft } from './drafts/rebase.ts'
import { stepDraft } from './drafts/steps.ts'
import { linkedFrom } from './links-of-forms.ts'
import { checkPage } from './pages/check.ts'
import { checkPath, draftPath } from './pages/draft.ts'
import { toldValue, wordsFor } from './step-errors.ts'

export function mountDrafts(web: Web, pageContext: PageContext, limits: { fileBytes: number }) {
  mountDesk(web, pageContext)
  mountCare(web, pageContext)
  mountOverview(web, pageContext)
  mountDraftForm(web, pageContext, limits)
  mountCheck(web, pageContext)
  mountSteps(web, pageContext)
  mountComments(web, pageContext)
}

function mountDesk(web: Web, pageContext: PageContext) {
  const { page } = forSignedIn(web, pageContext)
  const desk = deskOf(pageContext)
  page('/desk', (request) => desk(request))
}

function mountCare(web: Web, pageContext: PageContext) {
  const { askAs, view: viewFor } = pageContext
  const { take } = forSignedIn(web, pageContext)
  take('/records/:id/care', async (request, _form, { id = '' }) => {
    await askAs(request.who, confirmStillTrue, { id })
    return seeOther(viewFor(request).href(`/records/${id}`))
  })
}

function mountOverview(web: Web, pageContext: PageContext) {
  const { page } = forSignedIn(web, pageContext)
  const { overview } = draftOverview(pageContext)
  page('/drafts/:id', async (request, { id = '' }) => overview(request, id))
}

function mountCheck(web: Web, pageContext: PageContext) {
  const { askAs, view: viewFor, kinds, slot } = pageContext
  const { page } = forSignedIn(web, pageContext)
  const { commentsOf, find } = draftOverview(pageContext)
  page('/drafts/:id/check', async (request, { id = '' }) => {
    const draft = await find(request, id)
    const kind = kinds.get(draft.kind)!
    const [{ violations, changed }, comments, linked] = await Promise.all([
      askAs(request.who, checkDraft, { id }),
      commentsOf(request, id),
      linkedFrom(pageContext, request.who, kind, draft.body),
    ])
    const all = { name: 'all', asked: stepsOf(kind).flatMap(({ asked }) => asked) }
    const errors = wordsFor(viewFor(request), all, violations)
    const more = await slot('draft', request, draft)
    return checkPage(viewFor(request), { draft, kind, comments, linked, changed, errors, more })
  })
}

function mountSteps(web: Web, pageContext: PageContext) {
  const { askAs, view: viewFor, kinds } = pageContext
  const { take } = forSignedIn(web, pageContext)
  const { find, onDraft, overview } = draftOverview(pageContext)
  take('/drafts/:id/steps', async (request, form, { id = '' }) => {
    const before = await find(request, id)
    const asks = stepsOf(kinds.get(before.kind)!).flatMap((step) => step.asked.map(({ name }) => name))
    const fields = ['verdict', 'reason', 'note', ...asks]
    let revision = Number(form.get('revision')) || 1
    // The record may have changed since: its authors look again where both changed the same, before it is sent in.
    if (form.get('step') === 'submit') {
      const { draft, conflicts } = await askAs(request.who, rebaseDraft, {
        id,
      })
      const violations = conflicts.map(({ field, theirs }) => ({
        place: field,
        rule: 'changedMeanwhileTo',
        values: { theirs: toldValue(theirs).slice(0, 300) },
      }))
      if (violations.length > 0)
        return overview(request, id, { errors: errorsOf(viewFor(request), violations, fields), typed: new Map(form) })
      if (before.revision === revision) revision = draft.revision
    }
    return onDraft(request, { id, form, fields }, async () => {
      const draft = await askAs(request.who, stepDraft, {
        id,
        step: form.get('step') ?? '',
        revision,
        reason: form.get('reason') || 'none',
        note: form.get('note') ?? '',
        ...(form.get('verdict') && { verdict: form.get('verdict') }),
      })
      return seeOther(viewFor(request).href(draftPath(draft.id)))
    })
  })
}

function mountComments(web: Web, pageContext: PageContext) {
  const { askAs, view: viewFor } = pageContext
  const { take } = forSignedIn(web, pageContext)
  const { onDraft } = draftOverview(pageContext)
  take('/drafts/:id/comments', (request, form, { id = '' }) => {
    const [text, place] = [form.get('text') ?? '', form.get('place') ?? '']
    return onDraft(request, { id, form, fields: ['text'] }, async () => {
      await askAs(request.who, comment, {
        id,
        text,
        place,
        ...(form.get('parentId') && { parentId: form.get('parentId') }),
      })
      return seeOther(
        viewFor(request).href(
          form.get('back') === 'check' ? `${checkPath(id)}#${fieldId(place)}` : `${draftPath(id)}#comments`,
        ),
      )
    })
  })

  take('/drafts/:id/comments/:comment', async (request, form, { id = '', comment: commentId = '' }) => {
    await askAs(request.who, resolveComment, { id, comment: commentId, isResolved: form.get('isResolved') === 'true' })
    return seeOther(viewFor(request).href(`${draftPath(id)}#comments`))
  })
}
