/** The form of a draft, step by step. */
import { isDeepStrictEqual } from 'node:util'
import { type Violation, noSuch } from '#kernel/problem.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { forSignedIn } from '#accounts/signed-in.ts'
import { violationsOfFiles } from '#features/attachments/named.ts'
import { takeAttachments, typedForNew } from '#features/attachments/routes.ts'
import { stepNamed, type Step } from '#records/form/plan.ts'
import { readStep } from '#records/form/read.ts'
import type { Kind } from '#records/kind.ts'
import { version } from '#records/operations.ts'
import { seeOther, type Handle } from '#ui/form-post.ts'
import type { PageContext } from '#ui/page-context.ts'
import type { View } from '#ui/view.ts'
import { listComments } from './drafts/comments.ts'
import type { Conflict } from './drafts/merge.ts'
import { listDraftNotes } from './drafts/notes.ts'
import type { DraftShape } from './drafts/shapes.ts'
import { longestUnread, readDraft, saveDraft } from './drafts/write.ts'
import { bodyFilledFrom, originAfter } from './form-origins.ts'
import { linksFrom } from './links-of-forms.ts'
import { checkPath, draftPath } from './pages/draft.ts'
import { stepPage, type StepParts } from './pages/step.ts'
import { linksTyped, type TypedLinks } from './record-choices.ts'
import { misfits, periodsOf, toldValue, wordsFor } from './step-errors.ts'

type Body = Readonly<Record<string, unknown>>
type StepOfDraft = { draft: DraftShape; kind: Kind; step: Step; before: Body | undefined }

export function mountDraftForm(web: Web, pageContext: PageContext, { fileBytes }: { fileBytes: number }) {
  const { view: viewFor } = pageContext
  const { page, take } = forSignedIn(web, pageContext)

  page('/drafts/:id/edit/:step', async (request, { id = '', step: name = '' }) => {
    const parts = await stepOf(pageContext, request, id, name)
    const [around, shown] = [await besides(pageContext, request, parts), typedBefore(viewFor(request), parts)]
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

  take('/drafts/:id/edit/:step', (...sent) => saveStep(pageContext, ...sent), {
    files: { fileBytes, files: 1 },
    tellsOfFiles: true,
  })
}

async function saveStep(
  pageContext: PageContext,
  ...[request, form, { id = '', step: name = '' }, files, problem]: Parameters<Handle>
): Promise<HttpResponse> {
  const { askAs, view: viewFor } = pageContext
  const { draft, kind, step, before } = await stepOf(pageContext, request, id, name)
  const ofFiles = await takeAttachments(pageContext, request, { step, form, draft, sent: { files, problem } })
  const links = await linksTyped(pageContext, request.who, step, form)
  const filledFrom = await bodyFilledFrom(pageContext, request, { draft, step, form })
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
  if (violations.length === 0 && saved.conflicts.length === 0 && !form.get('more'))
    return seeOther(viewFor(request).href(pathAfter(form, { id, kind, step })))
  return stepAgain(pageContext, request, { form, saved, kind, step, unread, offered: links.offered, violations })
}

/** Where whoever saved a step goes on. */
function pathAfter(form: URLSearchParams, { id, kind, step }: { id: string; kind: Kind; step: Step }): string {
  const go = form.get('go') ?? 'stay'
  if (go === 'check') return checkPath(id)
  if (go === 'overview') return `${draftPath(id)}?saved=true`
  const next = stepNamed(kind, go) ?? step
  return `${draftPath(id, next.name)}?saved=true`
}

type Sent = {
  form: URLSearchParams
  saved: { draft: DraftShape; conflicts: readonly Conflict[] }
  kind: Kind
  step: Step
  unread: Readonly<Record<string, string>>
  offered: TypedLinks['offered']
  violations: readonly Violation[]
}

/** The form as it was sent: with what does not fit, with what others wrote meanwhile, or with a row more. */
async function stepAgain(
  pageContext: PageContext,
  request: HttpRequest,
  { form, saved, kind, step, unread, offered, violations }: Sent,
): Promise<HttpResponse> {
  const { draft, conflicts } = saved
  const view = pageContext.view(request)
  const typed = new Map(Object.values(unread).flatMap((one) => JSON.parse(one) as [string, string][]))
  for (const [field, text] of typedForNew(step, form)) typed.set(field, text)
  const around = await besides(pageContext, request, { draft, kind, step })
  return stepPage(view, {
    draft,
    kind,
    step,
    ...around,
    links: { ...around.links, typed: offered },
    typed,
    more: form.get('more') ?? undefined,
    values: Object.fromEntries(conflicts.map(({ field, mine }) => [field, mine])),
    filledFrom: new Map(conflicts.map(({ field }) => [field, originAfter(field, form)])),
    conflicts: new Map(conflicts.map(({ field, theirs }) => [field, toldValue(theirs)])),
    errors: wordsFor(view, step, violations),
    isSaved: violations.length === 0 && conflicts.length === 0,
    isAnswer: true,
    isFromCheck: form.get('go') === 'check',
  })
}

async function stepOf(pageContext: PageContext, request: HttpRequest, id: string, name: string): Promise<StepOfDraft> {
  const draft = await pageContext.askAs(request.who, readDraft, { id })
  const kind = pageContext.kinds.get(draft.kind)!
  const step = stepNamed(kind, name)
  if (!step) throw noSuch('formStep', name)
  return { draft, kind, step, before: await bodyBefore(pageContext, request, draft) }
}

/** Of a draft that changes a record: what the record says. */
const bodyBefore = async (
  { askForPart }: PageContext,
  request: HttpRequest,
  { recordId, baseRevision }: Pick<DraftShape, 'recordId' | 'baseRevision'>,
): Promise<Body | undefined> =>
  baseRevision === null
    ? undefined
    : (await askForPart(request.who, version, { id: recordId, revision: baseRevision }))?.body

/** What stands beside the fields: read only where the form is shown, since most saves go on elsewhere. */
const besides = async (
  pageContext: PageContext,
  request: HttpRequest,
  { draft, kind, step }: Omit<StepOfDraft, 'before'>,
) => ({
  comments: (await pageContext.askAs(request.who, listComments, { id: draft.id })).comments,
  notes: (await pageContext.askAs(request.who, listDraftNotes, { id: draft.id })).notes,
  links: await linksFrom(pageContext, request.who, { kind, body: draft.body }, step),
})

/** What was typed into fields that could not be read, from the save; and what is wrong with those and with others. */
function typedBefore(view: View, { draft, kind, step, before }: StepOfDraft): Pick<StepParts, 'typed' | 'errors'> {
  const unread = step.asked.filter(({ name }) => draft.unread[name] !== undefined)
  const typed = new Map(unread.flatMap(({ name }) => JSON.parse(draft.unread[name]!) as [string, string][]))
  const form = new URLSearchParams([...typed])
  const { violations } = readStep({ ...step, asked: unread }, form, draft.originalLanguage, {}, view.language)
  const ofValues = step.asked.filter(({ name }) => !unread.some((one) => one.name === name) && name in draft.body)
  const ofPeriods = periodsOf(kind, step, draft.body, before)
  const wrong = [...violations, ...misfits(ofValues, draft.body, before), ...ofPeriods]
  return { typed, errors: wordsFor(view, step, wrong) }
}

const typedForm = ({ typed }: Pick<StepParts, 'typed'>) => new URLSearchParams([...(typed ?? [])])
