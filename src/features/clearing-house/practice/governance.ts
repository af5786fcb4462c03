/** What stands behind the telling of a practice: declarations, sources, licence, whom to ask. */
import { choice, flag, group, line, many, maybe, number, text } from '#records/fields.ts'

export const governanceFields = {
  declarations: maybe(
    group({
      peopleConsent: maybe(choice('answers')),
      mediaRights: maybe(choice('answers')),
      conflictOfInterest: maybe(text({ max: 2_000 })),
      sustainabilityCaution: maybe(text({ max: 2_000 })),
    }),
  ),
  sources: maybe(
    many(
      group({
        source: choice('telling-sources'),
        count: maybe(number({ minimum: 0, isCount: true })),
        note: maybe(text({ max: 500 })),
      }),
    ),
  ),
  licence: maybe(choice('licences', { facet: 'licence', property: 'license' })),
  /** A box of a role, such as `radio@ministry.example`; never of a person. */
  contact: maybe(line({ max: 200, tellsWho: true })),
  mayBeContacted: maybe(flag()),
}
