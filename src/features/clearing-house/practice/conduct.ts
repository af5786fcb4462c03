/** How a practice went: what helped, what hindered, what went wrong, how it was watched. */
import { choice, group, link, many, maybe, number, text, url, year } from '#records/fields.ts'

export const conductFields = {
  timeline: maybe(text()),
  conditions: maybe(
    many(
      group({
        condition: choice('condition-classes'),
        effect: choice('condition-effects'),
        note: maybe(text({ max: 1_000 })),
      }),
    ),
  ),
  problemsMet: maybe(many(group({ trouble: text({ max: 2_000 }), done: maybe(text({ max: 2_000 })) }))),
  /** Which published indicators it means to move, from what to what. */
  indicatorAims: maybe(
    many(
      group({
        aimedAt: link('aimsAt', ['indicator'], { shownApart: true }),
        baselineValue: maybe(number({ shownApart: true })),
        baselineYear: maybe(year({ shownApart: true })),
        targetValue: maybe(number({ shownApart: true })),
        targetYear: maybe(year({ shownApart: true })),
      }),
      10,
    ),
  ),
  monitoring: maybe(
    many(
      group({
        indicator: text({ max: 500 }),
        frequency: maybe(choice('frequencies')),
        watchedBy: maybe(text({ max: 300 })),
        data: maybe(url()),
      }),
    ),
  ),
}
