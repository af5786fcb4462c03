/** Studies name what they measured in words of their own; the map needs a few columns that all of them share. */

/** In this order: “reading behaviour” is about reading, “teacher knowledge” about teaching. */
const areas: readonly (readonly [area: string, names: RegExp])[] = [
  ['teaching', /\bteach(er|ing)|instructional practice|pedagog/],
  ['digital', /\bdigital|computer (skill|literac)|\bict\b|information technolog|coding|programming/],
  [
    'literacy',
    /read|alphabetic|comprehension|liter|vocabulary|writ|genre|\bprint\b|phon|spelling|language|english|bilingual|audience|sentence/,
  ],
  ['mathematics', /math|algebra|geometr|numer|\bnumber|arithmetic|procedural|statistic|calculus|data analysis/],
  ['science', /scien|physics|chemist|biolog/],
  [
    'participation',
    /attend|absen|completi|complete|gradua|drop|progress|enrol|access and|credit|degree|persist|retention|staying/,
  ],
  ['behaviour', /behaviou?r|disciplin|aggress|\battention\b|school climate|safety|violence/],
  ['social-emotional', /social|emotion|self|attitude|value|motivation|engagement|well-?being|character|mental/],
  ['general', /achieve|academic|cognit|knowledge|learning|school readiness|intelligence|conceptual/],
]

/** Outcomes measured together, of which one figure or one sentence tells: each belongs to several columns. */
const together: Readonly<Record<string, readonly string[]>> = {
  'literacy and mathematics': ['literacy', 'mathematics'],
  'mathematics and progression': ['mathematics', 'participation'],
}

/** The columns of a measured outcome; `other` where its name tells none. Emotional behaviour is its own study's word for
 * what others call social and emotional development. */
export function outcomeAreasOf(domain: string): readonly string[] {
  const name = domain.toLowerCase()
  if (/emotional.*behavio/.test(name)) return ['social-emotional']
  return together[name] ?? [areas.find(([, names]) => names.test(name))?.[0] ?? 'other']
}
