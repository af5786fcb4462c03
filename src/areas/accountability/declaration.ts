import { kind } from '#records/kind.ts'
import { choice, date, line, link, many, maybe, text, url } from '#records/fields.ts'

/** What the Qingdao Declaration asks for in one of its areas, in our own words. */
export const declarationRecommendation = kind({
  name: 'declaration-recommendation',
  plural: 'declaration-recommendations',
  prominence: 0.7,
  area: 'accountability',
  schemaType: 'CreativeWork',
  citationType: 'document',
  isUnreviewed: true,
  isFromSourcesAlone: true,
  line: ['areas'],
  body: {
    code: line({ max: 50 }),
    areas: many(choice('areas', { facet: 'area' })),
    /** The Declaration, whose text this sums up. */
    document: url({ property: 'isBasedOn' }),
    licence: choice('licences', { property: 'license' }),
    credit: text({ max: 1_000, property: 'creditText' }),
  },
})

/** An organisation, or a country, stands by the Declaration. */
export const declarationEndorsement = kind({
  name: 'declaration-endorsement',
  plural: 'declaration-endorsements',
  prominence: 0.5,
  area: 'accountability',
  schemaType: 'EndorseAction',
  describedAt: 130,
  isUnreviewed: true,
  line: ['stakeholder', 'countries', 'endorsedOn'],
  snapshot: ['stakeholder', 'endorsedOn'],
  needsOneOf: ['organisation', 'countries'],
  body: {
    organisation: maybe(link('endorsesDeclaration', ['organisation'], { property: 'agent' })),
    stakeholder: maybe(choice('organisation-types', { facet: 'organisationType' })),
    countries: maybe(many(choice('countries', { facet: 'country' }))),
    endorsedOn: maybe(date({ facet: 'year', property: 'startTime' })),
    statement: maybe(text({ max: 5_000, property: 'description' })),
    document: maybe(url({ property: 'url' })),
  },
})
