/** Writing a review of a submission, and reading those that are there. */
import type { Answer } from '#core/web/answer.ts'
import type { Asked, Web } from '#core/web/server.ts'
import { listCollections } from '#house/curation/keeping.ts'
import { queue } from '#house/drafts/queue.ts'
import { readDraft } from '#house/drafts/write.ts'
import { errorsOf, type Errors } from '#house/pages/forms.ts'
import { assign, declareInterest } from '#house/drafts/assigning.ts'
import { draftPath } from '#house/pages/draft.ts'
import { fieldsOfReview, reviewFormPage, reviewsPage } from '#house/pages/reviewing.ts'
import { queuePage } from '#house/pages/queue.ts'
import { workload } from '#house/reviewing/workload.ts'
import { writeReview, writtenReviews, type WrittenReviews } from '#house/reviewing/write.ts'
import { orWrong, seeOther } from './posting.ts'
import type { Asking } from './records.ts'
import { forSignedIn } from './signed-in.ts'

const queueLength = 50

export function mountReviewing(web: Web, asking: Asking) {
  const { askAs, askForPart, view: viewFor, kinds } = asking
  const { page, take } = forSignedIn(web, asking)

  async function partsOf(asked: Asked, id: string) {
    const [draft, written] = await Promise.all([
      askAs(asked.who, readDraft, { id }),
      askAs(asked.who, writtenReviews, { id }),
    ])
    return { draft, written }
  }

  page('/drafts/:id/review', async (asked, { id = '' }) => {
    const parts = await partsOf(asked, id)
    if (!parts.written.mayWrite) return seeOther(viewFor(asked).href(`${draftPath(id)}/reviews`))
    return reviewFormPage(viewFor(asked), {
      ...parts,
      typed: savedFields(parts.written),
      isSaved: asked.query.get('saved') === 'true',
    })
  })

  page('/drafts/:id/reviews', async (asked, { id = '' }) => {
    const { draft, written } = await partsOf(asked, id)
    return reviewsPage(viewFor(asked), draft, written)
  })

  page('/queue', async (asked) => {
    const text = (name: string) => (asked.query.get(name) ?? '').slice(0, 50)
    const flag = (name: string) => asked.query.get(name) === 'true'
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
    const { drafts, next } = await askAs(asked.who, queue, {
      ...given,
      limit: queueLength,
      ...(/^\d{1,6}$/.test(after) && { after }),
    })
    const loads = await askForPart(asked.who, workload, {})
    const { collections } = await askAs(asked.who, listCollections, { limit: 100 })
    return queuePage(viewFor(asked), {
      lines: drafts,
      next,
      filters,
      kinds: [...kinds.values()].filter(({ isAid }) => !isAid).map(({ name }) => name),
      collections: collections.map(({ collection: { id, body } }) => ({ id, ...body })),
      reviewers: loads?.reviewers,
    })
  })

  const write = async (asked: Asked, form: URLSearchParams, { id = '' }: Record<string, string>): Promise<Answer> => {
    const parts = await partsOf(asked, id)
    const view = viewFor(asked)
    const codes = (parts.written.rubric?.criteria ?? []).map(({ code }) => code)
    const handIn = form.get('go') === 'handIn'
    const verdict = form.get('verdict')
    const text = (name: string) => (form.get(name) ?? '').trim()
    const send = () =>
      askAs(asked.who, writeReview, {
        id,
        language: asked.language,
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
      (misfits) => {
        const errors: Errors = errorsOf(view, misfits, [
          ...fieldsOfReview(parts.written.rubric?.criteria ?? []),
          'review',
        ])
        return reviewFormPage(view, { ...parts, typed: new Map(form), errors })
      },
    )
  }
  take('/drafts/:id/review', write)

  take('/queue/:id/assign', async (asked, form, { id = '' }) => {
    const dueOn = form.get('dueOn')
    await askAs(asked.who, assign, { id, reviewer: form.get('reviewer') ?? '', ...(dueOn && { dueOn }) })
    return seeOther(viewFor(asked).href(draftPath(id)))
  })

  take('/queue/:id/declare', async (asked, form, { id = '' }) => {
    await askAs(asked.who, declareInterest, { id, hasInterest: form.get('hasInterest') === 'true' })
    return seeOther(viewFor(asked).href(form.get('hasInterest') === 'true' ? '/queue' : draftPath(id)))
  })
}

/** A criterion that was left open is none yet. */
function scoreIn(form: URLSearchParams, criterion: string) {
  const level = form.get(`level.${criterion}`)
  const reason = (form.get(`reason.${criterion}`) ?? '').trim()
  const isNumber = level !== null && /^\d{1,3}(\.\d+)?$/.test(level)
  return isNumber || reason ? [{ criterion, reason, ...(isNumber && { level: Number(level) }) }] : []
}

/** What is in the form of one’s own review. */
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
