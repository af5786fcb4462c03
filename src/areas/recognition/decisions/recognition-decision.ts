import { kind } from '#records/kind.ts'
import { choice, date, group, inOrder, link, many, maybe, number, text, url } from '#records/fields.ts'

/** A rule or decision by which something learned counts as something of a country's or an institution's own. */
export const recognitionDecision = kind({
  name: 'recognition-decision',
  plural: 'recognition-decisions',
  prominence: 0.9,
  area: 'recognition',
  schemaType: 'Legislation',
  citationType: 'document',
  isPublishedHere: true,
  describedAt: 124,
  line: ['countries', 'recognitionGround', 'heldLearning'],
  columns: ['countries', 'recognitionGround', 'heldLearning', 'recognisedBy', 'validFrom', 'validUntil'],
  snapshot: ['heldLearning', 'recognisedAs', 'recognitionGround'],
  needsOneOf: ['countries', 'recognisers', 'recognisedBy'],
  steps: [
    {
      name: 'identity',
      isSnapshot: true,
      fields: [
        'title',
        'countries',
        'recognisedBy',
        'recognisers',
        'heldLearning',
        'recognisedAs',
        'recognitionGround',
        'legalBasis',
        'document',
      ],
    },
    {
      name: 'more',
      fields: [
        'recognisedFrom',
        'eqfLevels',
        'courses',
        'requirements',
        'limits',
        'validFrom',
        'validUntil',
        'consulted',
        'notChecked',
        'checkedOn',
      ],
    },
  ],
  body: {
    /** Where it counts. */
    countries: maybe(many(choice('countries', { facet: 'country', property: 'spatialCoverage' }))),
    /** Who decides, as it is called; and its record where there is one here. */
    recognisedBy: maybe(text({ max: 300, weight: 'text' })),
    recognisers: maybe(many(link('recognises', ['organisation'], { property: 'legislationPassedBy' }))),
    heldLearning: maybe(many(choice('held-learning'))),
    recognisedAs: maybe(text({ weight: 'heading', max: 3_000, property: 'abstract' })),
    recognitionGround: maybe(choice('recognition-grounds')),
    legalBasis: maybe(text({ max: 3_000 })),
    document: maybe(url({ property: 'url' })),
    /** Where it must have been awarded; none: anywhere. */
    recognisedFrom: maybe(many(choice('countries'))),
    /** Levels of the European Qualifications Framework that it covers; none: any. */
    eqfLevels: maybe(many(number({ minimum: 1, maximum: 8 }))),
    courses: maybe(many(link('recognisedCourse', ['course', 'pathway']))),
    requirements: maybe(inOrder(group({ what: text({ max: 1_000, shownApart: true }) }), 30)),
    limits: maybe(text({ max: 3_000 })),
    validFrom: maybe(date({ facet: 'year', property: 'legislationDate', endsIn: 'validUntil' })),
    validUntil: maybe(date()),
    /** Pages on which the rule was read; none: it is known, and was not checked on a page. */
    consulted: maybe(many(url())),
    /** What of it is known and was not found on those pages. */
    notChecked: maybe(text({ max: 1_000 })),
    checkedOn: maybe(date()),
  },
})
