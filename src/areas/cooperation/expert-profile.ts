/** What somebody in the network of expertise shows of themselves: what they chose, and nothing else. */
import { Type, type Static } from 'typebox'
import { closed } from '#kernel/operation.ts'
import { choice, language, line, many, maybe, text } from '#records/fields.ts'
import { stepsOf, type Step } from '#records/form/plan.ts'
import type { Kind } from '#records/kind.ts'

export const ExpertProfile = Type.Object(
  {
    expertHelp: many(choice('expert-help')),
    workingLanguages: many(language()),
    countries: maybe(many(choice('countries'))),
    areas: maybe(many(choice('areas'))),
    levels: maybe(many(choice('levels'))),
    expertFor: maybe(line({ max: 200 })),
    aboutExpert: maybe(text({ max: 1_000 })),
  },
  closed,
)
export type ExpertProfile = Static<typeof ExpertProfile>

/** The form asks for them as forms of records do. */
export const expertStep: Step = stepsOf({
  name: 'expert',
  line: [],
  steps: [{ name: 'expert', fields: Object.keys(ExpertProfile.properties), isSnapshot: true }],
  body: ExpertProfile,
} as unknown as Kind)[0]!
