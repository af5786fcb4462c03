import { kind } from './kind.ts'
import { misfitsOfLevel, withLevel } from './evidence-levels/crosswalk.ts'
import { choice, date, flag, group, identifier, line, link, many, maybe, number, text } from './record/fields.ts'

/** One finding: what was measured, on whom, how large the effect, and how strong the grounds. */
export const evidence = kind({
  name: 'evidence',
  prominence: 1,
  plural: 'evidence',
  room: 'house',
  schemaType: 'Claim',
  line: ['outcomeDomain', 'direction', 'evidenceLevel', 'ratings.rating'],
  complete: withLevel,
  check: misfitsOfLevel,
  snapshot: ['outcomeDomain', 'direction', 'design'],
  steps: [
    { name: 'what', fields: ['title', 'study', 'intervention', 'outcomeDomain', 'measure', 'comparison', 'period'] },
    { name: 'context', fields: ['population', 'levels', 'subjects', 'areas', 'countries', 'sites'] },
    {
      name: 'results',
      fields: [
        'direction',
        'effectSize',
        'interval',
        'significant',
        'pValue',
        'improvementIndex',
        'sample',
        'sampleSize',
        'treatmentSize',
        'comparisonSize',
        'subgroup',
        'note',
      ],
    },
    {
      name: 'grounds',
      fields: [
        'design',
        'ratings',
        'evidenceLevel',
        'evidenceLevelReason',
        'independent',
        'paidBy',
        'openData',
        'identifiers',
      ],
    },
  ],
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
    note: maybe(text({ max: 2_000 })),
    /** Why the level is another than the grades of the schemes give. */
    evidenceLevelReason: maybe(text({ max: 2_000 })),
    ratings: maybe(
      many(
        group({
          scheme: choice('rating-schemes'),
          rating: line({ max: 200 }),
          version: maybe(line({ max: 50 })),
          assessor: maybe(line({ max: 300 })),
          date: maybe(date()),
        }),
      ),
    ),
    population: maybe(text({ max: 1_000 })),
    sites: maybe(number({ minimum: 0 })),
    /** Whether whoever evaluated stands apart from whoever runs or sells it. */
    independent: maybe(choice('answers')),
    paidBy: maybe(line({ max: 500 })),
    openData: maybe(choice('answers')),
    levels: maybe(many(choice('levels', { facet: 'level' }))),
    subjects: maybe(many(choice('subjects', { facet: 'subject' }))),
    areas: maybe(many(choice('areas', { facet: 'area' }))),
    countries: maybe(many(choice('countries', { facet: 'country' }))),
    identifiers: maybe(many(identifier({ property: 'identifier' }))),
  },
})
