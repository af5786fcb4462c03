import { kind } from '#records/kind.ts'
import { credit } from '#records/credit.ts'
import { misfitsOfLevel, withLevel } from './levels/crosswalk.ts'
import { choice, date, flag, group, identifier, line, link, many, maybe, number, text } from '#records/fields.ts'

/** One finding: what was measured, on whom, how large the effect, and how strong the grounds. */
export const evidence = kind({
  name: 'evidence',
  prominence: 1,
  leadsAt: 40,
  plural: 'evidence',
  area: 'clearing-house',
  schemaType: 'Claim',
  describedAt: 120,
  line: ['outcomeDomain', 'direction', 'evidenceLevel', 'ratings.rating'],
  columns: [
    'study',
    'intervention',
    { name: 'technologies', rel: 'study', of: 'study', field: 'technologies', or: 'intervention' },
    { name: 'interventionTypes', rel: 'intervention', of: 'intervention', field: 'types' },
    'outcomeDomain',
    'measure',
    'direction',
    'effectSize',
    'interval.low',
    'interval.high',
    'sampleSize',
    'evidenceLevel',
    'ratings.rating',
  ],
  notAsked: ['credit'],
  complete: withLevel,
  check: misfitsOfLevel,
  snapshot: ['outcomeDomain', 'direction', 'design'],
  steps: [
    {
      name: 'what',
      isSnapshot: true,
      fields: ['title', 'study', 'intervention', 'outcomeDomain', 'measure', 'comparison', 'period'],
    },
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
        'whatWasRead',
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
    study: link('study', ['study'], {
      weight: 'text',
      lends: { technologies: 'technology', approaches: 'linked:approach' },
    }),
    intervention: maybe(
      link('intervention', ['intervention'], {
        lends: { types: 'interventionType', technologies: 'technology', approaches: 'linked:approach' },
      }),
    ),
    evidenceLevel: maybe(choice('evidence-levels', { facet: 'evidence' })),
    design: maybe(choice('study-designs', { facet: 'design' })),
    direction: maybe(choice('directions', { facet: 'direction' })),
    outcomeDomain: maybe(line({ weight: 'heading', max: 300, facet: 'outcomeDomain', usual: 'outcome-domains' })),
    measure: maybe(line({ weight: 'text', max: 500 })),
    comparison: maybe(line({ weight: 'text', max: 300 })),
    period: maybe(line({ max: 200 })),
    sample: maybe(text({ max: 1_000 })),
    sampleSize: maybe(number({ minimum: 0, isCount: true })),
    treatmentSize: maybe(number({ minimum: 0, isCount: true })),
    comparisonSize: maybe(number({ minimum: 0, isCount: true })),
    /** Hedges' g, as the reviewer computed it. */
    effectSize: maybe(number({ isSigned: true })),
    interval: maybe(group({ low: number({ isSigned: true }), high: number({ isSigned: true }) })),
    improvementIndex: maybe(number()),
    pValue: maybe(number({ minimum: 0, maximum: 1 })),
    significant: maybe(flag()),
    subgroup: maybe(flag()),
    note: maybe(text({ max: 2_000 })),
    /** How far its source was read: a note on the grounds, not on what was found. */
    whatWasRead: maybe(text({ max: 500, weight: undefined })),
    /** Why the level is another than the grades of the schemes give. */
    evidenceLevelReason: maybe(text({ max: 2_000 })),
    ratings: maybe(
      many(
        group({
          scheme: choice('rating-schemes'),
          rating: line({ max: 200, usual: 'ratings' }),
          version: maybe(line({ max: 50 })),
          assessor: maybe(line({ max: 300 })),
          date: maybe(date()),
        }),
      ),
    ),
    population: maybe(text({ max: 1_000 })),
    sites: maybe(number({ minimum: 0, isCount: true })),
    /** Whether the evaluator is independent of those who run or sell it. */
    independent: maybe(choice('answers')),
    paidBy: maybe(line({ max: 500 })),
    openData: maybe(choice('answers')),
    levels: maybe(many(choice('levels', { facet: 'level' }))),
    subjects: maybe(many(choice('subjects', { facet: 'subject' }))),
    areas: maybe(many(choice('areas', { facet: 'area' }))),
    countries: maybe(many(choice('countries', { facet: 'country' }))),
    identifiers: maybe(many(identifier({ property: 'identifier' }))),
    credit: credit(),
  },
})
