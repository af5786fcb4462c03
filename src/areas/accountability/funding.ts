import { kind } from '#records/kind.ts'
import { choice, date, link, many, maybe, money, text, url } from '#records/fields.ts'

/** Money given for a purpose: who gave, who received, how much, for what. */
export const funding = kind({
  name: 'funding',
  plural: 'fundings',
  prominence: 0.6,
  area: 'accountability',
  schemaType: 'MonetaryGrant',
  citationType: 'report',
  isPublishedHere: true,
  describedAt: 170,
  line: ['amount', 'startsOn', 'recipients'],
  columns: [
    'amount',
    'funders',
    'recipients',
    'countries',
    { name: 'recipientCountries', rel: 'recipient', of: 'organisation', field: 'countries' },
    'startsOn',
    'endsOn',
  ],
  totals: ['amount'],
  body: {
    description: maybe(text({ property: 'description' })),
    amount: maybe(money({ property: 'amount' })),
    funders: maybe(many(link('funder', ['organisation'], { property: 'funder' }))),
    recipients: maybe(many(link('recipient', ['organisation'], { property: 'fundedItem' }))),
    startsOn: maybe(date({ facet: 'year', property: 'startDate' })),
    endsOn: maybe(date({ property: 'endDate' })),
    countries: maybe(many(choice('countries', { facet: 'country' }))),
    url: maybe(url({ property: 'url' })),
    areas: maybe(many(choice('areas', { facet: 'area' }))),
  },
})
