/** A round of review: from one submission to the next. Who sees which reviews of it, and how far they agree. */
import type { Kysely } from 'kysely'
import type { Actor } from '#core/context.ts'
import { krippendorffAlpha } from '#standards/agreement/krippendorff.ts'
import { isAuthor, mayDecide, type Seen } from '../drafts/access.ts'
import { drafts } from '../drafts/store.ts'
import type { Kind } from '../kind.ts'
import type { Kept } from '../record/record.ts'
import { records } from '../record/store.ts'
import type { Score } from '../review.ts'
import type { Criterion } from '../rubric.ts'
import { sheets, type Given, type Sheet } from './store.ts'

/** Counts how often it was submitted. */
export const roundOf = async (db: Kysely<unknown>, draftId: string): Promise<number> =>
  (await drafts(db).steps(draftId)).filter(({ toState }) => toState === 'submitted').length

/** The reviews handed in since it was last submitted. */
export async function handedIn(db: Kysely<unknown>, draftId: string): Promise<Sheet[]> {
  const round = await roundOf(db, draftId)
  return (await sheets(db).of(draftId)).filter((one) => one.round === round && one.handedInAt !== null)
}

/**
 * Reviewers see the reviews of others once they handed in their own, so that each judges alone; curators when those who
 * decide need them, unless they review it themselves; authors once it was decided.
 */
export function maySeeOthers(seen: Seen, actor: Actor, own: Sheet | undefined): boolean {
  const self = actor.kind === 'person' ? actor.id : ''
  const isDecided = ['changes-requested', 'accepted', 'published'].includes(seen.draft.state)
  if (isAuthor(seen, actor)) return isDecided
  const isAsked = seen.assignments.some(({ reviewerId }) => reviewerId === self)
  if (isAsked) return own?.handedInAt != null || isDecided
  return mayDecide(seen, actor) || isDecided
}

export type Rubric = {
  id: string
  revision: number
  title: Record<string, string>
  originalLanguage: string
  criteria: Criterion[]
}

/** The rubric that reviewers score by: the one asked for, else the first that is for such things. */
export async function rubricFor(
  db: Kysely<unknown>,
  kind: Pick<Kind, 'name'>,
  wanted: string | undefined,
): Promise<Rubric | null> {
  const store = records(db)
  const found = wanted
    ? await store.find(wanted)
    : (await store.list('rubric', { after: 0, limit: 100 })).find(({ body }) =>
        ((body.kinds ?? []) as string[]).includes(kind.name),
      )
  if (found?.kind !== 'rubric' || found.status !== 'published') return null
  return rubricIn(found)
}

function rubricIn({ id, revision, body }: Pick<Kept, 'id' | 'revision' | 'body'>): Rubric {
  const { title, originalLanguage, criteria } = body as unknown as Rubric
  return { id, revision, title, originalLanguage, criteria }
}

/** The very version that a review was written by, whatever became of the rubric since. */
export async function rubricAt(db: Kysely<unknown>, id: string, revision: number): Promise<Rubric | null> {
  const store = records(db)
  const newest = await store.find(id)
  if (!newest || newest.revision === revision) return newest ? rubricIn(newest) : null
  const older = await store.version(newest.number, revision)
  return older ? rubricIn(older) : null
}

/** A score with all that is needed to read it where the rubric is not at hand. */
export function scoreOf(
  rubric: Pick<Rubric, 'criteria'>,
  { criterion, level, reason }: Given,
  language: string,
): Score[] {
  const asked = rubric.criteria.find(({ code }) => code === criterion)
  if (!asked || level === undefined) return []
  const numbers = asked.levels.map(({ number }) => number)
  return [
    {
      criterion,
      level,
      name: asked.name,
      lowest: Math.min(...numbers),
      highest: Math.max(...numbers),
      ...(asked.weight !== undefined && { weight: asked.weight }),
      ...(reason && { reason: { [language]: reason } }),
    },
  ]
}

export type Agreement = { alpha: number | null; reads: 'good' | 'tentative' | 'low' | 'untold'; criteria: number }

/** Krippendorff's own bounds: rely on 0.800 and above, from 0.667 on conclude with care. */
const [reliable, careful] = [0.8, 0.667]

/** How far reviewers agree on the levels of the criteria, which have an order and no distances. */
export function agreementOf(given: readonly Pick<Sheet, 'scores'>[]): Agreement | null {
  if (given.length < 2) return null
  const codes = [...new Set(given.flatMap(({ scores }) => scores.map(({ criterion }) => criterion)))]
  const levels = given.map(({ scores }) =>
    codes.map((code) => scores.find(({ criterion }) => criterion === code)?.level ?? null),
  )
  const alpha = krippendorffAlpha(levels, 'ordinal')
  const reads = alpha === null ? 'untold' : alpha >= reliable ? 'good' : alpha >= careful ? 'tentative' : 'low'
  return { alpha, reads, criteria: codes.length }
}
