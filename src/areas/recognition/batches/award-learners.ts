/** Programs issue an achievement to one learner or some, at once. */
import { isDay } from '#kernel/days.ts'
import { Type } from 'typebox'
import { closed, operation } from '#kernel/operation.ts'
import { permission } from '#kernel/permission.ts'
import { violation } from '#kernel/problem.ts'
import { noteEvent } from '#accounts/audit.ts'
import { award, Learner, offerOf } from './award.ts'
import { forAchievement } from './batch.ts'

export const awardLearners = operation({
  name: 'credentials.award',
  summary:
    'Issue an achievement to one learner or up to 100, each once; what was issued before is told, not issued again',
  http: 'POST /credentials/awards',
  input: Type.Object({ ...forAchievement, learners: Type.Array(Learner, { minItems: 1, maxItems: 100 }) }, closed),
  output: Type.Object({
    credentials: Type.Array(
      Type.Object({
        row: Type.Integer(),
        id: Type.String(),
        isKnown: Type.Boolean({ description: 'It was issued before' }),
        credential: Type.Optional(Type.Union([Type.Object({}, { additionalProperties: true }), Type.String()])),
        link: Type.Optional(Type.String({ description: 'By which the learner gets it' })),
      }),
    ),
  }),
  allow: permission('draft.write'),
  run: async (context, { achievement, organisation, period, learners, ...how }) => {
    const order = {
      ...how,
      achievementId: achievement,
      organisationId: organisation,
      period: period.trim(),
      batchId: '',
    }
    const today = context.now().toISOString().slice(0, 10)
    for (const [at, { name, number, email, date }] of learners.entries()) {
      if (!name && !number && !email) throw violation(`learners.${at}.name`, 'learnerUnnamed')
      if (date > today || !isDay(date)) throw violation(`learners.${at}.date`, 'dayPast')
    }
    const made = await award(context, await offerOf(context, order), order, learners)
    const issued = made.filter(({ isKnown }) => !isKnown)
    if (issued.length > 0)
      await noteEvent(
        context,
        'credential.issued',
        context.actor.kind === 'person' ? context.actor.id : '',
        issued
          .map(({ id }) => id)
          .join(' ')
          .slice(0, 2_000),
      )
    return { credentials: made as { row: number; id: string; isKnown: boolean }[] }
  },
})
