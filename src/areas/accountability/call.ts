import { kind } from '#records/kind.ts'
import { choice, date, link, many, maybe, money, text, url } from '#records/fields.ts'

/** Funding or a partnership that somebody offers or seeks: what, on which terms, from whom, until when. */
export const call = kind({
  name: 'call',
  plural: 'calls',
  prominence: 0.8,
  area: 'accountability',
  schemaType: 'Offer',
  schemaOrg: ({ callType }) => (callType?.endsWith('-sought') ? { '@type': 'Demand' } : {}),
  citationType: 'document',
  isPublishedHere: true,
  describedAt: 105,
  line: ['callType', 'countries', 'closesOn'],
  columns: ['callType', 'madeBy', 'partnerTypes', 'countries', 'areas', 'amount', 'opensOn', 'closesOn'],
  snapshot: ['callType', 'description', 'terms', 'closesOn'],
  steps: [
    {
      name: 'identity',
      isSnapshot: true,
      fields: ['title', 'callType', 'description', 'terms', 'closesOn', 'madeBy', 'partnerTypes', 'countries', 'areas'],
    },
    { name: 'more', fields: ['oerActions', 'amount', 'opensOn', 'url', 'document', 'funding', 'commitments'] },
  ],
  body: {
    callType: maybe(choice('call-types')),
    description: maybe(text({ weight: 'heading', property: 'description' })),
    /** Conditions, what becomes of data, how and when it ends. */
    terms: maybe(text({ max: 10_000 })),
    madeBy: maybe(many(link('makesCall', ['organisation'], { property: 'seller' }))),
    /** None: of any kind; so for countries and areas. */
    partnerTypes: maybe(many(choice('organisation-types', { facet: 'organisationType' }))),
    countries: maybe(many(choice('countries', { facet: 'country', property: 'areaServed' }))),
    areas: maybe(many(choice('areas', { facet: 'area' }))),
    oerActions: maybe(many(choice('oer-action-areas'))),
    amount: maybe(money()),
    opensOn: maybe(date({ facet: 'year', property: 'validFrom', endsIn: 'closesOn' })),
    closesOn: maybe(date({ property: 'validThrough' })),
    url: maybe(url({ property: 'url' })),
    document: maybe(url()),
    funding: maybe(many(link('fundedFrom', ['funding']))),
    commitments: maybe(many(link('servesCommitment', ['commitment']))),
  },
})
