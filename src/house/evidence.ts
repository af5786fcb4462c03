import { kind } from './kind.ts'
import { choice, flag, group, identifier, line, link, many, maybe, number, text } from './record/fields.ts'

/** One finding: what was measured, on whom, how large the effect, and how strong the grounds. */
export const evidence = kind({
  name: 'evidence',
  prominence: 0.8,
  plural: 'evidence',
  room: 'house',
  schemaType: 'Claim',
  line: ['outcomeDomain', 'direction', 'evidenceLevel'],
  body: {
    study: link('study', ['study']),
    intervention: maybe(link('intervention', ['intervention'], { lends: { types: 'interventionType' } })),
    evidenceLevel: maybe(choice('evidence-levels', { facet: 'evidence' })),
    design: maybe(choice('study-designs', { facet: 'design' })),
    direction: maybe(choice('directions', { facet: 'direction' })),
    outcomeDomain: maybe(line({ weight: 'heading', max: 300, facet: 'outcomeDomain' })),
    measure: maybe(line({ weight: 'text', max: 500 })),
    comparison: maybe(line({ weight: 'text', max: 300 })),
    period: maybe(line({ max: 200 })),
    sample: maybe(text({ max: 1_000 })),
    sampleSize: maybe(number({ minimum: 0 })),
    treatmentSize: maybe(number({ minimum: 0 })),
    comparisonSize: maybe(number({ minimum: 0 })),
    /** Hedges' g, as the reviewer computed it. */
    effectSize: maybe(number()),
    interval: maybe(group({ low: number(), high: number() })),
    improvementIndex: maybe(number()),
    pValue: maybe(number({ minimum: 0, maximum: 1 })),
    significant: maybe(flag()),
    subgroup: maybe(flag()),
    ratings: maybe(many(group({ scheme: choice('rating-schemes'), rating: line({ max: 200 }) }))),
    levels: maybe(many(choice('levels', { facet: 'level' }))),
    subjects: maybe(many(choice('subjects', { facet: 'subject' }))),
    areas: maybe(many(choice('areas', { facet: 'area' }))),
    countries: maybe(many(choice('countries', { facet: 'country' }))),
    identifiers: maybe(many(identifier({ property: 'identifier' }))),
  },
})
