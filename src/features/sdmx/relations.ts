/** Types of artefacts as queries name them, and what stands around an artefact. */
import type { Artefact } from '#codecs/sdmx/model.ts'
import { syntaxFault } from '#codecs/sdmx/filter.ts'

export const nameOfArtefact = ({ type, id }: Pick<Artefact, 'type' | 'id'>): string => `${type} ${id}`

/** Types that the specification knows and this node has none of. */
const emptyTypes = [
  'metadatastructure',
  'categoryscheme',
  'hierarchicalcodelist',
  'hierarchy',
  'hierarchyassociation',
  'valuelist',
  'dataconsumerscheme',
  'metadataproviderscheme',
  'organisationunitscheme',
  'metadataflow',
  'reportingtaxonomy',
  'provisionagreement',
  'metadataprovisionagreement',
  'structureset',
  'structuremap',
  'representationmap',
  'conceptschememap',
  'categoryschememap',
  'organisationschememap',
  'reportingtaxonomymap',
  'process',
  'categorisation',
  'allowedconstraint',
  'attachmentconstraint',
  'metadataconstraint',
  'transformationscheme',
  'rulesetscheme',
  'userdefinedoperatorscheme',
  'customtypescheme',
  'namepersonalisationscheme',
  'namealiasscheme',
  'vtlmappingscheme',
]
export const typesNamed: Readonly<Record<string, readonly Artefact['type'][]>> = {
  datastructure: ['datastructure'],
  dataflow: ['dataflow'],
  codelist: ['codelist'],
  conceptscheme: ['conceptscheme'],
  agencyscheme: ['agencyscheme'],
  dataproviderscheme: ['dataproviderscheme'],
  organisationscheme: ['agencyscheme', 'dataproviderscheme'],
  contentconstraint: ['contentconstraint'],
  actualconstraint: ['contentconstraint'],
  dataconstraint: ['contentconstraint'],
  structure: [
    'datastructure',
    'dataflow',
    'codelist',
    'conceptscheme',
    'agencyscheme',
    'dataproviderscheme',
    'contentconstraint',
  ],
  ...Object.fromEntries(emptyTypes.map((type) => [type, []])),
}
/** Names of resources of structures; the others are none. */
export const structureTypes: readonly string[] = Object.keys(typesNamed)

/** What stands around artefacts, by the words of `references`. @throws Problem querySyntax for another word */
export function related(
  names: readonly string[],
  references: readonly string[],
  { children }: { children: ReadonlyMap<string, readonly string[]> },
): Set<string> {
  const down = (of: readonly string[]) => of.flatMap((one) => children.get(one) ?? [])
  const parents = new Map<string, string[]>()
  for (const [parent, below] of children)
    for (const one of below) parents.set(one, [...(parents.get(one) ?? []), parent])
  const up = (of: readonly string[]) => of.flatMap((one) => parents.get(one) ?? [])
  const onwards = (of: readonly string[], step: (of: readonly string[]) => string[]): string[] => {
    const found = new Set<string>()
    for (let next = step(of); next.length > 0; next = step(next.filter((one) => !found.has(one) && found.add(one))))
      continue
    return [...found]
  }
  const found = new Set<string>()
  for (const word of references) for (const one of around(word)) found.add(one)
  return found

  function around(word: string): string[] {
    const siblings = () => [...up(names), ...down(up(names))]
    switch (word) {
      case 'none':
        return []
      case 'children':
        return down(names)
      case 'descendants':
        return onwards(names, down)
      case 'parents':
        return up(names)
      case 'parentsandsiblings':
        return siblings()
      case 'ancestors':
        return onwards(names, up)
      case 'all':
        return [...siblings(), ...onwards(names, down)]
      default: {
        const types = typesNamed[word]
        if (!types) throw syntaxFault('references', word, 'none, children, descendants, parents, all, codelist')
        const near = [...onwards(names, up), ...onwards(names, down)]
        return near.filter((one) => types.some((type) => one.startsWith(`${type} `)))
      }
    }
  }
}
