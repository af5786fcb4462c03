/** Words so general here that they need not exclude anything: nearly everything in this house is digital, or of education. */
import { fieldPrefix } from './lexicon.ts'
import type { Meant } from './either-or.ts'
import { fieldGeneral } from './lexicon-lists.ts'

const general: ReadonlySet<string> = new Set(fieldGeneral.map((term) => fieldPrefix + term))

const isGeneral = ({ entries }: Meant) => entries.some(({ id }) => general.has(id))

/** The same, with what is general marked, where something else says what the question is of. */
export function withGeneralMarked(meant: Meant[]): Meant[] {
  const tells = (one: Meant) => !isGeneral(one) && !one.clause.isCircumstance
  if (!meant.some(tells)) return meant
  return meant.map((one) => (isGeneral(one) ? { ...one, clause: { ...one.clause, isGeneral: true } } : one))
}

const ofTechnology: ReadonlySet<string> = new Set(['ict', 'technology'].map((term) => fieldPrefix + term))

/** Whether it says that technology is meant: “girls and technology” is of what was done for girls, and no tale of one. */
export const isOfTechnology = ({ entries }: Meant): boolean => entries.some(({ id }) => ofTechnology.has(id))
