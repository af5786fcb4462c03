/** Describing something: the desk, drafts and their forms, comments, steps. */
import { isDeepStrictEqual } from 'node:util'
import { Problem, type Violation } from '#kernel/problem.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { confirmStillTrue } from '#features/stewardship/stewardship.ts'
import { comment, resolveComment } from './drafts/comments.ts'
import type { DraftShape } from './drafts/shapes.ts'
import { deskOf } from './desk.ts'
import { draftOverview } from './draft-overview.ts'
import { checkDraft } from './drafts/check.ts'
import { listDraftNotes } from './drafts/notes.ts'
import { rebaseDraft } from './drafts/rebase.ts'
import { stepDraft } from './drafts/steps.ts'
import { longestUnread, readSave, saveDraft } from './drafts/write.ts'
import { controlAt, stepNamed, stepsOf, type Step } from '#records/form/plan.ts'
import { filledRows, readStep, violationsOfValue } from '#records/form/read.ts'
import { violationsOfPeriods } from '#records/periods.ts'
import { violationsOfFiles } from '#features/attachments/named.ts'
import type { Kind } from '#records/kind.ts'
import { version } from '#records/operations.ts'
import { checkPath, draftPath } from './pages/draft.ts'
import { fromName, stepPage, type StepParts } from './pages/step.ts'
import { checkPage } from './pages/check.ts'
import { errorsOf, fieldId, type Errors } from '#ui/forms.ts'
import { linkedFrom, linksFrom } from './links-of-forms.ts'
import { linksTyped } from './record-choices.ts'
import { seeOther, type Handle } from '#ui/form-post.ts'
import { placesOfFiles, takeAttachments, typedForNew } from '#features/attachments/routes.ts'
import type { PageContext } from '#ui/page-context.ts'
import { forSignedIn } from '#accounts/signed-in.ts'

type Body = Readonly<Record<string, unknown>>

