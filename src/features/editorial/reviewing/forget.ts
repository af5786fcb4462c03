/** Takes the name of a person who leaves out of what they reviewed. What stays, and why: decision 58. */
import type { Context } from '#kernel/context.ts'
import { isLanguage } from '#kernel/i18n/languages.ts'
import { messagesIn } from '#kernel/i18n/messages.ts'
import { drafts } from '../drafts/store.ts'
import { change } from '#records/write.ts'
import { records, type StoredRow } from '#records/store.ts'
import { review } from '../review.ts'
import { sheets, type Spreadsheet } from './store.ts'

const mostReviews = 500

type Person = { id: string; name: string }

export async function forgetReviewer(context: Context, person: Person): Promise<void> {
  const { db } = context
  const store = drafts(db)
  const written = (await sheets(db).by(person.id)).filter(({ handedInAt }) => handedInAt !== null)
  for (const sheet of written) {
    const draft = await store.find(sheet.draftId)
    if (!draft) continue
    for (const one of await publishedOf(context, sheet, draft.recordId, person)) await takeNameOut(context, one)
  }
  // Who accepts without any review handed in is the reviewer of a verdict, so it is asked by steps as well.
  for (const recordId of await store.judgedBy(person.id))
    for (const { revision, reviewers } of await store.verdicts(recordId)) {
      const known = JSON.parse(reviewers) as unknown[]
      const rest = known.filter((one) => one !== person.name)
      if (rest.length < known.length) await store.setReviewers(recordId, revision, JSON.stringify(rest))
    }
}

/** The record that a review became; of those published before that was written down, the one that bears the name. */
async function publishedOf(
  { db }: Context,
  sheet: Spreadsheet,
  recordId: string,
  { name }: Person,
): Promise<StoredRow[]> {
  const store = records(db)
  if (sheet.publishedAs !== undefined) return [await store.find(sheet.publishedAs)].filter((one) => one !== undefined)
  const linked = await store.byNumbers(await store.linksTo([recordId], 'reviews', mostReviews))
  const found = await store.findMany(linked.map(({ id }) => id))
  const day = sheet.handedInAt!.slice(0, 10)
  return [...found.values()].filter(
    ({ body }) =>
      body.publishedOn === day && ((body.creators ?? []) as { name: string }[]).some((one) => one.name === name),
  )
}

/** A review that names nobody says nothing of who wrote it as it is, and must not begin to. */
async function takeNameOut(context: Context, before: StoredRow): Promise<void> {
  if (before.status !== 'published' || before.kind !== review.name || !before.body.creators) return
  const { creators: _, ...body } = before.body
  const language = body.originalLanguage
  const note = messagesIn(isLanguage(language) ? language : 'en')('review.nameTakenOut')
  // Not by the person themselves: their identifier would stand where the name stood.
  const ofNode: Context = { ...context, actor: { kind: 'system', id: 'people' } }
  await change(ofNode, review, before, 'revise', { body: { ...body, unnamed: true } as StoredRow['body'], note })
}
