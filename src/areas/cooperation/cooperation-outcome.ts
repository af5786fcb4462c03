import { kind } from '#records/kind.ts'
import { choice, date, line, link, many, maybe, text } from '#records/fields.ts'

/** What came of an offer and a request that met: told by those who worked together, failures included. */
export const cooperationOutcome = kind({
  name: 'cooperation-outcome',
  plural: 'cooperation-outcomes',
  prominence: 0.6,
  area: 'cooperation',
  schemaType: 'Report',
  citationType: 'report',
  isPublishedHere: true,
  isUnreviewed: true,
  translatedBy: 'authors',
  keepsLinks: true,
  describedAt: 122,
  line: ['cooperationResult', 'saidOn'],
  needsOneOf: ['ofRequest', 'ofOffer'],
  steps: [
    {
      name: 'identity',
      isSnapshot: true,
      fields: ['title', 'ofRequest', 'ofOffer', 'cooperationResult', 'saidOn', 'signedBy', 'summary', 'practices'],
    },
  ],
  body: {
    ofRequest: maybe(link('outcomeOfRequest', ['request'], { property: 'about' })),
    ofOffer: maybe(link('outcomeOfOffer', ['offer'], { property: 'about' })),
    cooperationResult: choice('cooperation-results'),
    saidOn: date({ facet: 'year', property: 'datePublished' }),
    /** Name and office, as it is published. */
    signedBy: line({ max: 300, weight: 'text', tellsWho: true }),
    summary: text({ weight: 'heading', max: 10_000, property: 'abstract' }),
    practices: maybe(many(link('cameOfCooperation', ['practice']))),
  },
})
