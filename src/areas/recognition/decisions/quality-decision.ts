import { kind } from '#records/kind.ts'
import { choice, date, group, identifier, inOrder, line, link, many, maybe, text, url } from '#records/fields.ts'

/** What a quality agency decided on a programme, course, institution or platform: by which standard, and until when. */
export const qualityDecision = kind({
  name: 'quality-decision',
  plural: 'quality-decisions',
  prominence: 0.8,
  area: 'recognition',
  schemaType: 'Review',
  citationType: 'report',
  isPublishedHere: true,
  isUnreviewed: true,
  translatedBy: 'authors',
  describedAt: 125,
  line: ['qualityResult', 'qualityScope', 'validUntil'],
  columns: ['qualityResult', 'qualityScope', 'decidedOn', 'validUntil', 'qualityStandard'],
  snapshot: ['qualityResult', 'decidedOn'],
  toldWhereItLeads: ['qualityDecisionOn', 'decidesOnQuality'],
  steps: [
    {
      name: 'identity',
      isSnapshot: true,
      fields: [
        'title',
        'decidesOn',
        'qualityScope',
        'agencies',
        'qualityStandard',
        'qualityResult',
        'decidedOn',
        'validUntil',
      ],
    },
    { name: 'more', fields: ['summary', 'criteria', 'identifiers', 'rubric', 'document', 'register', 'url'] },
  ],
  body: {
    decidesOn: many(
      link('qualityDecisionOn', ['course', 'pathway', 'organisation', 'platform', 'solution', 'resource', 'practice'], {
        property: 'itemReviewed',
      }),
    ),
    /** By which credentials name it or its issuer: a DID or an address. */
    identifiers: maybe(many(identifier())),
    qualityScope: maybe(choice('quality-scopes')),
    agencies: maybe(many(link('decidesOnQuality', ['organisation'], { property: 'author' }))),
    qualityStandard: maybe(line({ max: 500, weight: 'text' })),
    qualityResult: maybe(choice('quality-results')),
    decidedOn: maybe(date({ facet: 'year', property: 'datePublished' })),
    validUntil: maybe(date()),
    summary: maybe(text({ weight: 'heading', max: 10_000, property: 'reviewBody' })),
    criteria: maybe(
      inOrder(
        group({ what: text({ max: 500, shownApart: true }), met: choice('quality-results', { shownApart: true }) }),
        100,
      ),
    ),
    rubric: maybe(link('qualityRubric', ['rubric'])),
    document: maybe(url()),
    /** Where its agency says whether it counts today: told where the end is not known here. */
    register: maybe(url()),
    url: maybe(url({ property: 'url' })),
  },
})
