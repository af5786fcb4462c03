/** What came of a practice, for whom, and whether it can live on elsewhere and without help. */
import { choice, group, line, many, maybe, number, text } from '#records/fields.ts'

const mostConditions = 10

export const resultFields = {
  outcomeStatements: maybe(
    many(
      group({
        outcomeOf: choice('outcome-statements'),
        change: choice('seven-steps'),
        before: maybe(number()),
        after: maybe(number()),
        unit: maybe(line({ max: 100 })),
        sampleSize: maybe(number({ minimum: 0, isCount: true })),
        note: maybe(text({ max: 1_000 })),
      }),
    ),
  ),
  lostOut: maybe(text()),
  benefits: maybe(
    many(group({ term: choice('terms'), setUp: maybe(choice('seven-steps')), running: maybe(choice('seven-steps')) })),
  ),
  adoptionShare: maybe(choice('shares')),
  spontaneousShare: maybe(choice('shares')),
  replication: maybe(many(group({ need: choice('needs'), note: text({ max: 500 }) }), mostConditions)),
  sustainable: maybe(choice('certainties')),
  sustainability: maybe(text()),
  strengths: maybe(many(group({ viewOf: choice('viewpoints'), strength: text({ max: 1_000 }) }))),
  weaknesses: maybe(
    many(group({ viewOf: choice('viewpoints'), weakness: text({ max: 1_000 }), remedy: maybe(text({ max: 1_000 })) })),
  ),
}
