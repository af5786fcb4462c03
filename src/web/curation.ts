/** The addresses of collections: reading them, keeping them, inviting into them, answering invitations. */
import type { Answer } from '#core/web/answer.ts'
import type { Asked, Web } from '#core/web/server.ts'
import { appoint, dismiss, listCollections, readCollection } from '#house/curation/keeping.ts'
import { answerInvitation, invitations, inviteRecord, membersOf, takeOut } from '#house/curation/members.ts'
import { chooseCollection } from '#house/drafts/choose-collection.ts'
import { stepsOf, type Step } from '#house/forms/plan.ts'
import { readStep } from '#house/forms/read.ts'
import { collectionFormPage, collectionPage, collectionPath, collectionsPage } from '#house/pages/curation.ts'
import { draftPath } from '#house/pages/draft.ts'
import { errorsOf, type Errors } from '#house/pages/forms.ts'
import { may } from '#core/permission.ts'
import { kindOperations } from '#house/record/kind-operations.ts'
import { ownIdIn } from '#house/record/names.ts'
import { read } from '#house/record/operations.ts'
import type { Kept } from '#house/record/record.ts'
import { linksFrom } from './links-of-forms.ts'
import { orWrong, seeOther } from './posting.ts'
import type { Asking } from './records.ts'
import { forSignedIn, isSignedIn } from './signed-in.ts'

type Body = Record<string, unknown>

export function mountCuration(web: Web, asking: Asking) {
  const { askAs, refuse, view: viewFor, kinds } = asking
  const kind = kinds.get('curated-collection')!
  const { share, revise } = kindOperations(kind)
  const step: Step = { name: 'all', asked: stepsOf(kind).flatMap(({ asked }) => asked) }
  const fields = step.asked.map(({ name }) => name)
  const { page, take } = forSignedIn(web, asking)
  const after = (asked: Asked) => {
    const text = asked.query.get('after') ?? ''
    return /^\d{1,6}$/.test(text) ? { after: text } : {}
  }
  const mayKeep = (asked: Asked) => may(asked.who.actor, 'record.publish')

  web.route('GET', '/collections', async (asked) => {
    const { collections, next } = await askAs(asked.who, listCollections, after(asked))
    const own = isSignedIn(asked) ? await askAs(asked.who, invitations, {}) : { invitations: [] }
    return collectionsPage(viewFor(asked), { collections, next, ...own, mayBegin: mayKeep(asked) })
  })

  async function show(asked: Asked, id: string, errors?: Errors): Promise<Answer> {
    const { who } = asked
    const board = await askAs(who, readCollection, { id })
    const { rubric, owner } = board.collection.body
    const linked = async (one: string | undefined) =>
      one === undefined ? undefined : askAs(who, read, { id: one }).catch(() => undefined)
    const { records, next } = await askAs(who, membersOf, { id, ...after(asked) })
    const invited = board.mayCurate ? await askAs(who, membersOf, { id, state: 'invited', limit: 100 }) : undefined
    return collectionPage(viewFor(asked), {
      board,
      records,
      next,
      invited: invited?.records ?? [],
      kinds,
      rubric: await linked(rubric),
      owner: await linked(owner),
      ...(errors && { errors }),
    })
  }

  const formPage = async (
    asked: Asked,
    collection: Kept | undefined,
    { values, typed = new Map(), errors = new Map() }: { values: Body; typed?: Map<string, string>; errors?: Errors },
  ) =>
    collectionFormPage(viewFor(asked), {
      kind,
      step,
      collection,
      values,
      typed,
      errors,
      links: await linksFrom(asking, asked.who, { kind, body: values }, step),
    })

  page('/collections/new', async (asked) => {
    if (!mayKeep(asked)) return refuse(asked.who, 'curated-collections.share')
    return formPage(asked, undefined, { values: {} })
  })

  web.route('GET', '/collections/:id', async (asked, { id = '' }) => show(asked, id))

  page('/collections/:id/change', async (asked, { id = '' }) => {
    if (!mayKeep(asked)) return refuse(asked.who, 'curated-collections.revise')
    const { collection } = await askAs(asked.who, readCollection, { id })
    return formPage(asked, collection, { values: collection.body })
  })

  /** Reads the form, and has the rest of it judged by the operation that keeps it. */
  async function keep(asked: Asked, form: URLSearchParams, collection: Kept | undefined): Promise<Answer> {
    const language = collection?.body.originalLanguage ?? asked.language
    const before: Body = collection?.body ?? { originalLanguage: language }
    const { values, misfits } = readStep(step, form, language, before)
    const body = Object.fromEntries(Object.entries({ ...before, ...values }).filter(([, value]) => value !== null))
    const wrong = (all: Parameters<typeof errorsOf>[1]) =>
      formPage(asked, collection, { values: body, typed: new Map(form), errors: errorsOf(viewFor(asked), all, fields) })
    if (misfits.length > 0) return wrong(misfits)
    return orWrong(async () => {
      const { id } = collection
        ? await askAs(asked.who, revise, {
            id: collection.id,
            revision: Number(form.get('revision')) || collection.revision,
            body,
          })
        : await askAs(asked.who, share, body)
      return seeOther(viewFor(asked).href(collectionPath(id)))
    }, wrong)
  }
  take('/collections/new', async (asked, form) => keep(asked, form, undefined))
  take('/collections/:id/change', async (asked, form, { id = '' }) =>
    keep(asked, form, (await askAs(asked.who, readCollection, { id })).collection),
  )

  /** A form on the page of a collection; what does not fit is told there. */
  const takeOn = (path: string, work: (asked: Asked, form: URLSearchParams, id: string) => Promise<unknown>) =>
    take(`/collections/:id/${path}`, async (asked, form, { id = '' }) =>
      orWrong(
        async () => {
          await work(asked, form, id)
          return seeOther(viewFor(asked).href(path === 'answer' ? '/collections' : collectionPath(id)))
        },
        async (misfits) => show(asked, id, errorsOf(viewFor(asked), misfits, ['record', 'email', 'note'])),
      ),
    )
  const recordIn = (form: URLSearchParams) => ownIdIn((form.get('record') ?? '').trim()) ?? ''

  takeOn('invite', (asked, form, id) =>
    askAs(asked.who, inviteRecord, { id, record: recordIn(form), note: form.get('note') ?? '' }),
  )
  takeOn('answer', (asked, form, id) =>
    askAs(asked.who, answerInvitation, { id, record: recordIn(form), accepts: form.get('accepts') === 'true' }),
  )
  takeOn('out', (asked, form, id) => askAs(asked.who, takeOut, { id, record: recordIn(form) }))
  takeOn('curators', (asked, form, id) => askAs(asked.who, appoint, { id, email: (form.get('email') ?? '').trim() }))
  takeOn('dismiss', (asked, form, id) => askAs(asked.who, dismiss, { id, account: form.get('account') ?? '' }))

  take('/drafts/:id/collection', async (asked, form, { id = '' }) => {
    await askAs(asked.who, chooseCollection, { id, collection: form.get('collection') || null })
    return seeOther(viewFor(asked).href(draftPath(id)))
  })
}
