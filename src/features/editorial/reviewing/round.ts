/** A round of review: from one submission to the next. Who sees which reviews of it, and how far they agree. */
import type { Kysely } from 'kysely'
import type { Actor } from '#kernel/context.ts'
import { krippendorffAlpha } from '#codecs/agreement/krippendorff.ts'
import { isAuthor, mayDecide, type Seen } from '../drafts/access.ts'
import { drafts } from '../drafts/store.ts'
import { isOf, type Kind } from '#records/kind.ts'
import type { StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import type { Score } from '../review.ts'
import { rubric, type Criterion } from '../rubric.ts'
import { sheets, type Given, type Spreadsheet } from './store.ts'

export type Round = { number: number; beganAt: string; endedAt: string | null; isDecided: boolean }

const decided: readonly string[] = ['changes-requested', 'accepted', 'published', 'declined']

/** In their order; each ends when it is submitted anew. */
export async function roundsOf(db: Kysely<unknown>, draftId: string): Promise<Round[]> {
  const rounds: Round[] = []
  for (const { toState, at } of await drafts(db).steps(draftId)) {
    const last = rounds.at(-1)
    if (toState === 'submitted') {
      if (last) last.endedAt = at
      rounds.push({ number: rounds.length + 1, beganAt: at, endedAt: null, isDecided: false })
    } else if (last && decided.includes(toState)) last.isDecided = true
  }
  return rounds
}

/** Counts how often it was submitted. */
export const roundOf = async (db: Kysely<unknown>, draftId: string): Promise<number> =>
  (await roundsOf(db, draftId)).length

/** The last review that each handed in. Who gave it back has an interest in it: what they wrote does not count. */
export async function lastReviews(
  db: Kysely<unknown>,
  { draft, assignments }: Pick<Seen, 'draft' | 'assignments'>,
): Promise<{ round: number; written: Spreadsheet[] }> {
  const round = await roundOf(db, draft.id)
  const all = (await sheets(db).of(draft.id)).filter(
    ({ handedInAt, reviewerId }) =>
      handedInAt !== null && assignments.some((assignment) => assignment.reviewerId === reviewerId),
  )
  const newestFirst = Map.groupBy(all, ({ reviewerId }) => reviewerId)
  return { round, written: [...newestFirst.values()].map(([last]) => last!) }
}

/** The reviews handed in since it was last submitted. */
export async function handedIn(db: Kysely<unknown>, seen: Pick<Seen, 'draft' | 'assignments'>): Promise<Spreadsheet[]> {
  const { round, written } = await lastReviews(db, seen)
  return written.filter((one) => one.round === round)
}

/**
 * Reviewers see the reviews of others once they handed in their own, so that each judges alone; curators when those who
 * decide need them, unless they review it themselves; authors once it was decided. What one could see stays to be seen in
 * later rounds; whoever comes to it then judges alone too.
 */
export function maySeeOthers(seen: Seen, actor: Actor, rounds: readonly Round[], own: readonly Spreadsheet[]) {
  const self = actor.kind === 'person' ? actor.id : ''
  const asked = seen.assignments.find(({ reviewerId }) => reviewerId === self)
  const current = rounds.length
  const sees = ({ number, endedAt, isDecided }: Round): boolean => {
    if (isAuthor(seen, actor)) return isDecided
    if (!asked) return mayDecide(seen, actor) || isDecided
    if (own.some(({ round, handedInAt }) => handedInAt !== null && (round === number || round === current))) return true
    return isDecided && (endedAt === null || asked.assignedAt < endedAt)
  }
  const open = new Set(rounds.filter(sees).map(({ number }) => number))
  return (round: number): boolean => open.has(round)
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
    : (await store.list('rubric', { after: 0, limit: 100 })).find(
        (one) => isOf(rubric)(one) && one.body.kinds?.includes(kind.name),
      )
  return found?.status === 'published' ? rubricIn(found) : null
}

function rubricIn(record: StoredRecord): Rubric | null {
  if (!isOf(rubric)(record)) return null
  const { id, revision, body } = record
  const { title, originalLanguage, criteria } = body
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
export function agreementOf(given: readonly Pick<Spreadsheet, 'scores'>[]): Agreement | null {
  if (given.length < 2) return null
  const codes = [...new Set(given.flatMap(({ scores }) => scores.map(({ criterion }) => criterion)))]
  const levels = given.map(({ scores }) =>
    codes.map((code) => scores.find(({ criterion }) => criterion === code)?.level ?? null),
  )
  const alpha = krippendorffAlpha(levels, 'ordinal')
  const reads = alpha === null ? 'untold' : alpha >= reliable ? 'good' : alpha >= careful ? 'tentative' : 'low'
  return { alpha, reads, criteria: codes.length }
}
