/** Reviews become records of their own, each of the version that it is a review of. */
import type { Context } from '#kernel/context.ts'
import { messagesIn, type Translate } from '#kernel/i18n/messages.ts'
import { bestText, isLanguage } from '#kernel/i18n/languages.ts'
import { policyOf } from '../collections/policy.ts'
import type { Seen } from '../drafts/access.ts'
import { people } from '#accounts/store.ts'
import { checkBody } from '#records/check.ts'
import { newId } from '#records/identifier.ts'
import { add } from '#records/write.ts'
import type { Body } from '#records/record.ts'
import { review } from '../review.ts'
import { rubricAt, scoreOf, type Rubric } from './round.ts'
import { sheets, type Spreadsheet } from './store.ts'

export async function publishReviews(
  context: Context,
  seen: Seen,
  revision: number,
  { round, written }: { round: number; written: readonly Spreadsheet[] },
): Promise<void> {
  const { db, random } = context
  const names = await people(db).byIds(written.map(({ reviewerId }) => reviewerId))
  const bodies = await Promise.all(
    written.map(async (sheet) => {
      const rubric = sheet.rubricId ? await rubricAt(db, sheet.rubricId, sheet.rubricRevision ?? 1) : null
      return bodyOf(seen, sheet.round === round ? revision : undefined, sheet, {
        rubric,
        name: names.get(sheet.reviewerId)?.name ?? '',
      })
    }),
  )
  const fresh = bodies.map((body) => ({ id: newId(random), kind: review, body: checkBody(review, body), origin: null }))
  if (fresh.length > 0) await add(context, fresh)
  // So that the name can be taken out of it when its reviewer leaves without it.
  for (const [at, sheet] of written.entries()) await sheets(db).put({ ...sheet, publishedAs: fresh[at]!.id })
}

/** As long as a title may be, however long that of the record is. */
const titleIn = (t: Translate, title: string): string =>
  t('review.titleOf', { title: title.length > 900 ? `${title.slice(0, 900).toWellFormed()}…` : title })

type Known = { rubric: Rubric | null; name: string }

/** Without a revision it is of a text that was submitted before, and never published. */
function bodyOf(seen: Seen, revision: number | undefined, sheet: Spreadsheet, { rubric, name }: Known): Body {
  const { draft, assignments, collection } = seen
  const { language } = sheet
  const t = messagesIn(isLanguage(language) ? language : 'en')
  const of = draft.body.title as Record<string, string>
  const said = (words: string) => (words.trim() ? { [language]: words.trim() } : undefined)
  const interest = assignments.find(({ reviewerId }) => reviewerId === sheet.reviewerId)?.interest ?? ''
  const isNamed = policyOf(seen).blindness === 'open' && name !== ''
  const body = {
    title: {
      [language]: titleIn(t, bestText(of, language, String(draft.body.originalLanguage)).text),
    },
    originalLanguage: language,
    reviews: draft.recordId,
    revision,
    earlierText: revision === undefined ? true : undefined,
    verdict: sheet.verdict,
    summary: said(sheet.summary),
    strong: said(sheet.strong),
    weak: said(sheet.weak),
    ...(rubric && {
      rubric: rubric.id,
      rubricRevision: rubric.revision,
      scores: sheet.scores.flatMap((one) => scoreOf(rubric, one, language)),
    }),
    ...(isNamed
      ? {
          creators: [{ name, role: 'author' }],
          // In their own words an interest may tell who they are, so it is only shown of those who are named.
          interest: said(interest === 'none' ? t('review.noInterest') : interest),
        }
      : { unnamed: true }),
    appointedBy: collection && bestText(collection.title, language, collection.originalLanguage).text.slice(0, 500),
    publishedOn: sheet.handedInAt!.slice(0, 10),
  }
  return Object.fromEntries(
    Object.entries(body).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)),
  ) as Body
}
