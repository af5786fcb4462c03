/**
 * An anonymous lesson: submitted at once, and who wrote it is not stored, neither as owner nor in any other way.
 * Times are those of the day, so that they cannot be held against what else this node or its network noted.
 */
import { Type } from 'typebox'
import { languages } from '#kernel/i18n/languages.ts'
import { closed, operation } from '#kernel/operation.ts'
import { Problem } from '#kernel/problem.ts'
import type { Step } from '#records/form/plan.ts'
import { stepsOf } from '#records/form/plan.ts'
import { lesson } from '#features/clearing-house/lesson.ts'
import { newId } from '#records/identifier.ts'
import { From } from '#accounts/inputs.ts'
import { countTry, isLetPass } from '#accounts/rate-limit.ts'
import { Done, done } from '#records/inputs.ts'
import { nobody } from './nobody.ts'
import { decidersOf, tell } from './notices.ts'
import { violationsOfDraft } from './steps.ts'
import { drafts, type Draft } from './store.ts'

const largestBody = 100_000
/** What is asked for: enough to judge by, and nothing that singles out a person or a project. */
const askedFields = [
  'title',
  'polarity',
  'event',
  'phase',
  'causes',
  'severity',
  'recommendation',
  'recommendedTo',
  'holdsWhere',
  'levels',
  'technologies',
  'countries',
]

export const anonymousStep: Step = {
  name: 'all',
  asked: askedFields.map((name) =>
    stepsOf(lesson)
      .flatMap((step) => step.asked)
      .find((one) => one.name === name)!,
  ),
}

export const tellAnonymously = operation({
  name: 'lessons.tell',
  summary: 'Submit a lesson without a name; who sent it is kept nowhere',
  http: 'POST /lessons/anonymous',
  isOpen: true,
  isForPages: true,
  input: Type.Object(
    {
      language: Type.Enum([...languages]),
      values: Type.Object({}, { additionalProperties: true, description: 'By field' }),
      remote: From.remote,
    },
    closed,
  ),
  output: Done,
  allow: () => true,
  run: async (context, { language, values, remote }) => {
    const { db, now, random, services } = context
    const at = `${now().toISOString().slice(0, 10)}T00:00:00.000Z`
    const known = Object.fromEntries(Object.entries(values).filter(([name]) => askedFields.includes(name)))
    const id = newId(random)
    const draft: Draft = {
      id,
      recordId: id,
      kind: lesson.name,
      ownerId: nobody,
      state: 'submitted',
      revision: 1,
      body: { ...known, originalLanguage: language, confidentiality: 'anonymised', lifecycle: 'collected' },
      unread: {},
      baseRevision: null,
      createdAt: at,
      changedAt: at,
      changedBy: nobody,
    }
    if (JSON.stringify(draft.body).length > largestBody) throw new Problem('tooLarge', { limit: largestBody })
    const violations = violationsOfDraft({ draft, kind: lesson })
    if (violations.length > 0) throw new Problem('invalid', { count: violations.length }, { violations })
    if (!(await isLetPass(db, 'anonymousFrom', remote, now()))) throw new Problem('tooManyTries')
    await countTry(db, 'anonymousFrom', remote, now())
    const store = drafts(db)
    await store.add(draft)
    const step = { draftId: id, at, actorId: nobody, reason: 'none', note: '' }
    await store.addStep({ ...step, fromState: 'draft', toState: 'submitted' })
    const seen = { draft, kind: services.kinds.get(lesson.name)!, authors: [], assignments: [] }
    // Who sends it may be signed in; the e-mail is told by nobody, so that it says nothing of them.
    const told = { ...context, actor: { kind: 'anyone' as const } }
    await tell(told, seen, await decidersOf(context, seen), { about: 'waits', topic: 'queue' })
    return done
  },
})