export function mountDrafts(web: Web, pageContext: PageContext, { fileBytes }: { fileBytes: number }) {
  const { askAs, askForPart, view: viewFor, kinds, slot } = pageContext
  const { page, take } = forSignedIn(web, pageContext)

  const { commentsOf, find, onDraft, overview } = draftOverview(pageContext)
  const desk = deskOf(pageContext)

  page('/desk', (request) => desk(request))

  take('/records/:id/care', async (request, _form, { id = '' }) => {
    await askAs(request.who, confirmStillTrue, { id })
    return seeOther(viewFor(request).href(`/records/${id}`))
  })

  page('/drafts/:id', async (request, { id = '' }) => overview(request, id))

  /** Of a draft that changes a record: what the record says. */
  const bodyBefore = async (
    request: HttpRequest,
    { recordId, baseRevision }: Pick<DraftShape, 'recordId' | 'baseRevision'>,
  ): Promise<Body | undefined> =>
    baseRevision === null
      ? undefined
      : (await askForPart(request.who, version, { id: recordId, revision: baseRevision }))?.body

  async function stepOf(request: HttpRequest, id: string, name: string) {
    const draft = await find(request, id)
    const kind = kinds.get(draft.kind)!
    const step = stepNamed(kind, name)
    if (!step) throw new Problem('notFound', { what: name })
    return { draft, kind, step, before: await bodyBefore(request, draft) }
  }

  /** What stands beside the fields: read only where the form is shown, since most saves go on elsewhere. */
  const besides = async (
    request: HttpRequest,
    { draft, kind, step }: Pick<Awaited<ReturnType<typeof stepOf>>, 'draft' | 'kind' | 'step'>,
  ) => ({
    comments: await commentsOf(request, draft.id),
    notes: (await askAs(request.who, listDraftNotes, { id: draft.id })).notes,
    links: await linksFrom(pageContext, request.who, { kind, body: draft.body }, step),
  })

  page('/drafts/:id/edit/:step', async (request, { id = '', step: name = '' }) => {
    const parts = await stepOf(request, id, name)
    const [around, shown] = [await besides(request, parts), typedBefore(request, parts)]
    return stepPage(viewFor(request), {
      ...parts,
      ...around,
      ...shown,
      links: {
        ...around.links,
        typed: (await linksTyped(pageContext, request.who, parts.step, typedForm(shown))).offered,
      },
      isSaved: request.query.get('saved') === 'true',
      isFromCheck: request.query.get('from') === 'check',
    })
  })

  page('/drafts/:id/check', async (request, { id = '' }) => {
    const draft = await find(request, id)
    const kind = kinds.get(draft.kind)!
    const [{ violations, changed }, comments, linked] = await Promise.all([
      askAs(request.who, checkDraft, { id }),
      commentsOf(request, id),
      linkedFrom(pageContext, request.who, kind, draft.body),
    ])
    const all = { name: 'all', asked: stepsOf(kind).flatMap(({ asked }) => asked) }
    const errors = wordsFor(request, all, violations)
    const more = await slot('draft', request, draft)
    return checkPage(viewFor(request), { draft, kind, comments, linked, changed, errors, more })
  })

  /** What was typed into fields that could not be read, from the save; and what is wrong with those and with others. */
  function typedBefore(
    request: HttpRequest,
    { draft, kind, step, before }: { draft: DraftShape; kind: Kind; step: Step; before: Body | undefined },
  ): Pick<StepParts, 'typed' | 'errors'> {
    const unread = step.asked.filter(({ name }) => draft.unread[name] !== undefined)
    const typed = new Map(unread.flatMap(({ name }) => JSON.parse(draft.unread[name]!) as [string, string][]))
    const form = new URLSearchParams([...typed])
    const { violations } = readStep({ ...step, asked: unread }, form, draft.originalLanguage, {}, request.language)
    const ofValues = step.asked.filter(({ name }) => !unread.some((one) => one.name === name) && name in draft.body)
    const ofPeriods = periodsOf(kind, step, draft.body, before)
    const wrong = [...violations, ...misfits(ofValues, draft.body, before), ...ofPeriods]
    return { typed, errors: wordsFor(request, step, wrong) }
  }

  /** Periods that end before they begin, whose end this step asks for; of those that the record had before, none. */
  function periodsOf(kind: Kind, step: Step, values: Body, before: Body = {}): Violation[] {
    const known = violationsOfPeriods(kind, before)
    return violationsOfPeriods(kind, values).filter(
      (one) =>
        step.asked.some(({ name }) => name === one.place.split('.')[0]) &&
        !known.some((other) => isDeepStrictEqual(other, one)),
    )
  }

  /** What of these values does not fit; of those that the record had before, nothing. */
  const misfits = (asked: Step['asked'], values: Body, before: Body | undefined) =>
    asked
      .filter(({ name }) => !isDeepStrictEqual(values[name], before?.[name]))
      .flatMap((formField) => violationsOfValue(formField, values[formField.name]))

  const wordsFor = (request: HttpRequest, step: Step, violations: readonly Violation[]): Errors =>
    errorsOf(viewFor(request), violations, [
      ...step.asked.map(({ name }) => name),
      ...violations.map(({ place }) => controlAt(step, place)),
      ...placesOfFiles(step, violations),
    ])

  /**
   * What each field of the form was filled from: rows have no name but their place, and others may have moved them since.
   * A field shown again because somebody else changed it too names the save that its own rows came from.
   */
  async function bodyFilledFrom(
    request: HttpRequest,
    { draft, step, form }: { draft: DraftShape; step: Step; form: URLSearchParams },
  ): Promise<Body> {
    const saves = new Map<number, Body>([[draft.revision, draft.body]])
    for (const revision of new Set(step.asked.map(({ name }) => originOf(name, form).revision)))
      if (!saves.has(revision)) {
        const save = await askForPart(request.who, readSave, { id: draft.id, revision })
        saves.set(revision, (save?.body as Body | undefined) ?? draft.body)
      }
    return Object.fromEntries(
      step.asked.flatMap(({ name }) => {
        const { revision, rows } = originOf(name, form)
        const value = saves.get(revision)![name]
        if (value === undefined) return []
        return [[name, rows && Array.isArray(value) ? rows.map((row) => value[row] as unknown) : value]]
      }),
    )
  }

  const withFiles = { files: { fileBytes, files: 1 }, tellsOfFiles: true } as const
  take('/drafts/:id/edit/:step', saveStep, withFiles)
  async function saveStep(...[request, form, { id = '', step: name = '' }, files, problem]: Parameters<Handle>) {
    const { draft, kind, step, before } = await stepOf(request, id, name)
    const ofFiles = await takeAttachments(pageContext, request, { step, form, draft, sent: { files, problem } })
    const links = await linksTyped(pageContext, request.who, step, form)
    const filledFrom = await bodyFilledFrom(request, { draft, step, form })
    const read = readStep(step, form, draft.originalLanguage, filledFrom, request.language, links.meant)
    const { values, unread } = read
    const isAsBefore = ({ place }: Violation) => {
      const field = place.split('.')[0]!
      return unread[field] === undefined && before !== undefined && isDeepStrictEqual(values[field], before[field])
    }
    const own = read.violations.filter((violation) => !isAsBefore(violation))
    const saved = await askAs(request.who, saveDraft, {
      id,
      // A form that does not say what it was filled from is compared with the beginning: nothing is written over.
      revision: Number(form.get('revision')) || 1,
      values,
      // What is longer than a draft keeps is on the page that comes back, to be shortened there.
      unread: Object.fromEntries(Object.entries(unread).filter(([, typed]) => typed.length <= longestUnread)),
    })
    const ofPeriods = periodsOf(kind, step, { ...saved.draft.body, ...values }, before)
    const violations = [...own, ...ofFiles, ...violationsOfFiles(values), ...ofPeriods]
    const go = form.get('go') ?? 'stay'
    const more = form.get('more') ?? undefined
    const view = viewFor(request)
    if (violations.length === 0 && saved.conflicts.length === 0 && !more) {
      if (go === 'check') return seeOther(view.href(checkPath(id)))
      if (go === 'overview') return seeOther(view.href(`${draftPath(id)}?saved=true`))
      const next = stepNamed(kind, go) ?? step
      return seeOther(view.href(`${draftPath(id, next.name)}?saved=true`))
    }
    const typed = new Map(Object.values(unread).flatMap((one) => JSON.parse(one) as [string, string][]))
    for (const [field, text] of typedForNew(step, form)) typed.set(field, text)
    const around = await besides(request, { draft: saved.draft, kind, step })
    return stepPage(view, {
      draft: saved.draft,
      kind,
      step,
      ...around,
      links: { ...around.links, typed: links.offered },
      typed,
      more,
      values: Object.fromEntries(saved.conflicts.map(({ field, mine }) => [field, mine])),
      filledFrom: new Map(saved.conflicts.map(({ field }) => [field, originAfter(field, form)])),
      conflicts: new Map(saved.conflicts.map(({ field, theirs }) => [field, toldValue(theirs)])),
      errors: wordsFor(request, step, violations),
      isSaved: violations.length === 0 && saved.conflicts.length === 0,
      isAnswer: true,
      isFromCheck: go === 'check',
    })
  }

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
        reason: form.get('reason') ?? 'none',
        note: form.get('note') ?? '',
        ...(form.get('verdict') && { verdict: form.get('verdict') }),
      })
      return seeOther(viewFor(request).href(draftPath(draft.id)))
    })
  })

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

