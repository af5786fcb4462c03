/** Describing something: the desk, drafts and their forms, comments, steps. */
import { Problem } from '#core/problem.ts'
import type { Answer } from '#core/web/answer.ts'
import type { Asked, Web } from '#core/web/server.ts'
import { confirmStillTrue } from '#house/care/care.ts'
import { listCollections } from '#house/curation/keeping.ts'
import { comment, listComments, resolveComment } from '#house/drafts/comments.ts'
import { reviewersFor } from '#house/drafts/assigning.ts'
import { chooseCollection } from '#house/drafts/choose-collection.ts'
import { assignmentsOf, queue, type Assignment } from '#house/drafts/queue.ts'
import type { DraftShape } from '#house/drafts/shapes.ts'
import { rebaseDraft } from '#house/drafts/rebase.ts'
import { stepDraft } from '#house/drafts/steps.ts'
import { draftSteps } from '#house/drafts/told.ts'
import { addAuthor, beginDraft, listDrafts, readDraft, saveDraft } from '#house/drafts/write.ts'
import { stepNamed, stepsOf, type Step } from '#house/forms/plan.ts'
import { readStep } from '#house/forms/read.ts'
import { collectionChoice } from '#house/pages/curation.ts'
import { assignForm, declareForm, deskPage, sharePage } from '#house/pages/desk.ts'
import { misfitsOfFiles } from '#house/files/named.ts'
import { describable } from '#house/kind.ts'
import { draftPage, draftPath, stepPage, type StepParts } from '#house/pages/draft.ts'
import { errorsOf, type Errors } from '#house/pages/forms.ts'
import { reviewLinks } from '#house/pages/reviewing.ts'
import { writtenReviews } from '#house/reviewing/write.ts'
import { linksFrom } from './links-of-forms.ts'
import { orWrong, seeOther, type Handle } from './posting.ts'
import { placesOfFiles, takeAttachments, typedForNew } from './attachments.ts'
import type { Asking } from './records.ts'
import { forSignedIn } from './signed-in.ts'

