/** Where a practice stood, and who had a say in it. */
import { choice, date, group, line, many, maybe, number, text } from '#records/fields.ts'

export const contextFields = {
  instructionLanguage: maybe(choice('language-matches')),
  /** The problem in figures, before anything was done. */
  baseline: maybe(
    group({
      value: number(),
      unit: maybe(line({ max: 100 })),
      date: maybe(date()),
      source: maybe(text({ max: 500 })),
    }),
  ),
  reached: maybe(
    many(
      group({
        who: choice('reached-groups'),
        count: number({ minimum: 0, isCount: true }),
        date: maybe(date()),
        method: maybe(choice('count-methods')),
      }),
    ),
  ),
  participation: maybe(
    many(
      group({
        who: choice('participants'),
        phase: choice('participation-phases'),
        level: choice('participation-levels'),
      }),
    ),
  ),
}
