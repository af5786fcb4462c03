import { kind } from '#records/kind.ts'
import { choice, link, many, maybe, text } from '#records/fields.ts'

/** Somebody stands up for something, and says why: no endorsement goes without a written reason. */
export const endorsement = kind({
  name: 'endorsement',
  plural: 'endorsements',
  area: 'clearing-house',
  schemaType: 'Review',
  describedAt: 50,
  isUnreviewed: true,
  translatedBy: 'authors',
  line: ['basis', 'countries'],
  prominence: 0.6,
  snapshot: ['basis'],
  body: {
    endorses: link('endorses', ['practice', 'building-block', 'lesson', 'solution', 'resource', 'platform', 'pathway']),
    reason: text({ weight: 'heading', property: 'reviewBody' }),
    basis: maybe(choice('endorsement-grounds')),
    onBehalfOf: maybe(link('endorser', ['organisation'], { tellsWho: true })),
    interest: maybe(text({ max: 2_000, tellsWho: true })),
    countries: maybe(many(choice('countries', { facet: 'country' }))),
  },
})
