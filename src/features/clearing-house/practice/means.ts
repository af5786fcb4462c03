/** What a practice took: money, people, time, preparation. */
import { choice, group, identifier, many, maybe, money, number, flag, text } from '#records/fields.ts'

export const meansFields = {
  costDrivers: maybe(text()),
  costItems: maybe(many(group({ item: choice('cost-items'), amount: money(), note: maybe(text({ max: 500 })) }))),
  funding: maybe(
    many(
      group({
        source: choice('funding-sources'),
        attached: maybe(text({ max: 2_000 })),
        /** IATI or OCDS, where it is published there. */
        identifier: maybe(identifier()),
      }),
    ),
  ),
  staff: maybe(
    many(
      group({
        task: text({ max: 500 }),
        fullTime: maybe(number({ minimum: 0 })),
        months: maybe(number({ minimum: 0 })),
      }),
    ),
  ),
  skills: maybe(text()),
  durationMonths: maybe(number({ minimum: 0 })),
  teacherPreparation: maybe(
    group({
      hours: maybe(number({ minimum: 0 })),
      mode: maybe(choice('training-modes')),
      certificate: maybe(flag()),
      note: maybe(text({ max: 2_000 })),
    }),
  ),
}
