import { kind } from '#records/kind.ts'
import { choice, date, link, maybe, text } from '#records/fields.ts'

/**
 * The focal point of a country has submitted a record in its name. It is a record of its own, so that it has a date, a
 * history and a place in the transparency log, and can be taken back; only `records.submitNationally` makes one.
 */
export const nationalSubmission = kind({
  name: 'national-submission',
  plural: 'national-submissions',
  area: 'clearing-house',
  schemaType: 'EndorseAction',
  line: ['country', 'submittedOn'],
  prominence: 0.6,
  isMadeBySystem: true,
  translatedBy: 'authors',
  // What a country submitted must still be of that country.
  refusesLink: (body, to) =>
    ((to.countries ?? []) as unknown[]).includes(body.country) ? undefined : 'nationalElsewhere',
  body: {
    submits: link('submitsNationally', [
      'practice',
      'lesson',
      'adoption',
      'building-block',
      'platform',
      'solution',
      'resource',
      'course',
      'pathway',
      'framework',
    ]),
    country: choice('countries', { facet: 'country', property: 'spatialCoverage' }),
    submittedOn: date({ property: 'startTime' }),
    statement: maybe(text({ max: 5_000, property: 'description' })),
  },
})
