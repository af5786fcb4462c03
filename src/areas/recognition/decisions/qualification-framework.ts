import { kind } from '#records/kind.ts'
import { choice, date, group, inOrder, line, link, many, maybe, number, text, url } from '#records/fields.ts'

/** A national or regional framework of qualifications, and how its levels were referenced to the EQF. */
export const qualificationFramework = kind({
  name: 'qualification-framework',
  plural: 'qualification-frameworks',
  prominence: 0.7,
  area: 'recognition',
  schemaType: 'DefinedTermSet',
  citationType: 'standard',
  describedAt: 126,
  isUnreviewed: true,
  line: ['countries'],
  columns: ['countries', 'url', 'referencedOn'],
  snapshot: ['frameworkLevels'],
  body: {
    description: maybe(text({ weight: 'heading', property: 'description' })),
    countries: maybe(many(choice('countries', { facet: 'country', property: 'spatialCoverage' }))),
    keptBy: maybe(many(link('keepsFramework', ['organisation'], { property: 'publisher' }))),
    frameworkLevels: maybe(
      inOrder(
        group({
          code: line({ max: 50 }),
          name: maybe(text({ max: 300 })),
          /** Level of the European Qualifications Framework (Recommendation 2017/C 189/03) that it was referenced to. */
          eqfLevel: maybe(number({ minimum: 1, maximum: 8 })),
        }),
        40,
      ),
    ),
    /** The report that explains the levels, to be read beside any comparison. */
    referencingReport: maybe(url()),
    referencedOn: maybe(date({ facet: 'year' })),
    url: maybe(url({ property: 'url' })),
    consulted: maybe(many(url())),
    checkedOn: maybe(date()),
  },
})
