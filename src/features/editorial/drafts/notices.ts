/** Who is told of a step, a comment or a review: by name where they may learn it, and with the page to look at. */
import type { Context } from '#kernel/context.ts'
import { wordsOr } from '#kernel/i18n/messages.ts'
import { notify, type Notice } from '#accounts/notices/notify.ts'
import { people } from '#accounts/store.ts'
import { underReview } from '../reviewing/open-assignments.ts'
import type { Seen } from './access.ts'
import { isUnnamedTo } from './naming.ts'
import { isWaiting, type Reason, type TransitionName } from './states.ts'

type News = Pick<Notice, 'about' | 'values'> &
  Partial<Pick<Notice, 'topic' | 'note'>> & {
    /** The field it is about, which the link leads to. */
    field?: string
  }

/** What is published is read on its own page; comments stand at the end of a long one. */
const pathOf = ({ id, recordId }: Seen['draft'], about: Notice['about'], field: string): string =>
  about === 'published' ? `/records/${recordId}` : `/drafts/${id}${field ? '#comments' : ''}`

export async function tell(context: Context, seen: Seen, ids: readonly string[], news: News): Promise<void> {
  const { draft, kind } = seen
  const { field = '', ...rest } = news
  const { actor } = context
  const self = actor.kind === 'person' ? actor.id : ''
  const name = (await people(context.db).byId(self))?.name ?? ''
  await notify(context, ids, {
    topic: 'own',
    ...rest,
    path: pathOf(draft, news.about, field),
    of: draft.body,
    person: ({ id, roles }) => (isUnnamedTo(seen, { kind: 'person', id, roles }, self) ? '' : name),
    values: (t, language) => ({
      field: field ? wordsOr(t, `field.${kind.name}.${field}`, wordsOr(t, `field.${field}`, field)) : '',
      ...news.values?.(t, language),
    }),
  })
}

/** To all authors of the draft except the one who acted. */
export const tellAuthors = (context: Context, seen: Seen, news: News): Promise<void> =>
  tell(context, seen, seen.authors, news)

/** Those who may decide on it: of its collection, else of the node; nobody decides on what they wrote. */
export async function decidersOf({ db }: Pick<Context, 'db'>, seen: Seen): Promise<string[]> {
  const { authors, formerAuthors = [], collection } = seen
  const mayJudge = (id: string) => !authors.includes(id) && !formerAuthors.includes(id)
  const ofCollection = [...(await people(db).byIds(collection?.curators ?? [])).values()].filter(
    ({ id, state }) => state === 'active' && mayJudge(id),
  )
  const idsOf = (all: readonly { id: string }[]) => all.map(({ id }) => id).filter(mayJudge)
  if (ofCollection.length > 0) return idsOf(ofCollection)
  const curators = idsOf(await people(db).withRole('curator'))
  return curators.length > 0 ? curators : idsOf(await people(db).withRole('operator'))
}

/** After a step: its authors, those who review it, and those whose turn it is now. */
export async function tellStep(
  context: Context,
  seen: Seen,
  { step, to, note, reason }: { step: TransitionName; to: Seen['draft']['state']; note: string; reason: Reason },
) {
  const values: News['values'] = (t) => ({ reason: t(`reason.${reason}`) })
  await tellAuthors(context, seen, { about: step === 'reconsider' ? 'reconsidered' : to, note, values })
  const reviewers = seen.assignments.map(({ reviewerId }) => reviewerId)
  if (to === 'submitted') {
    await tell(context, seen, reviewers, { about: 'again', topic: 'own' })
    const others = (await decidersOf(context, seen)).filter((id) => !reviewers.includes(id))
    await tell(context, seen, others, { about: 'waits', topic: 'queue' })
  }
  if (to === 'withdrawn' && isWaiting(seen.draft.state))
    await tell(context, seen, reviewers, { about: 'withdrawn', note })
  if (to === 'declined' && underReview.some((one) => one === seen.draft.state))
    await tell(context, seen, reviewers, { about: 'declinedReview', note })
  if (to === 'accepted')
    await tell(context, seen, await decidersOf(context, seen), { about: 'toPublish', topic: 'queue' })
}
