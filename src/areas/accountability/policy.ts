import { kind } from '#records/kind.ts'
import { choice, date, link, many, maybe, text, url } from '#records/fields.ts'

/** A law, policy, strategy or plan on technology in education. */
export const policy = kind({
  name: 'policy',
  plural: 'policies',
  isAskedFor: true,
  prominence: 0.9,
  area: 'accountability',
  schemaType: 'Legislation',
  citationType: 'document',
  describedAt: 120,
  onMapAt: 50,
  line: ['countries', 'instrument', 'adoptedOn'],
  columns: ['countries', 'governmentLevel', 'instrument', 'adoptedOn', 'endsOn', 'areas'],
  snapshot: ['instrument', 'governmentLevel'],
  body: {
    countries: maybe(many(choice('countries', { facet: 'country', property: 'spatialCoverage' }))),
    governmentLevel: maybe(choice('government-levels')),
    instrument: maybe(choice('policy-instruments')),
    issuer: maybe(many(link('issuedBy', ['organisation'], { property: 'legislationPassedBy' }))),
    adoptedOn: maybe(date({ facet: 'year', property: 'legislationDate' })),
    startsOn: maybe(date({ property: 'legislationDateVersion', endsIn: 'endsOn' })),
    endsOn: maybe(date()),
    description: maybe(text({ weight: 'heading', property: 'description' })),
    document: maybe(url({ property: 'url' })),
    basis: maybe(choice('commitment-bases')),
    areas: maybe(many(choice('areas', { facet: 'area' }))),
    oerActions: maybe(many(choice('oer-action-areas'))),
    replaces: maybe(link('replacesPolicy', ['policy'])),
    follows: maybe(many(link('followsDeclaration', ['declaration-recommendation']))),
  },
})
