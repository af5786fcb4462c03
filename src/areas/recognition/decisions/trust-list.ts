import { kind } from '#records/kind.ts'
import { choice, date, group, identifier, inOrder, line, link, many, maybe, text, url } from '#records/fields.ts'

/** Issuers and agencies that a ministry or agency vouches for, each by the identifier that stands in what it signs. */
export const trustList = kind({
  name: 'trust-list',
  plural: 'trust-lists',
  prominence: 0.7,
  area: 'recognition',
  schemaType: 'ItemList',
  citationType: 'document',
  isPublishedHere: true,
  isUnreviewed: true,
  translatedBy: 'authors',
  describedAt: 127,
  line: ['countries', 'validUntil'],
  snapshot: ['vouchers', 'vouchedFor'],
  body: {
    description: maybe(text({ weight: 'heading', property: 'description' })),
    vouchers: maybe(many(link('vouches', ['organisation'], { property: 'publisher' }))),
    countries: maybe(many(choice('countries', { facet: 'country', property: 'spatialCoverage' }))),
    vouchedFor: maybe(
      inOrder(
        group({
          name: line({ max: 300, shownApart: true }),
          /** A DID, or the address by which credentials name their issuer. */
          identifier: identifier({ shownApart: true }),
          trustRole: maybe(choice('trust-roles', { shownApart: true })),
          validFrom: maybe(date({ shownApart: true, endsIn: 'validUntil' })),
          validUntil: maybe(date({ shownApart: true })),
        }),
        1_000,
      ),
    ),
    validUntil: maybe(date()),
    url: maybe(url({ property: 'url' })),
  },
})