export function mountDrafts(web: Web, asking: Asking, { fileBytes }: { fileBytes: number }) {
  const { askAs, askForPart, view: viewFor, kinds, namesOf, slot } = asking
  const { page, take } = forSignedIn(web, asking)
  const shareable = describable(kinds)

  const find = (asked: Asked, id: string) => askAs(asked.who, readDraft, { id })
  const commentsOf = async (asked: Asked, id: string) => (await askAs(asked.who, listComments, { id })).comments

  async function overview(asked: Asked, id: string, errors?: Errors): Promise<Answer> {
    const { who } = asked
    const draft = await find(asked, id)
    const [comments, { steps }, authors, { assignments }] = await Promise.all([
      commentsOf(asked, id),
      askAs(who, draftSteps, { id }),
      namesOf(draft.authors),
      askAs(who, assignmentsOf, { id }),
    ])
    const more = await slot('draft', asked, draft)
    const parts = { draft, kind: kinds.get(draft.kind)!, comments, steps, authors, assignments, more }
    const written = await askAs(who, writtenReviews, { id })
    const review = [
      await reviewPart(asked, draft, assignments),
      reviewLinks(viewFor(asked), id, written),
      collectionChoice(
        viewFor(asked),
        draft,
        draft.mayWrite && steps.length === 0 ? await offeredCollections(asked) : [],
      ),
    ]
    return draftPage(viewFor(asked), { ...parts, review }, errors)
  }

  const offeredCollections = async (asked: Asked) =>
    (await askAs(asked.who, listCollections, { limit: 100 })).collections.map(({ collection }) => collection)

  /** For curators: to whom to give it. For reviewers: whether they have an interest in it. */
  async function reviewPart(asked: Asked, { id, state, authors }: DraftShape, assignments: readonly Assignment[]) {
    const { actor } = asked.who
    const self = actor.kind === 'person' ? actor.id : ''
    const mine = assignments.find(({ reviewerId }) => reviewerId === self)
    const isWaiting = state === 'submitted' || state === 'in-review'
    if (mine && mine.interest === null) return declareForm(viewFor(asked), id)
    if (!isWaiting || authors.includes(self)) return undefined
    const found = await askForPart(asked.who, reviewersFor, { id })
    return found && assignForm(viewFor(asked), id, found.reviewers)
  }

  page('/desk', async (asked) => {
    const [{ drafts }, waiting] = await Promise.all([
      askAs(asked.who, listDrafts, {}),
      askForPart(asked.who, queue, { mine: 'true' }),
    ])
    return deskPage(viewFor(asked), { drafts, waiting: waiting?.drafts, more: await slot('desk', asked, null) })
  })

  page('/share', async (asked) => sharePage(viewFor(asked), shareable, asked.query.get('collection') ?? ''))

  const toFirstStep = (asked: Asked, { id, kind }: DraftShape) =>
    seeOther(viewFor(asked).href(draftPath(id, stepsOf(kinds.get(kind)!)[0]!.name)))

  take('/share', async (asked, form) => {
    const draft = await askAs(asked.who, beginDraft, {
      kind: form.get('kind') ?? '',
      language: form.get('language') ?? asked.language,
    })
    const collection = form.get('collection')
    if (collection) await askAs(asked.who, chooseCollection, { id: draft.id, collection })
    return toFirstStep(asked, draft)
  })

  take('/records/:id/change', async (asked, _form, { id }) =>
    toFirstStep(asked, await askAs(asked.who, beginDraft, { record: id })),
  )

  take('/records/:id/care', async (asked, _form, { id = '' }) => {
    await askAs(asked.who, confirmStillTrue, { id })
    return seeOther(viewFor(asked).href(`/records/${id}`))
  })

  page('/drafts/:id', async (asked, { id = '' }) => overview(asked, id))

  async function stepOf(asked: Asked, id: string, name: string) {
    const draft = await find(asked, id)
    const kind = kinds.get(draft.kind)!
    const step = stepNamed(kind, name)
    if (!step) throw new Problem('notFound', { what: name })
    return { draft, kind, step }
  }

  /** What stands beside the fields: read only where the form is shown, since most saves go on elsewhere. */
  const besides = async (asked: Asked, { draft, kind, step }: Awaited<ReturnType<typeof stepOf>>) => ({
    comments: await commentsOf(asked, draft.id),
    links: await linksFrom(asking, asked.who, { kind, body: draft.body }, step),
  })

  page('/drafts/:id/edit/:step', async (asked, { id = '', step: name = '' }) => {
    const parts = await stepOf(asked, id, name)
    return stepPage(viewFor(asked), {
      ...parts,
      ...(await besides(asked, parts)),
      ...typedBefore(asked, parts),
      isSaved: asked.query.get('saved') === 'true',
    })
  })

  /** What was typed into fields that could not be read, from the save. */
  function typedBefore(
    asked: Asked,
    { draft, step }: { draft: DraftShape; step: Step },
  ): Pick<StepParts, 'typed' | 'errors'> {
    const unread = step.asked.filter(({ name }) => draft.unread[name] !== undefined)
    const typed = new Map(unread.flatMap(({ name }) => JSON.parse(draft.unread[name]!) as [string, string][]))
    const form = new URLSearchParams([...typed])
    const { misfits } = readStep({ ...step, asked: unread }, form, draft.originalLanguage, {})
    return {
      typed,
      errors: errorsOf(
        viewFor(asked),
        misfits,
        step.asked.map(({ name }) => name),
      ),
    }
  }

  const withFiles = { files: { fileBytes, files: 1 }, tellsOfFiles: true } as const
  take('/drafts/:id/edit/:step', saveStep, withFiles)
  async function saveStep(...[asked, form, { id = '', step: name = '' }, files, problem]: Parameters<Handle>) {
    const { draft, kind, step } = await stepOf(asked, id, name)
    const ofFiles = await takeAttachments(asking, asked, { step, form, draft, sent: { files, problem } })
    const read = readStep(step, form, draft.originalLanguage, draft.body)
    const { values, unread } = read
    const misfits = [...read.misfits, ...ofFiles, ...misfitsOfFiles(values)]
    const saved = await askAs(asked.who, saveDraft, {
      id,
      revision: Number(form.get('revision')) || draft.revision,
      values,
      unread,
    })
    const go = form.get('go') ?? 'stay'
    const more = form.get('more') ?? undefined
    const view = viewFor(asked)
    if (misfits.length === 0 && saved.conflicts.length === 0 && !more) {
      if (go === 'overview') return seeOther(view.href(draftPath(id)))
      const next = stepNamed(kind, go) ?? step
      return seeOther(view.href(`${draftPath(id, next.name)}?saved=true`))
    }
    const typed = new Map(Object.values(unread).flatMap((one) => JSON.parse(one) as [string, string][]))
    for (const [field, text] of typedForNew(step, form)) typed.set(field, text)
    const fields = [...step.asked.map((one) => one.name), ...placesOfFiles(step, misfits)]
    return stepPage(view, {
      draft: saved.draft,
      kind,
      step,
      ...(await besides(asked, { draft: saved.draft, kind, step })),
      typed,
      more,
      values: Object.fromEntries(saved.conflicts.map(({ field, mine }) => [field, mine])),
      conflicts: new Map(saved.conflicts.map(({ field, theirs }) => [field, toldValue(theirs)])),
      errors: errorsOf(view, misfits, fields),
      isSaved: misfits.length === 0 && saved.conflicts.length === 0,
    })
  }

  take('/drafts/:id/steps', async (asked, form, { id = '' }) => {
    const before = await find(asked, id)
    const asks = stepsOf(kinds.get(before.kind)!).flatMap((step) => step.asked.map(({ name }) => name))
    const fields = ['verdict', 'reason', 'note', ...asks]
    let revision = Number(form.get('revision')) || 1
    // The record may have changed since: its authors look again where both changed the same, before it is sent in.
    if (form.get('step') === 'submit') {
      const { draft, conflicts } = await askAs(asked.who, rebaseDraft, {
        id,
      })
      const misfits = conflicts.map(({ field, theirs }) => ({
        place: field,
        rule: 'changedMeanwhileTo',
        values: { theirs: toldValue(theirs).slice(0, 300) },
      }))
      if (misfits.length > 0) return overview(asked, id, errorsOf(viewFor(asked), misfits, fields))
      if (before.revision === revision) revision = draft.revision
    }
    return orWrong(
      async () => {
        const draft = await askAs(asked.who, stepDraft, {
          id,
          step: form.get('step') ?? '',
          revision,
          reason: form.get('reason') ?? 'none',
          note: form.get('note') ?? '',
          ...(form.get('verdict') && { verdict: form.get('verdict') }),
        })
        return seeOther(viewFor(asked).href(draftPath(draft.id)))
      },
      async (misfits) => overview(asked, id, errorsOf(viewFor(asked), misfits, fields)),
    )
  })

  take('/drafts/:id/comments', async (asked, form, { id = '' }) => {
    const text = form.get('text') ?? ''
    if (text.trim())
      await askAs(asked.who, comment, {
        id,
        text,
        place: form.get('place') ?? '',
        ...(form.get('parentId') && { parentId: form.get('parentId') }),
      })
    return seeOther(viewFor(asked).href(`${draftPath(id)}#comments`))
  })

  take('/drafts/:id/comments/:comment', async (asked, form, { id = '', comment: commentId = '' }) => {
    await askAs(asked.who, resolveComment, { id, comment: commentId, isResolved: form.get('isResolved') === 'true' })
    return seeOther(viewFor(asked).href(`${draftPath(id)}#comments`))
  })

  take('/drafts/:id/authors', async (asked, form, { id = '' }) => {
    await askAs(asked.who, addAuthor, { id, email: (form.get('email') ?? '').trim() })
    return seeOther(viewFor(asked).href(draftPath(id)))
  })
}

const toldValue = (value: unknown): string =>
  value === null || value === undefined
    ? '—'
    : typeof value === 'object'
      ? Object.values(value)
          .flat()
          .map((one) => (typeof one === 'object' ? JSON.stringify(one) : String(one)))
          .join('; ')
      : String(value)
