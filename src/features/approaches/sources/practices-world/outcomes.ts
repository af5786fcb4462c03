/** What a finding is about: its source says “learning” of tests in mathematics and of tests in reading alike. */

const mathematics = /\bmath|arithmetic|numerac|algebra/
const literacy = /\breading|literacy|\bwriting|\bessay|\blanguage|passage|\b(?:english|spanish|french|arabic|twi)\b/
/** “Early Learning” is the name of an instrument, and says nothing of what it tests. */
const open: ReadonlySet<string> = new Set(['learning', 'learning and progression'])

/**
 * The outcome by the words of the measure alone; titles and notes, which tell what came of it, are not read. Where the
 * measure names no subject, or the source says something narrower than learning, the source's own word stays.
 */
export function outcomeMeasured(domain: string, measure: string): string {
  if (!open.has(domain)) return domain
  const told = measure.toLowerCase()
  const isMathematics = mathematics.test(told)
  const isLiteracy = literacy.test(told)
  if (domain !== 'learning') return isMathematics && !isLiteracy ? 'mathematics and progression' : domain
  if (isMathematics && isLiteracy) return 'literacy and mathematics'
  return isMathematics ? 'mathematics' : isLiteracy ? 'literacy' : domain
}
