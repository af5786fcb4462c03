import { kind } from '#records/kind.ts'
import { choice, group, inOrder, language, line, link, many, maybe, number, text, url } from '#records/fields.ts'

/** What somebody can achieve and hold a credential for: what it takes, its level, and how it is assessed (Open Badges 3.0 §B.1.1). */
export const achievement = kind({
  name: 'achievement',
  plural: 'achievements',
  prominence: 0.8,
  area: 'recognition',
  schemaType: 'EducationalOccupationalCredential',
  citationType: 'document',
  isPublishedHere: true,
  isUnreviewed: true,
  describedAt: 128,
  line: ['achievementType', 'levels', 'eqfLevel'],
  columns: ['achievementType', 'levels', 'eqfLevel', 'creditAmount', 'validMonths'],
  snapshot: ['description', 'criteria'],
  steps: [
    {
      name: 'identity',
      isSnapshot: true,
      fields: [
        'title',
        'achievementType',
        'description',
        'criteria',
        'issuers',
        'assessmentMethods',
        'supervision',
        'validMonths',
      ],
    },
    {
      name: 'more',
      fields: [
        'levels',
        'eqfLevel',
        'nationalLevels',
        'creditAmount',
        'creditSystem',
        'competencies',
        'closes',
        'languages',
        'url',
      ],
    },
  ],
  body: {
    description: maybe(text({ weight: 'heading', max: 2_000, property: 'description' })),
    criteria: maybe(text({ max: 2_000, property: 'competencyRequired' })),
    achievementType: maybe(choice('achievement-types', { property: 'credentialCategory' })),
    /** Who may issue it; where it names none, this site itself does. */
    issuers: maybe(many(link('offersAchievement', ['organisation'], { property: 'recognizedBy' }), 20)),
    /** Level of education (ISCED 2011). */
    levels: maybe(many(choice('levels', { facet: 'level', property: 'educationalLevel' }))),
    eqfLevel: maybe(number({ minimum: 1, maximum: 8 })),
    nationalLevels: maybe(
      many(group({ framework: link('levelOfAchievement', ['qualification-framework']), code: line({ max: 50 }) }), 20),
    ),
    creditAmount: maybe(number({ minimum: 0, maximum: 1_000 })),
    creditSystem: maybe(choice('credit-systems')),
    /** What somebody is able to do, each with its place in a published framework. */
    competencies: maybe(
      inOrder(
        group({
          name: text({ max: 500, shownApart: true }),
          framework: maybe(line({ max: 200, shownApart: true })),
          code: maybe(line({ max: 100, shownApart: true })),
          url: url({ shownApart: true }),
        }),
        50,
      ),
    ),
    /** A course or pathway that leads to it. */
    closes: maybe(many(link('closedBy', ['course', 'pathway']), 20)),
    assessmentMethods: maybe(many(choice('assessment-methods'))),
    supervision: maybe(choice('supervision-types')),
    /** For how many months a credential of it is valid; for ever where it does not say. */
    validMonths: maybe(number({ minimum: 1, maximum: 600, isCount: true })),
    languages: maybe(many(language({ facet: 'language', property: 'inLanguage' }))),
    url: maybe(url({ property: 'url' })),
  },
})