const toldValue = (value: unknown): string =>
  value === null || value === undefined
    ? '—'
    : typeof value === 'object'
      ? Object.values(value)
          .flat()
          .map((one) => (typeof one === 'object' ? JSON.stringify(one) : String(one)))
          .join('; ')
      : String(value)

/** The save that a field of the form was filled from; and, where its rows are fewer or stand otherwise, which of them they were. */
function originOf(field: string, form: URLSearchParams): { revision: number; rows?: number[] } {
  const [, revision, rows] = /^(\d{1,9}):([\d,]{0,4000})$/.exec(form.get(fromName(field)) ?? '') ?? []
  if (rows === undefined) return { revision: Number(form.get('revision')) || 1 }
  return { revision: Number(revision) || 1, rows: rows.split(',').filter(Boolean).map(Number) }
}

/** A row that was in no save. */
const newRow = 1_000
/** The same for the form that is shown next, in which the rows that say something stand one after another. */
function originAfter(field: string, form: URLSearchParams): string {
  const { revision, rows } = originOf(field, form)
  return `${revision}:${filledRows(field, form)
    .map((row) => (rows ? (rows[row] ?? newRow) : row))
    .join(',')}`
}

const typedForm = ({ typed }: Pick<StepParts, 'typed'>) => new URLSearchParams([...(typed ?? [])])
