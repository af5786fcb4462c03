import { kind } from '#records/kind.ts'
import { choice, flag, link, many, maybe, number, text } from '#records/fields.ts'

/** What a ministry or a theme brings together: who is behind it, what it is about, and what it asks of submissions. */
export const curatedCollection = kind({
  name: 'curated-collection',
  plural: 'curated-collections',
  area: 'clearing-house',
  schemaType: 'Collection',
  isUnreviewed: true,
  line: ['areas', 'countries', 'blindness'],
  prominence: 0.7,
  steps: [
    { name: 'identity', fields: ['title', 'description', 'owner', 'areas', 'subjects', 'countries'] },
    {
      name: 'policy',
      fields: ['rubric', 'requires', 'reviewsNeeded', 'noteNeeded', 'reasons', 'publishesReviews', 'blindness'],
    },
  ],
  body: {
    description: maybe(text({ weight: 'heading', property: 'description' })),
    owner: maybe(link('curates', ['organisation'], { property: 'publisher' })),
    areas: maybe(many(choice('areas', { facet: 'area' }))),
    subjects: maybe(many(choice('subjects', { facet: 'subject', property: 'about' }))),
    countries: maybe(many(choice('countries', { facet: 'country', property: 'spatialCoverage' }))),
    rubric: maybe(link('scoredBy', ['rubric'], { offersAll: true })),
    requires: maybe(many(choice('submission-fields', { offersAll: true }))),
    reviewsNeeded: maybe(number({ minimum: 0, maximum: 9, isCount: true })),
    noteNeeded: maybe(flag()),
    reasons: maybe(many(choice('step-reasons'))),
    publishesReviews: maybe(flag()),
    blindness: maybe(choice('blindness')),
  },
  check: ({ reviewsNeeded = 0 }) =>
    Number.isInteger(reviewsNeeded) ? [] : [{ place: 'reviewsNeeded', rule: 'wholeNumber', values: {} }],
})
