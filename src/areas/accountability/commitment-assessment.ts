import type { Violation } from '#kernel/problem.ts'
import { kind } from '#records/kind.ts'
import { choice, date, line, link, many, maybe, text, url } from '#records/fields.ts'

/** What somebody independent found of a commitment, on the scales of the Independent Reporting Mechanism of the OGP. */
export const commitmentAssessment = kind({
  name: 'commitment-assessment',
  plural: 'commitment-assessments',
  prominence: 0.5,
  area: 'accountability',
  schemaType: 'Review',
  citationType: 'review',
  describedAt: 114,
  isUnreviewed: true,
  translatedBy: 'authors',
  keepsLinks: true,
  toldWhereItLeads: ['assesses'],
  line: ['completion', 'ambition', 'saidOn'],
  steps: [
    {
      name: 'identity',
      isSnapshot: true,
      fields: [
        ['title', 'assesses', 'saidOn', 'signedBy', 'hasInterest', 'interest'],
        ['verifiability', 'ambition', 'completion', 'earlyResults', 'summary', 'documents'],
      ].flat(),
    },
  ],
  body: {
    assesses: link('assesses', ['commitment'], { property: 'itemReviewed' }),
    saidOn: date({ facet: 'year', property: 'datePublished' }),
    signedBy: line({ max: 300, weight: 'text', tellsWho: true }),
    hasInterest: choice('interest-declarations'),
    interest: maybe(text({ max: 2_000, tellsWho: true })),
    verifiability: choice('verifiabilities'),
    ambition: choice('ambitions'),
    completion: choice('completions'),
    earlyResults: choice('early-results'),
    summary: text({ weight: 'heading', max: 10_000, property: 'reviewBody' }),
    documents: maybe(many(url())),
  },
  check: ({ hasInterest, interest }): Violation[] =>
    hasInterest === 'some' && !interest ? [{ place: 'interest', rule: 'required', values: {} }] : [],
})
