/** How a practice went: what helped, what hindered, what went wrong, how it was watched. */
import { choice, group, many, maybe, text, url } from '#records/fields.ts'

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
