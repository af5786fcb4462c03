/** How people are kept from harm, and nobody is left out. */
import { choice, group, many, maybe, text, url } from '#records/fields.ts'

const answer = () => maybe(choice('answers'))

export const safeguardFields = {
  childSafety: maybe(text()),
  dataProtection: maybe(
    group({
      policyInForce: answer(),
      impactAssessment: answer(),
      ageGate: answer(),
      policy: maybe(url()),
      note: maybe(text({ max: 2_000 })),
    }),
  ),
  aiUse: maybe(group({ usesAi: answer(), humanOversight: answer(), note: maybe(text({ max: 2_000 })) })),
  accessibility: maybe(many(choice('accessibility', { facet: 'accessibility' }))),
  wcag: maybe(group({ level: choice('wcag-levels'), checkedBy: maybe(choice('wcag-checkers')) })),
}
