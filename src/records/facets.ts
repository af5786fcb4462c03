/** What records are narrowed by. */

/** Facets in the order in which people look for them. */
export const facetNames = [
  'kind',
  'type',
  'area',
  'region',
  'country',
  'language',
  'level',
  'subject',
  'technology',
  'outcome',
  'stage',
  'evidence',
  'direction',
  'design',
  'licence',
  'accessibility',
  'audience',
  'setting',
  'delivery',
  'connectivity',
  'electricity',
  'devices',
  'phase',
  'function',
  'access',
  'status',
  'organisationType',
  'outcomeDomain',
  'outcomeArea',
  'interventionType',
  'sdg',
  'sdgGoal',
  'collection',
  'year',
] as const
export type FacetName = (typeof facetNames)[number]

/** What most people narrow by: the first, how strong the evidence is, and the licence. The others are a step away, so that a page stays light. */
export const usualFacets: ReadonlySet<FacetName> = new Set([
  ...facetNames.slice(0, facetNames.indexOf('stage')),
  'evidence',
  'licence',
])

/** The list that names a facet's values, where one does. Several lists may feed one facet. */
export const facetLists: Partial<Record<FacetName, readonly string[]>> = {
  type: ['practice-types', 'resource-types', 'solution-types', 'intervention-types'],
  area: ['areas'],
  region: ['regions'],
  country: ['countries'],
  level: ['levels'],
  subject: ['subjects'],
  technology: ['technologies'],
  outcome: ['outcomes'],
  stage: ['stages'],
  evidence: ['evidence-levels'],
  direction: ['directions'],
  design: ['study-designs'],
  licence: ['licences'],
  accessibility: ['accessibility'],
  // To whom a lesson is told is its audience.
  audience: ['audiences', 'addressees'],
  setting: ['settings'],
  delivery: ['delivery-modes'],
  // An approach may bring what a place lacks.
  connectivity: ['conditions', 'needed-connectivity'],
  electricity: ['electricity', 'needed-electricity'],
  devices: ['device-access', 'needed-devices'],
  phase: ['lesson-phases'],
  function: ['functions'],
  access: ['access-conditions'],
  status: ['solution-statuses', 'organisation-statuses'],
  organisationType: ['organisation-types'],
  outcomeArea: ['outcome-areas'],
  interventionType: ['intervention-types'],
  sdg: ['sdg-targets'],
  sdgGoal: ['sdg-goals'],
}

/**
 * The list that names the usual values of a facet whose values are words, by these words. Search looks for the words
 * themselves: as names of a filter, “learning” and “access” would be taken for one in any question.
 */
const usualLists: Partial<Record<FacetName, string>> = { outcomeDomain: 'outcome-domains' }

/** All lists by which a value of a facet may be named. */
export const listsNaming = (facet: FacetName): readonly string[] => [
  ...(facetLists[facet] ?? []),
  ...(usualLists[facet] ? [usualLists[facet]] : []),
]

/** Facets of which one name may stand for several values together: “secondary” is lower and upper. */
export const namedTogether: ReadonlySet<string> = new Set<FacetName>([
  'level',
  'evidence',
  'connectivity',
  'electricity',
  'devices',
])

/** A value of a facet, and how many records have it. */
export type FacetCount = { value: string; count: number }
