import { kind } from '#records/kind.ts'
import { choice, date, link, many, maybe, text } from '#records/fields.ts'

/** Somebody found a lesson confirmed, or contradicted, elsewhere, and says where and how. */
export const response = kind({
  name: 'response',
  plural: 'responses',
  area: 'clearing-house',
  schemaType: 'Comment',
  describedAt: 60,
  isUnreviewed: true,
  translatedBy: 'authors',
  line: ['countries', 'levels'],
  prominence: 0.6,
  needsOneOf: ['confirms', 'contradicts'],
  snapshot: ['countries'],
  body: {
    confirms: maybe(link('confirms', ['lesson'])),
    contradicts: maybe(link('contradicts', ['lesson'])),
    reason: text({ weight: 'heading', property: 'text' }),
    practices: maybe(many(link('learnedFrom', ['practice', 'adoption', 'building-block', 'solution']))),
    happenedOn: maybe(date()),
    countries: maybe(many(choice('countries', { facet: 'country', property: 'spatialCoverage' }))),
    levels: maybe(many(choice('levels', { facet: 'level' }))),
    settings: maybe(many(choice('settings', { facet: 'setting' }))),
    technologies: maybe(many(choice('technologies', { facet: 'technology' }))),
  },
})
